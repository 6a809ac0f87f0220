/* Built from frontend/; licences: THIRD_PARTY_LICENSES.txt */
var Uu="http://www.w3.org/2000/svg";function p(e,t={},...n){return ei(document.createElement(e),t,n)}function S(e,t={},...n){return ei(document.createElementNS(Uu,e),t,n)}function ei(e,t,n){for(let[r,o]of Object.entries(t))o===null||o===!1||e.setAttribute(r,o===!0?"":String(o));return e.append(...n.filter(r=>r!==null)),e}function Te(e){return S("svg",{viewBox:"0 0 24 24","aria-hidden":"true"},S("path",{d:e}))}var ge={play:"M7 4.5v15l12-7.5z",pause:"M8 5v14M16 5v14",plus:"M12 5v14M5 12h14",minus:"M5 12h14",fit:"M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",close:"M6 6l12 12M18 6L6 18",save:"M12 4v11M7 11l5 5 5-5M5 20h14",search:"M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16.5 16.5L20 20",warning:"M12 4l9 16H3zM12 10v4M12 17v.5"};function cn(){return matchMedia("(prefers-reduced-motion: reduce)").matches}function Y(e){if(e==null)return"–";let t=100*e;if(t===0)return"0 %";let n=Math.abs(t);return n<.05?t<0?">−0.1 %":"<0.1 %":`${_r(t.toFixed(n<1?1:0))} %`}function tt(e){let t=Math.abs(e),n=t!==0&&t<.005?t.toExponential(0):t.toFixed(2);return`${e<0?"−":"+"}${n}`}function ht(e){let t=Y(e);return e>=5e-4?`+${t}`:t}var ti="share of its input that the upper group gets through this edge";function fe(e){return e==null?"–":_r(String(Math.round(e*100)/100))}function nt(e){return e===null?"–":_r(e.toFixed(2))}function te(e,t){return`${e} ${t}${e===1?"":"s"}`}function ni(e){return new Date(e*1e3).toLocaleString(void 0,{month:"short",day:"numeric",hour:"2-digit",minute:"2-digit"})}function We(e,t){return e.length<=t?e:`…${e.slice(e.length-Math.max(1,t-1))}`}function ie(e){let t=e.map(o=>o.split(".")),n=e.length===0?0:Math.min(...t.map(o=>o.length))-1,r=0;for(;r<n&&t.every(o=>o[r]===t[0][r]);)r++;return new Map(e.map((o,i)=>[o,t[i].slice(r).join(".")]))}function Me(e,t){return e.length<=t?e:`${e.slice(0,Math.max(1,t-1)).trimEnd()}…`}function _r(e){return e.replace("-","−")}var Yu=.75,Ge=e=>e===null||e>=Yu;function ii(e,t){let n=t.restarted||e===null?[]:e.snapshots,r=t.snapshots.map(Zu),o=new Set(r.map(a=>a.step)),i=[...n.filter(a=>!o.has(a.step)),...r].sort((a,s)=>a.step-s.step);return{name:t.run,layers:Qu(i),snapshots:i,targets:Ju(i),problems:t.problems}}function Zu(e){return{step:e.step,epoch:e.epoch,wallTime:e.wall_time??0,graph:e}}function Qu(e){let t=e[e.length-1]?.graph.layers??[],n=e.flatMap(r=>r.graph.layers);return[...new Set(n.filter(r=>!t.includes(r))),...t]}function Ju(e){let t=new Map;for(let{graph:n}of e)for(let{target:r,name:o}of n.targets)t.set(r,o);return[...t].map(([n,r])=>({target:n,name:r})).sort((n,r)=>n.target-r.target)}function Dt(e,t){let{snapshots:n}=e;if(t===null)return n[n.length-1]??null;for(let r=n.length-1;r>=0;r--)if(n[r].step<=t)return n[r];return n[0]??null}function se(e,t){return e.targets.some(({target:r})=>r===t.target)?t.target:e.targets[0]?.target??null}function ec(e,t){return t==="epoch"?e.epoch??e.step:t==="time"?e.wallTime:e.step}function ai(e,t){let n=e.snapshots.map(i=>ec(i,t));if(t!=="epoch"||e.snapshots.some(i=>i.epoch===null))return t==="epoch"?e.snapshots.map(i=>i.step):n;let r=new Map;for(let i of n)r.set(i,(r.get(i)??0)+1);let o=new Map;return n.map(i=>{let a=o.get(i)??0;return o.set(i,a+1),i+a/r.get(i)})}function si(e,t){return e.graph.targets.some(n=>(t===null||n.target===t)&&n.drift?.verdict==="changed")}function Ce(e){return e.lineage===null?J(e):`L${e.lineage}`}function J({layer:e,number:t}){return`${e}/${t}`}function ye(e,t){if(e.label!==null)return e.label;if(e.lineage!==null)return`group ${e.lineage}`;let{layer:n,number:r}=e;return J({layer:ie(t).get(n)??n,number:r})}function Le(e,t){let{layers:n}=e.snapshot.graph;return t.group.layer===n[n.length-1]&&t.group.label===null?e.target.name:ye(t.group,n)}var ri=new WeakMap;function pe(e,t){if(t===null)return null;let n=ri.get(e.graph)??new Map;ri.set(e.graph,n);let r=n.get(t);if(r===void 0){let o=e.graph.targets.find(i=>i.target===t);r=o===void 0?null:tc(e,o),n.set(t,r)}return r}function tc(e,t){let n=t.groups.map((o,i)=>({key:Ce(o),position:i,group:o,size:o.members?.length??o.size??1,importance:o.importance??0})),r=t.edges.flatMap(([o,i,a,s])=>{let[u,l]=[n[o],n[i]];if(u===void 0||l===void 0)return[];let c=a/Math.max(1,l.size);return[{source:u.key,target:l.key,weight:a,share:c,stability:s}]});return{snapshot:e,target:t,nodes:n,links:r,byKey:new Map(n.map(o=>[o.key,o])),strongest:Math.max(0,...r.map(o=>Math.abs(o.share)))}}function fn(e,t){let n=oi(e.links,"target"),r=oi(e.links,"source");return e.links.filter(o=>{let i=Math.abs(o.share),a=i>=t*n.get(o.target);return i>0&&(a||i===r.get(o.source))})}function oi(e,t){let n=new Map;for(let r of e)n.set(r[t],Math.max(n.get(r[t])??0,Math.abs(r.share)));return n}function Tr(e,t,n){return e.snapshots.map(r=>({snapshot:r,node:pe(r,t)?.byKey.get(n)??null}))}var Lr=["circuit","lineage","drift","compare","debug"],Ar=["step","epoch","time"],mn=Object.freeze({view:"circuit",run:"",target:null,step:null,otherRun:null,otherStep:null,compare:"sides",group:null,layer:null,span:"run",image:null,measure:"edge_drift",scale:"step",threshold:.1,query:"",live:!1,playing:!1}),Cr="nf.",gt=e=>e,nc=e=>e==="1"?!0:e==="0"?!1:void 0,dn=e=>/^\d{1,15}$/.test(e)?Number(e):void 0,pn=(...e)=>t=>e.find(n=>n===t),rc=e=>{let t=Number(e);return e!==""&&t>=0&&t<=1?t:void 0},li={view:pn(...Lr),run:gt,target:dn,step:dn,otherRun:gt,otherStep:dn,compare:pn("sides","difference"),group:gt,layer:gt,span:pn("run","around"),image:dn,measure:gt,scale:pn(...Ar),threshold:rc,query:gt,live:nc},ui=Object.keys(li);function hn(e,t){return Object.keys(t).every(r=>Object.is(e[r],t[r]))?e:Object.freeze({...e,...t})}function Nr(e){let t={};for(let[n,r]of ic(e)){let o=ui.find(a=>Cr+a===n),i=o===void 0?void 0:li[o](r);o!==void 0&&i!==void 0&&(t[o]=i)}return t}function ci(e,t){let r=t.replace(/^#/,"").split("&").filter(i=>i!==""&&!i.startsWith(Cr)),o=ui.filter(i=>e[i]!==null&&e[i]!==mn[i]).map(i=>`${Cr}${i}=${encodeURIComponent(oc(e[i]))}`);return`#${[...r,...o].join("&")}`}function oc(e){return typeof e=="boolean"?e?"1":"0":String(e)}function ic(e){return e.replace(/^#/,"").split("&").map(t=>{let n=t.indexOf("=");return n<0?[t,""]:[t.slice(0,n),ac(t.slice(n+1))]})}function ac(e){try{return decodeURIComponent(e)}catch{return e}}function Z({name:e,step:t}){return e??`step ${t}`}function De({name:e,step:t}){return e??`Step ${t}`}function gn(e,t){return e.name===void 0&&t.name===void 0?`steps ${e.step} to ${t.step}`:`${Z(e)} to ${Z(t)}`}var fi=" ⇒ ",di=" → ";function pi({kind:e,name:t,before:n,after:r},o){if(e==="image")return t;let i=[e==="edge"||n!==null,e==="edge"||r!==null];return t.split(di).map(a=>{let s=a.split(fi),u=[s[0],s[s.length-1]],l=o.flatMap(({groups:c},f)=>{let d=c.find(y=>J(y)===u[f]);return!i[f]||d===void 0?[]:[d.label===null&&d.lineage===null?J(d):`${ye(d,[])} of ${d.layer}`]});return l.length>0?[...new Set(l)].join(fi):a}).join(di)}var sc={step:"Step",epoch:"Epoch",time:"Time"},yt=10;function mi(e){let t=p("input",{type:"range",min:0,step:1,class:"visually-hidden","aria-label":"Snapshot"}),n=S("svg",{class:"track","aria-hidden":"true"}),r=p("div",{class:"slider"},n,t),o=p("button",{type:"button",class:"button icon play"}),i=p("p",{class:"moment number"}),a=p("p",{class:"visually-hidden","aria-live":"polite"}),s=dc("Time scale",Ar,sc,C=>e({scale:C})),u=p("button",{type:"button",class:"button live","aria-pressed":"false"},p("i",{}),"Live"),l=p("footer",{class:"time","aria-label":"Time"},o,r,i,s.element,u,a),c=null,f=0,d;o.addEventListener("click",()=>c&&e(Rr(c))),u.addEventListener("click",()=>{c!==null&&e(c.state.live?{live:!1}:{live:!0,step:null,playing:!1})}),t.addEventListener("input",()=>h(Number(t.value))),n.addEventListener("pointerdown",C=>{n.setPointerCapture(C.pointerId),t.focus({preventScroll:!0}),y(C)}),n.addEventListener("pointermove",C=>{n.hasPointerCapture(C.pointerId)&&y(C)}),new ResizeObserver(()=>{f=r.clientWidth,c!==null&&b(c)}).observe(r);function h(C){let A=c?.run.snapshots[C];A!==void 0&&e({step:A.step,playing:!1})}function y(C){if(c===null)return;let A=C.clientX-n.getBoundingClientRect().left;h(uc(T(c),A))}function T({run:C,state:A}){return lc(ai(C,A.scale),f)}function b(C){let{run:A,state:N,snapshot:H}=C,$=T(C),D=H===null?-1:A.snapshots.indexOf(H),[B,G]=[f,16],I=se(A,N),L=A.snapshots.findIndex(x=>x.step===N.otherStep);n.setAttribute("viewBox",`0 0 ${Math.max(1,B)} 32`),n.replaceChildren(S("path",{class:"rail",d:`M${yt} ${G}H${Math.max(yt,B-yt)}`}),...D<0?[]:[S("path",{class:"past",d:`M${yt} ${G}H${$[D]}`})],S("path",{class:"ticks",d:$.map(x=>`M${x} ${G-4}v8`).join("")}),...A.snapshots.flatMap((x,E)=>si(x,I)?[S("path",{class:"alarm",d:`M${$[E]} ${G-7}l4 -7h-8z`},S("title",{},`${Z(x.graph)}: the circuit changed`))]:[]),...L<0||N.view!=="compare"?[]:[S("circle",{class:"other",cx:$[L],cy:G,r:6})],...D<0?[]:[S("circle",{class:"thumb",cx:$[D],cy:G,r:8})])}function g(C,A){let{run:N,state:H,snapshot:$}=C;c=C;let D=$===null?0:N.snapshots.indexOf($);t.max=String(Math.max(0,N.snapshots.length-1)),t.value=String(D),t.disabled=N.snapshots.length===0;let B=$===null?"no snapshot":cc($);t.setAttribute("aria-valuetext",B),i.replaceChildren(...$===null?[B]:fc($,N)),clearTimeout(d),d=setTimeout(()=>{a.textContent!==B&&(a.textContent=B)},400),o.replaceChildren(Te(H.playing?ge.pause:ge.play)),o.setAttribute("aria-label",H.playing?"Pause":"Play"),o.disabled=N.snapshots.length<2,u.hidden=!A,u.setAttribute("aria-pressed",String(H.live)),s.show(H.scale),b(C)}return{element:l,update:g}}function Rr({run:e,state:t,snapshot:n}){if(t.playing)return{playing:!1};let r=e.snapshots[e.snapshots.length-1],o=e.snapshots[0];return{playing:!0,live:!1,step:n===r&&o!==void 0?o.step:n?.step??null}}function yn(e,t,n){let r=t===null?-1:e.snapshots.indexOf(t);return e.snapshots[r+n]?.step??null}function lc(e,t){let n=Math.min(...e),r=Math.max(...e)-n,o=Math.max(0,t-2*yt);return e.map(i=>yt+(r>0?o*(i-n)/r:o/2))}function uc(e,t){let n=0;return e.forEach((r,o)=>{Math.abs(r-t)<Math.abs(e[n]-t)&&(n=o)}),n}function cc(e){let t=e.epoch===null?"":`, epoch ${e.epoch}`;return e.graph.name??`${Z(e.graph)}${t}`}function fc(e,t){let n=t.snapshots.indexOf(e),r=[e.epoch===null?null:`epoch ${e.epoch}`,e.wallTime>0?ni(e.wallTime):null,`${n+1}/${t.snapshots.length}`].filter(i=>i!==null),o=De(e.graph);return[p("b",{title:o},o),p("span",{class:"muted"},r.join(" · "))]}function dc(e,t,n,r){let o=t.map(a=>{let s=p("button",{type:"button",role:"radio","data-value":a},n[a]);return s.addEventListener("click",()=>r(a)),s}),i=p("div",{class:"segments",role:"radiogroup","aria-label":e},...o);return i.addEventListener("keydown",a=>Or(a,o)),{element:i,show(a){for(let s of o){let u=s.dataset.value===a;s.setAttribute("aria-checked",String(u)),s.tabIndex=u?0:-1}}}}function Or(e,t){let n={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[e.key],r=t.indexOf(document.activeElement);if(n===void 0||r<0)return;e.preventDefault(),e.stopPropagation();let o=t[(r+n+t.length)%t.length];o.focus(),o.click()}var pc={circuit:"Circuit",lineage:"Lineage",drift:"Drift",compare:"Compare",debug:"Debug"};function yi(e,t){let n=hi("Run",c=>e({run:c,step:null,group:null,otherStep:null,playing:!1})),r=hi("Target",c=>e({target:Number(c),group:null})),o=Lr.map(c=>{let f=p("button",{type:"button",role:"tab",id:`tab-${c}`,"aria-controls":"stage","data-view":c},pc[c]);return f.addEventListener("click",()=>e({view:c})),f}),i=p("div",{class:"segments",role:"tablist","aria-label":"Views"},...o);i.addEventListener("keydown",c=>Or(c,o));let a=p("input",{type:"search",class:"field",placeholder:"Neuron or label","aria-label":"Search for a neuron or a label",spellcheck:"false"}),s=p("output",{class:"hits number","aria-live":"polite"});a.addEventListener("input",()=>e({query:a.value}));let u=p("details",{class:"menu problems",hidden:!0});return{element:p("header",{class:"top"},p("h1",{class:"visually-hidden"},"NeurFlow"),p("div",{class:"pickers"},n.element,r.element),i,p("div",{class:"tools"},u,p("span",{class:"search",role:"search"},Te(ge.search),a,s),mc(t))),hits(c){s.textContent=c===null?"":c===0?"none":String(c)},update(c,f,d){n.show(c.map(y=>({value:y,text:y})),f?.run.name??null);let h=f===null?null:se(f.run,f.state);r.show((f?.run.targets??[]).map(y=>({value:String(y.target),text:y.name})),h===null?null:String(h)),r.element.hidden=d==="debug";for(let y of o){let T=y.dataset.view===d;y.setAttribute("aria-selected",String(T)),y.tabIndex=T?0:-1}f!==null&&a.value!==f.state.query&&(a.value=f.state.query),hc(u,f?.run.problems??[])}}}function hi(e,t){let n=p("select",{class:"select","aria-label":e});n.addEventListener("change",()=>t(n.value));let r="";return{element:p("label",{class:"labelled"},p("span",{"aria-hidden":"true"},e),n),show(o,i){let a=JSON.stringify(o);a!==r&&(n.replaceChildren(...o.map(({value:s,text:u})=>p("option",{value:s},u))),r=a),i!==null&&(n.value=i),n.disabled=o.length===0,n.title=o.find(({value:s})=>s===i)?.text??""}}}function mc(e){let t=p("details",{class:"menu save"}),n=(r,o)=>{let i=p("button",{type:"button",class:"button bare"},o);return i.addEventListener("click",()=>{t.open=!1,e(r)}),i};return t.append(p("summary",{class:"button icon","aria-label":"Save this view",title:"Save this view"},Te(ge.save)),p("div",{class:"popup"},n("svg","Save as SVG"),n("png","Save as PNG"))),bi(t),t}function hc(e,t){if(e.hidden=t.length===0,e.hidden)return;let n=t.length===1?"1 snapshot could not be read":`${t.length} snapshots could not be read`;e.replaceChildren(p("summary",{class:"button icon","aria-label":n,title:n},Te(ge.warning)),p("div",{class:"popup"},p("h3",{},n),p("ul",{},...t.map(({step:r,message:o})=>p("li",{},p("b",{class:"number"},r===null?"":`Step ${r}: `),o))))),bi(e)}var gi=new WeakSet;function bi(e){gi.has(e)||(gi.add(e),document.addEventListener("pointerdown",t=>{e.contains(t.target)||(e.open=!1)}),e.addEventListener("keydown",t=>{t.key!=="Escape"||!e.open||(e.open=!1,e.querySelector("summary")?.focus())}))}var gc=["fill","fill-opacity","stroke","stroke-width","stroke-dasharray","stroke-opacity","stroke-linecap","opacity","visibility","display","font-family","font-size","font-weight","font-variant-numeric","letter-spacing","text-anchor","dominant-baseline","paint-order"],bn=16,xn=2;async function xi(e,t){let n=[...e.querySelectorAll("svg[data-export]")].filter(f=>f.getClientRects().length>0),r=n.map(f=>f.getBoundingClientRect()),o=Math.min(...r.map(f=>f.left),1/0),i=Math.min(...r.map(f=>f.top),1/0),a=Math.max(...r.map(f=>f.right),o)-o+2*bn,s=Math.max(...r.map(f=>f.bottom),i)-i+2*bn,u=getComputedStyle(document.body),l=new Map,c=await Promise.all(n.map(async(f,d)=>{let h=await yc(f,l);return h.setAttribute("x",String(r[d].left-o+bn)),h.setAttribute("y",String(r[d].top-i+bn)),h.setAttribute("width",String(r[d].width)),h.setAttribute("height",String(r[d].height)),h}));return S("svg",{xmlns:"http://www.w3.org/2000/svg",width:a,height:s,viewBox:`0 0 ${a} ${s}`},S("title",{},t),S("rect",{width:"100%",height:"100%",fill:u.backgroundColor}),...c)}function Pr(e){return`<?xml version="1.0" encoding="UTF-8"?>
${new XMLSerializer().serializeToString(e)}`}async function wi(e){let t=Number(e.getAttribute("width")),n=Number(e.getAttribute("height")),r=await ki(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(Pr(e))}`),o=document.createElement("canvas");o.width=Math.ceil(t*xn),o.height=Math.ceil(n*xn);let i=o.getContext("2d");return i.scale(xn,xn),i.drawImage(r,0,0,t,n),new Promise((a,s)=>{o.toBlob(u=>{u===null?s(new Error("This browser made no PNG of the drawing.")):a(u)},"image/png")})}function vi(e,t){let n=URL.createObjectURL(e),r=document.createElement("a");r.href=n,r.download=t,r.click(),setTimeout(()=>URL.revokeObjectURL(n),1e4)}async function yc(e,t){let n=e.cloneNode(!0),r=[e,...e.querySelectorAll("*")],o=[n,...n.querySelectorAll("*")];return r.forEach((i,a)=>bc(i,o[a])),await Promise.all([...n.querySelectorAll("image")].map(async i=>{let a=i.getAttribute("href"),s=i.parentElement;a===null||!(s instanceof SVGSVGElement)||(t.has(a)||t.set(a,ki(a)),xc(await t.get(a),s,i))})),n}function bc(e,t){let n=getComputedStyle(e);t.setAttribute("style",gc.map(r=>`${r}:${n.getPropertyValue(r)}`).join(";"));for(let r of["class","tabindex","role","aria-pressed"])t.removeAttribute(r)}function xc(e,t,n){let{x:r,y:o,width:i,height:a}=t.viewBox.baseVal,s=document.createElement("canvas");s.width=i,s.height=a,s.getContext("2d").drawImage(e,r,o,i,a,0,0,i,a),t.setAttribute("viewBox",`0 0 ${i} ${a}`),n.setAttribute("href",s.toDataURL("image/png")),n.setAttribute("width",String(i)),n.setAttribute("height",String(a))}function ki(e){return new Promise((t,n)=>{let r=new Image;r.onload=()=>t(r),r.onerror=()=>n(new Error("A picture of this view could not be read.")),r.src=e})}function wn({layers:e,attribution:t}){return e.slice(1).flatMap((n,r)=>{let o=t?.[n];return o===void 0?[]:[{lower:e[r],upper:n,attribution:o}]})}function vn({attribution:e},t){return e?.[t]?.predicts===!1}function Mi({method:e,correlation:t,predicts:n}){let r=nt(t);return n?t===null?[e]:[`${e} ${r}`,r]:[`✗ does not predict knockouts (${r})`,`✗ not predictive (${r})`,`✗ ${r}`,"✗"]}function kn({lower:e,upper:t,attribution:n}){let{method:r,nodes:o,correlation:i,margin:a,predicts:s}=n;return[`${e} → ${t}: ${r}${o>1?` (${o} nodes)`:""}`,`correlation with knockouts ${nt(i)}`,`margin ${nt(a)}`,...s?[]:["✗ does not predict knockouts"]].join(", ")}var Si="http://www.w3.org/2000/svg";function de(e,t,n,r){let o="graph"in n?n.graph:n,i=o.patches[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function $i(e,t,n,r){let o="graph"in n?n.graph:n,i=o.images[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function ne(e,t=null){let n=document.createElementNS(Si,"svg");return n.classList.add("picture"),t!==null&&(n.setAttribute("width",String(t)),n.setAttribute("height",String(t))),n.append(document.createElementNS(Si,"image")),Gr(n,e),n}function Gr(e,t){let n=`${t.x} ${t.y} ${t.width} ${t.height}`;e.getAttribute("viewBox")!==n&&e.setAttribute("viewBox",n),e.setAttribute("preserveAspectRatio","xMidYMid slice");let r=e.firstElementChild;r.getAttribute("href")!==t.href&&r.setAttribute("href",t.href)}var wc=120;function Ti(e,t){let n=p("aside",{class:"detail","aria-label":"Details"}),r=null,o=null,i=0,a,s=0;n.addEventListener("scroll",()=>s=n.scrollTop,{passive:!0});function u(L){r?.state.group!==L.state.group&&(i=0),r=L,clearTimeout(a);let{snapshot:x,run:E,state:m}=L;n.classList.toggle("open",m.group!==null),!vc(m)&&(x!==null&&l(L)===null&&(a=setTimeout(()=>{t.detail(E.name,x.step).then(M=>{o={run:E.name,graph:M},r?.snapshot===x&&f()},M=>{r?.snapshot===x&&c(String(M instanceof Error?M.message:M))})},wc)),f())}function l({run:L,snapshot:x}){return o!==null&&o.run===L.name&&o.graph.step===x?.step?o.graph:null}function c(L){n.append(p("p",{class:"muted",role:"status"},L))}function f(){if(r===null)return;let{snapshot:L,state:x,run:E}=r,m=L&&pe(L,se(E,x)),M=x.group===null?null:m?.byKey.get(x.group)??null,R=n.contains(document.activeElement)?document.activeElement.dataset.focus:void 0;m===null?n.replaceChildren():x.group===null?n.replaceChildren(...H(m)):M===null?n.replaceChildren(...y(m,r,x.group)):n.replaceChildren(...h(m,M,r)),s>0&&(n.scrollTop=s),R!==void 0&&n.querySelector(`[data-focus="${CSS.escape(R)}"]`)?.focus()}function d(L,x,E){let m=p("button",{type:"button",class:"button icon bare","aria-label":"Close details","data-focus":"close"},Te(ge.close));return m.addEventListener("click",()=>e({group:null})),p("header",{},p("div",{},p("h2",{},L),p("p",{class:"muted"},x.filter(Boolean).join(" · "))),E?m:null)}function h(L,x,E){let m=l(E)?.targets.find(R=>R.target===L.target.target),M=m?.groups.find(R=>Ce(R)===x.key)??x.group,{stability:w}=x.group;return[d(Le(L,x),[J(x.group),x.group.lineage===null?null:`lineage ${x.group.lineage}`],!0),p("div",{class:"facts"},Dr("importance",Y(x.group.importance)),Dr("members",String(x.size)),...w===null?[]:[Dr(Ge(w)?"stable":"stable (too little)",Y(w))]),...T(M.patches,E),Ie("History",I(E,L,x.key)),...g("Fed by",L,x,"target","source"),...g("Feeds",L,x,"source","target"),Ie("Neurons",A(M.members,x,m))]}function y(L,x,E){let m=Tr(x.run,L.target.target,E).filter(R=>R.node!==null),M=m[m.length-1]?.node,w=m.map(({snapshot:R})=>R.graph);return[d(M?ye(M.group,x.run.layers):E,[M?.group.layer??null],!0),p("p",{class:"muted"},w.length===0?"No snapshot of this target holds this group.":`Not in the circuit at ${Z(L.snapshot.graph)}. It is there in ${te(w.length,"snapshot")}, ${gn(w[0],w[w.length-1])}.`),...w.length===0?[]:[Ie("History",I(x,L,E))]]}function T(L,x){let{run:E,snapshot:m}=x;if(m===null)return[];let M=l(x)??m.graph,w=L.flatMap(v=>{let _=de(t,E.name,M,v);return _===null?[]:[{row:v,cut:_}]});if(w.length===0)return[];let R=w[Math.min(i,w.length-1)],O=p("div",{class:"strip",role:"group","aria-label":"Patches, best first"});return w.forEach(({row:v,cut:_},k)=>{let P=Ei(M,v),V=p("button",{type:"button","aria-pressed":String(v===R.row),"aria-label":`Patch ${k+1} of ${w.length}${P===null?"":`, from an image of ${P}`}`,"data-focus":`patch ${k}`},ne(_));V.addEventListener("click",()=>{i=k,f()}),O.append(V)}),[p("figure",{class:"gallery"},b(R.row,M,E.name),O)]}function b(L,x,E){let[,,,m,M,w,R,O,v,_]=x.patches[L],k=$i(t,E,x,w),P=Ei(x,L),V=p("figcaption",{class:"muted"},`image ${w}${P===null?"":`, labelled “${P}”`}`);if(k===null||x.input===null){let q=ne(de(t,E,x,L));return q.setAttribute("style",`aspect-ratio: ${m} / ${M}`),p("div",{class:"source"},q,V)}let[j,F]=x.input,X=S("svg",{class:"whole",viewBox:`0 0 ${F} ${j}`,role:"img","aria-label":`Patch on image ${w}${P===null?"":` of ${P}`}`}),W=ne(k);W.setAttribute("width",String(F)),W.setAttribute("height",String(j));let z={x:O,y:R,width:_,height:v};return X.append(W,S("path",{class:"veil","fill-rule":"evenodd",d:`M0 0H${F}V${j}H0ZM${O} ${R}h${_}v${v}h${-_}Z`}),S("rect",{class:"box",...z})),p("div",{class:"source"},X,V)}function g(L,x,E,m,M){let w=x.links.filter(F=>F[m]===E.key&&F.share!==0).sort((F,X)=>Math.abs(X.share)-Math.abs(F.share));if(w.length===0)return[];let R=Math.abs(w[0].share),O=x.byKey.get(w[0].target).group.layer,{graph:v}=x.snapshot,_=ie(v.layers).get(O),k=vn(v,O)?[_i([_])]:[],P=w.map(F=>C(F,x.byKey.get(F[M]),x,R)),V=p("ul",{class:"links"},...P.slice(0,6));if(P.length<=6)return[Ie(L,...k,V)];let j=p("details",{class:"more"},p("summary",{},`${P.length-6} more`),p("ul",{class:"links"},...P.slice(6)));return[Ie(L,...k,V,j)]}function C(L,x,E,m){let M=L.share<0?"-":"+",w=49*Math.abs(L.share)/m,R=S("svg",{class:"diverging",viewBox:"0 0 100 6",preserveAspectRatio:"none","aria-hidden":"true"},S("path",{class:"zero",d:"M50 0V6"}),S("rect",{"data-sign":M,x:M==="-"?50-w:50,y:.5,width:w,height:5})),O=Le(E,x),v=p("button",{type:"button",class:"link","data-focus":`group ${x.key}`},O);return v.addEventListener("click",()=>e({group:x.key})),p("li",{},v,R,p("span",{class:"number",title:ti},ht(L.share)),L.stability===null?null:p("span",{class:"number muted",title:"share of resamples in which the sign is the same"},Y(L.stability)))}function A(L,x,E){if(L===void 0||E===void 0)return p("p",{class:"muted"},`${te(x.size,"member")} …`);let m=new Map((E.neurons??[]).filter(O=>O.layer===x.group.layer).map(O=>[O.index,O])),M=p("tbody");for(let[O,v,_]of L){let k=m.get(O);M.append(p("tr",{},p("th",{scope:"row",class:"number"},String(O)),p("td",{},k===void 0||k.meanings<2?"only":`${v+1} of ${k.meanings}`),p("td",{class:"number"},Y(_)),p("td",{class:"number"},Y(k?.importance)),p("td",{class:"number"},Y(k?.gap)),p("td",{class:"number"},Y(k?.stability)))),k!==void 0&&k.inputs.length>0&&M.append(N(k))}let R=[["neuron","its index in the layer"],["meaning","which of its semantic groups"],["share","share of the neuron's patches that have this meaning"],["imp.","importance: path weight to the target"],["gap","completeness gap: error of the attribution's integral"],["stab.","share of resamples in which it is core"]].map(([O,v])=>p("th",{scope:"col",title:v},O));return p("div",{class:"scroll",tabindex:0,role:"region","aria-label":"Member neurons"},p("table",{class:"members"},p("thead",{},p("tr",{},...R)),M))}function N(L){let x=L.inputs.flatMap(([E,m])=>[p("span",{class:"input","data-sign":m<0?"-":"+"},`${E} `,p("b",{},tt(m)))," "]);return p("tr",{class:"inputs"},p("td",{colspan:6},p("span",{class:"muted"},"from "),...x))}function H(L){let{target:x,snapshot:E}=L,{graph:m}=E,M=["layer","neurons","groups","meanings","gap"].map(_=>p("th",{scope:"col"},_)),w=ie(m.layers),R=[...m.layers].reverse().flatMap(_=>{let k=x.statistics[_];if(k===void 0)return[];let P=[fe(k.core_neurons),fe(k.neuron_groups),fe(k.semantic_groups),Y(k.completeness_gap)];return[p("tr",{},p("th",{scope:"row",class:"layer",title:_},p("span",{},w.get(_))),...P.map(V=>p("td",{class:"number"},V)))]}),O=Object.values(x.left_out).reduce((_,k)=>_+k,0),v=x.groups.filter(_=>_.layer===m.layers[0]).reduce((_,k)=>_+(k.importance??0),0);return[d(x.name,[`class ${x.target}`,m.weights==="averaged"?"averaged weights":null],!1),...D(x,m),Ie("Layers, deep to shallow",p("div",{class:"scroll"},p("table",{class:"members"},p("thead",{},p("tr",{},...M)),p("tbody",{},...R))),...O>0?[p("p",{class:"muted"},`${te(O,"core neuron")} left out: the circuit follows ${Y(v)} of the path weight.`)]:[]),...$(m),...B(L),Ie("Made with",Sc(m)),p("p",{class:"muted hint"},"Choose a group for its patches, neurons and links. Hover to see what it lies on.")]}function $(L){let x=wn(L).reverse();if(x.length===0)return[];let m=[["into","the upper layer of the pair"],["method","attribution method"],["corr.","correlation of the attributions with the effects of real knockouts"],["margin","by how much the best method compared may have been better"]].map(([O,v])=>p("th",{scope:"col",title:v,class:O==="method"&&"method"},O)),M=ie(L.layers),w=x.map(O=>{let{upper:v,attribution:_}=O,{correlation:k,margin:P,predicts:V}=_;return p("tr",{class:!V&&"unpredictive",title:kn(O)},p("th",{scope:"row",class:"layer"},p("span",{},M.get(v))),p("td",{class:"method"},_.method),p("td",{class:"number correlation"},`${V?"":"✗ "}${nt(k)}`),p("td",{class:"number"},nt(P)))}),R=x.filter(({attribution:O})=>!O.predicts);return[Ie("Attribution, deep to shallow",p("div",{class:"scroll"},p("table",{class:"members attribution"},p("thead",{},p("tr",{},...m)),p("tbody",{},...w))),...R.length===0?[]:[_i(R.map(({upper:O})=>M.get(O)))])]}function D(L,x){if(L.drift===null)return[];let E=L.drift.verdict,m=r?.run.snapshots.find(R=>R.step===x.since)?.graph,M=x.since===null?"":` since ${Z(m??{step:x.since})}`,w=p("button",{type:"button",class:"link","data-focus":"drift"},"Show drift");return w.addEventListener("click",()=>e({view:"drift"})),[p("p",{class:"verdict"},p("span",{class:E==="changed"?"chip alarm":"chip"},E),p("span",{class:"muted"},`${M.trim()} `),w)]}function B(L){let x=L.target.drift?.events??[],E=new Map;for(let M of x){if(M.event==="survive")continue;let w=`${M.layer} ${M.event}`;E.set(w,[...E.get(w)??[],M])}if(E.size===0)return[];let m=[...E.values()].map(M=>p("li",{},...G(M,L)));return[Ie("What happened at this step",p("ul",{class:"events"},...m))]}function G(L,x){let E=[...new Set(L.flatMap(R=>R.lineage))],m=E.flatMap((R,O)=>{let v=`L${R}`,_=x.byKey.get(v),k=O<E.length-1?",":"";if(_===void 0)return[`${R}${k} `];let P=_.group.label??String(R),V=p("button",{type:"button",class:"link","data-focus":`event ${v}`,"aria-label":ye(_.group,x.snapshot.graph.layers)},P);return V.addEventListener("click",()=>e({group:v})),[p("span",{class:"whole-word"},V,k)," "]}),{event:M,layer:w}=L[0];return[p("span",{class:"chip"},M),p("span",{class:"muted",title:w},` ${ie(x.snapshot.graph.layers).get(w)??w}: `),E.length===1?"group ":"groups ",...m]}function I(L,x,E){let{run:m}=L,M=Tr(m,x.target.target,E),w=m.snapshots.flatMap(({graph:O})=>(O.targets.find(v=>v.target===x.target.target)?.drift?.events??[]).filter(v=>v.event!=="survive"&&v.lineage.some(_=>`L${_}`===E)).map(v=>({graph:O,event:v}))),R=w.slice(-6).map(({graph:O,event:v})=>{let{step:_}=O,k=p("button",{type:"button",class:"link number","data-focus":`step ${_}`},Z(O));return k.addEventListener("click",()=>e({step:_})),p("li",{},k," ",p("span",{class:"muted"},Mc(v,E)))});return p("div",{},kc(M.map(({node:O})=>O?.importance??null),m.snapshots.indexOf(x.snapshot),new Set(w.map(({graph:O})=>m.snapshots.findIndex(v=>v.graph===O)))),R.length===0?null:p("ul",{class:"events"},...R))}return{element:n,update:u}}var vc=({view:e,group:t})=>e==="debug"||e!=="circuit"&&t===null;function kc(e,t,n){let[r,o,i]=[300,46,5],a=Math.max(...e.map(f=>f??0),1e-9),s=f=>e.length<2?r/2:i+(r-2*i)*f/(e.length-1),u=f=>o-i-(o-2*i)*f/a,l=e.map((f,d)=>f===null?"":`${d===0||e[d-1]===null?"M":"L"}${s(d).toFixed(1)} ${u(f).toFixed(1)}`).join(""),c=e[t]??null;return S("svg",{class:"sparkline",viewBox:`0 0 ${r} ${o}`,role:"img","aria-label":`Importance through the run, at most ${Y(a)}`},S("path",{class:"base",d:`M${i} ${o-i}H${r-i}`}),S("path",{class:"now",d:`M${s(t)} 0V${o}`}),S("path",{class:"line",d:l||"M0 0"}),...e.flatMap((f,d)=>f!==null&&(e[d-1]??null)===null&&(e[d+1]??null)===null?[S("circle",{class:"alone",cx:s(d),cy:u(f),r:2})]:[]),...[...n].map(f=>S("circle",{class:"mark",cx:s(f),cy:o-i,r:2.5})),c===null?null:S("circle",{class:"dot",cx:s(t),cy:u(c),r:4}))}function Mc(e,t){let n=e.lineage.map(i=>`L${i}`).filter(i=>i!==t);return{emerge:"appears",disappear:"disappears",split:`comes of a split${n.length===0?"":` with ${n.map(i=>`group ${i.slice(1)}`).join(", ")}`}`,merge:"is merged of several"}[e.event]??e.event}function Ei(e,t){let n=e.patches[t]?.[5],r=n===void 0?null:e.images[n]?.[5]??null;return r===null?null:String(r)}function Sc(e){let t=[...new Set(Object.values(e.methods))].join(", "),n=[...Object.entries(e.config).map(([r,o])=>[r,String(o)]),...t===""?[]:[["segments",t]],["probe images",e.fingerprint.slice(0,12)]];return p("dl",{class:"pairs"},...n.flatMap(([r,o])=>[p("dt",{},r),p("dd",{class:"mono"},o)]))}function _i(e){let t=`✗ Attributions into ${e.join(", ")} do not predict knockouts.`;return p("p",{class:"unpredictive-note"},t)}function Dr(e,t){return p("div",{},p("b",{class:"number"},t),p("span",{},e))}function Ie(e,...t){return p("section",{},p("h3",{},e),...t)}var $c=`from neurflow_lightning import NeurFlowCallback

neurflow = NeurFlowCallback(targets=["cat", "dog"], every_n_epochs=1)
trainer = Trainer(callbacks=[neurflow])`;function Ci(){let e=p("section",{class:"view welcome","aria-live":"polite",hidden:!0}),t=(...r)=>{e.replaceChildren(p("div",{},...r))},n=()=>p("p",{class:"muted waiting"},p("i",{}),"This page looks again every few seconds.");return{element:e,loading:()=>t(p("p",{class:"muted waiting"},p("i",{}),"Loading circuits …")),nothing:r=>t(p("h2",{},"No circuits yet"),p("p",{},"Add the callback to your training. Each snapshot it takes appears here, while the training runs."),p("pre",{class:"mono"},$c),p("p",{},"The run needs a TensorBoard logger, and TensorBoard its log folder: ",p("code",{class:"mono"},"tensorboard --logdir lightning_logs")),...r?[n()]:[]),noSnapshots:r=>t(p("h2",{},"No snapshot yet"),p("p",{},`The run ${r} has begun and holds no circuit so far. The first comes with the first validation that the callback’s schedule allows.`),n()),failed(r,o){let i=p("button",{type:"button",class:"button"},"Try again");i.addEventListener("click",o),t(p("h2",{},"The circuits could not be loaded"),p("p",{},r),i)}}}var Ec=3e3,_c=250;function Ir(e,t,n,r,o){let i=hn(mn,{...r,...n.link()}),a=null,s=null,u=!1,l,c,f,d=new Map,h=new Set,y=new Map,T=p("div",{class:"stage",id:"stage",role:"tabpanel"}),b=Ci(),g=yi(H,v=>void R(v)),C=mi(H),A=Ti(H,t),N=p("div",{class:"middle"},p("main",{},T),A.element);T.append(b.element),e.replaceChildren(p("div",{class:"app"},g.element,N,C.element)),T.addEventListener("hits",v=>g.hits(v.detail)),document.addEventListener("keydown",w),n.onTheme(v=>{document.documentElement.dataset.theme=v?"dark":"light"}),n.onLink(v=>{Object.keys(v).length>0?H({...mn,run:i.run,...v}):n.write(i)}),n.onReload(()=>void B()),window.addEventListener("focus",()=>{t.canGrow&&B()}),B();function H(v){let _=i;i=hn(i,v),i!==_&&((i.run!==_.run||i.otherRun!==_.otherRun)&&B(),i.live&&!_.live&&B(),i.playing!==_.playing&&D(),L())}function $(){let v=d.get(i.run);if(v===void 0)return null;let _=i.otherRun===null?v:d.get(i.otherRun)??null;return{run:v,other:_,state:i,snapshot:Dt(v,i.step)}}function D(){if(clearTimeout(f),!i.playing)return;let v=d.get(i.run),_=Math.min(900,Math.max(90,2e4/(v?.snapshots.length??1)));f=setTimeout(()=>{let k=$(),P=k===null?null:yn(k.run,k.snapshot,1);H(P===null?{playing:!1}:{step:P}),D()},_)}async function B(){clearTimeout(c);try{a=await t.runs(),a.includes(i.run)||G(a[0]??"");let _=[i.run,i.otherRun].filter(k=>k!==null&&a.includes(k));await Promise.all([...new Set(_)].map(I)),s=null}catch(_){let k=_ instanceof Error?_.message:String(_);k!==s&&d.has(i.run)&&O(k),s=k}L();let v=s!==null||(d.get(i.run)?.snapshots.length??0)===0;clearTimeout(c),t.canGrow&&(i.live||v)&&(c=setTimeout(()=>void B(),Ec))}function G(v){i.run!==""&&v!==""&&O(`There is no run ${i.run} any more: this is ${v}.`),i=hn(i,i.run===""?{run:v}:{run:v,step:null,group:null})}async function I(v){if(!h.has(v)){h.add(v);try{let _=d.get(v)??null,k=_?.snapshots[_.snapshots.length-1],P=await t.series(v,k??null);_!==null&&P.snapshots.length===0&&!P.restarted&&P.problems.length===_.problems.length||d.set(v,ii(_,P))}finally{h.delete(v)}}}function L(){u||(u=!0,requestAnimationFrame(()=>{u=!1,x()}),clearTimeout(l),l=setTimeout(()=>n.write(i),_c))}function x(){let v=$(),_=document.documentElement;g.update(a??[],v,i.view),T.setAttribute("aria-labelledby",`tab-${i.view}`);let k=v!==null&&v.run.snapshots.length>0;b.element.hidden=k,N.classList.toggle("bare",!k||i.view==="debug"),N.classList.toggle("roomy",i.view!=="circuit"),C.element.hidden=!k;for(let[P,V]of y)V.element.hidden=!k||P!==i.view;if(v===null||!k){m(v),_.dataset.ready=a===null&&s===null?"":"empty";return}C.update(v,t.canGrow),E(i.view).update(v),i.view!=="circuit"&&g.hits(null),A.update(v),_.dataset.view=i.view,_.dataset.step=String(v.snapshot?.step??""),_.dataset.target=String(se(v.run,i)??""),_.dataset.ready="true",M(v)}function E(v){let _=y.get(v);return _===void 0&&(_=o[v](H,t),y.set(v,_),T.append(_.element)),_.element.hidden=!1,_}function m(v){s!==null?b.failed(s,()=>void B()):a===null?b.loading():a.length===0?b.nothing(t.canGrow):v===null?b.loading():b.noSnapshots(v.run.name)}function M({run:v,snapshot:_,state:k}){if(_===null)return;let P=v.snapshots.indexOf(_);for(let V of[v.snapshots[P+1],v.snapshots[P-1]]){let j=V===void 0?null:pe(V,se(v,k));if(j===null)continue;let{graph:F}=j.snapshot,X=j.nodes.flatMap(({group:z})=>z.patches.slice(0,4)),W=new Set(X.flatMap(z=>F.patches[z]?.[0]??[]));for(let z of W)new Image().src=t.sheet(v.name,F.step,z)}}function w(v){let _=$(),k=v.target;if(_===null||v.defaultPrevented||v.ctrlKey||v.metaKey||v.altKey)return;if(v.key==="Escape"){H({group:null});return}if(k.closest("input, select, textarea, [role=tablist], [role=radiogroup], .scroll")!==null&&(v.key!==" "||!k.matches("input[type=range]")))return;let{snapshots:P}=_.run,V={ArrowLeft:yn(_.run,_.snapshot,-1),ArrowRight:yn(_.run,_.snapshot,1),Home:P[0]?.step,End:P[P.length-1]?.step};if(v.key in V){let j=V[v.key];j!=null&&H({step:j,playing:!1}),v.preventDefault()}else v.key===" "&&k.closest("button, summary, [role=button]")===null&&(H(Rr(_)),v.preventDefault())}async function R(v){let _=$(),k=y.get(i.view);if(_===null||k===void 0)return;let P=_.run.targets.find(F=>F.target===se(_.run,i)),V=_.snapshot===null?"":Z(_.snapshot.graph),j=`${i.view} ${P?.name??""} ${V}`;try{let F=await xi(k.element,`${j}, ${_.run.name}`),X=v==="svg"?new Blob([Pr(F)],{type:"image/svg+xml"}):await wi(F);vi(X,`neurflow-${j.replace(/[^\p{L}\p{N}]+/gu,"-")}.${v}`)}catch(F){O(`This view could not be saved: ${F instanceof Error?F.message:String(F)}`)}}function O(v){let _=p("p",{class:"toast",role:"alert"},v);e.append(_),setTimeout(()=>_.remove(),6e3)}}var Tc="neurflow",[Cc,Lc]=["experimental.bootstrap","experimental.DataReloaded"];function zr(e){let t=Ac(e),n=t!==e,r=()=>!n||/^#?([^&=]*)/.exec(t.location.hash)?.[1]===Tc;return{link:()=>r()?Nr(t.location.hash):{},write(o){if(!r())return;let i=ci(o,t.location.hash);if(i!==(t.location.hash||"#"))try{t.history.replaceState(t.history.state,"",i)}catch{}},onLink(o){t.addEventListener("hashchange",()=>{r()&&o(Nr(t.location.hash))})},onTheme(o){if(!n){let s=e.matchMedia("(prefers-color-scheme: dark)");s.addEventListener("change",()=>o(s.matches)),o(s.matches);return}let{body:i}=t.document,a=()=>o(i.classList.contains("dark-mode"));new MutationObserver(a).observe(i,{attributes:!0,attributeFilter:["class"]}),a()},onReload(o){if(!n)return;let{port1:i,port2:a}=new MessageChannel;i.onmessage=({data:s})=>{let{type:u,id:l,isReply:c}=JSON.parse(s);c||(u===Lc&&o(),i.postMessage(JSON.stringify({type:u,id:l,payload:null,error:null,isReply:!0})))},t.postMessage(Cc,e.location.origin,[a])}}}function Ac(e){try{if(e.parent!==e&&e.parent.document.body!==null)return e.parent}catch{}return e}function Li(e=t=>fetch(t)){let t=new Map,n=(r,o)=>`${r}?${Object.entries(o).map(([i,a])=>`${i}=${encodeURIComponent(a)}`).join("&")}`;return{canGrow:!0,async runs(){return(await Mn(e,"runs")).runs.map(o=>o.name)},series:(r,o)=>Mn(e,n("series",{run:r,...o===null?{}:{since_step:o.step,since_time:o.wallTime}})),detail(r,o){let i=n("detail",{run:r,step:o}),a=t.get(i);if(a!==void 0)return a;let s=Mn(e,i);return t.set(i,s),s.catch(()=>t.delete(i)),s},sheet:(r,o,i)=>n("sheet",{run:r,step:o,sheet:i}),mistakes:(r,o)=>Mn(e,n("mistakes",{run:r,step:o})),mistakenImage:(r,o,i)=>n("mistaken_image",{run:r,step:o,sheet:i})}}async function Mn(e,t){let n=await e(t);if(n.ok)return await n.json();throw new Error(await Nc(n,t))}async function Nc(e,t){try{let{error:n}=await e.json();if(typeof n=="string")return n}catch{}return`${t}: TensorBoard answered ${e.status} ${e.statusText}.`}function Ai(e){let t=r=>{let o=e.runs[r];if(o===void 0)throw new Error(`This page holds no run named ${r}.`);return o},n=(r,o)=>{let i=t(r).graphs.findIndex(a=>a.step===o);if(i<0)throw new Error(`Run ${r} has no snapshot of step ${o} in this page.`);return i};return{canGrow:!1,runs:async()=>Object.keys(e.runs),async series(r,o){let{graphs:i,wall_times:a}=t(r),s=i.map((l,c)=>({...l,wall_time:a[c]??0})).filter(l=>o===null||l.step>o.step),u=i[i.length-1]?.layers??[];return{run:r,layers:u,snapshots:s,problems:[],restarted:!1}},detail:async(r,o)=>t(r).graphs[n(r,o)],sheet:(r,o,i)=>t(r).sheets[n(r,o)]?.[i]??"",async mistakes(r,o){let{mistakes:i={}}=t(r);return{steps:Object.keys(i).map(Number),record:i[o]?.record??null,problem:null}},mistakenImage:(r,o,i)=>t(r).mistakes?.[o]?.sheets[i]??""}}var Ni=`/* Calm: paper, ink, one accent. Colour says sign (with dash), alarm and selection, nothing else. */
:root {
  color-scheme: light;
  --bg: #f6f6f4;
  --surface: #ffffff;
  --surface-2: #eeeeeb;
  --ink: #1d2127;
  --ink-2: #545b66;
  --ink-3: #626974;
  --line: #dedfdc;
  --line-strong: #b9bcbb;
  --accent: #4a3fb0;
  --accent-soft: #e9e7f8;
  --positive: #0a6fb4;
  --negative: #b34d05;
  --alarm: #b3261e;
  --gained: #0a6fb4;
  --lost: #b34d05;
  --strengthened: #0a6fb4;
  --weakened: #b34d05;
  --null-band: #e2e2dd;
  --shadow: 0 1px 2px rgb(20 24 30 / 6%), 0 6px 20px rgb(20 24 30 / 7%);
  --cat-1: #4e79a7;
  --cat-2: #d98a3d;
  --cat-3: #5a9e8f;
  --cat-4: #b8687b;
  --cat-5: #8a79b8;
  --cat-6: #a3a04a;
  --cat-7: #6aa2c9;
  --cat-8: #a9806a;
  --font:
    system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", monospace;
  --radius: 10px;
  --quick: 140ms;
}

:root[data-theme="dark"] {
  color-scheme: dark;
  --bg: #16181b;
  --surface: #202327;
  --surface-2: #1b1e21;
  --ink: #eceef0;
  --ink-2: #b3b9c1;
  --ink-3: #969da7;
  --line: #33373d;
  --line-strong: #545a63;
  --accent: #b0a7ff;
  --accent-soft: #302d4d;
  --positive: #5eb1ef;
  --negative: #f09a5a;
  --alarm: #ff8a80;
  --gained: #5eb1ef;
  --lost: #f09a5a;
  --strengthened: #5eb1ef;
  --weakened: #f09a5a;
  --null-band: #34383d;
  --shadow: 0 1px 2px rgb(0 0 0 / 30%), 0 8px 24px rgb(0 0 0 / 35%);
  --cat-1: #7ea6d1;
  --cat-2: #eeaa66;
  --cat-3: #7dc2b2;
  --cat-4: #d88ea0;
  --cat-5: #afa0d8;
  --cat-6: #c4c170;
  --cat-7: #92c3e4;
  --cat-8: #cba48f;
}

/* --- page --------------------------------------------------------------------------- */

*,
*::before,
*::after {
  box-sizing: border-box;
}

html,
body {
  height: 100%;
  margin: 0;
}

body {
  background: var(--bg);
  color: var(--ink);
  font: 14px/1.45 var(--font);
  -webkit-font-smoothing: antialiased;
  overflow: hidden;
}

.app {
  display: grid;
  grid-template-rows: auto minmax(0, 1fr) auto;
  height: 100vh;
  min-width: 640px;
}

h1,
h2,
h3,
p,
dl,
dd,
ol,
ul,
figure {
  margin: 0;
  padding: 0;
}

h2 {
  font-size: 17px;
  font-weight: 600;
  letter-spacing: -0.01em;
}

h3 {
  color: var(--ink-2);
  font-size: 12px;
  font-weight: 600;
}

.muted {
  color: var(--ink-3);
}

.number {
  font-variant-numeric: tabular-nums;
}

.mono {
  font-family: var(--mono);
  font-size: 0.92em;
}

.visually-hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

:focus:not(:focus-visible) {
  outline: none;
}

/* --- controls ----------------------------------------------------------------------- */

button,
select,
input {
  color: inherit;
  font: inherit;
}

.button,
.select,
.field {
  height: 32px;
  padding: 0 10px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 8px;
  transition:
    border-color var(--quick),
    background var(--quick);
}

.button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: 6px;
  cursor: pointer;
  white-space: nowrap;
}

.button:hover,
.select:hover,
.field:hover {
  border-color: var(--line-strong);
}

.button:disabled {
  color: var(--ink-3);
  cursor: default;
  opacity: 0.6;
}

.button.icon {
  width: 32px;
  padding: 0;
}

.button.bare {
  background: none;
  border-color: transparent;
}

.button.bare:hover {
  background: var(--surface-2);
}

.button svg {
  width: 16px;
  height: 16px;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.75;
  stroke-linecap: round;
  stroke-linejoin: round;
}

.select {
  padding-right: 28px;
  appearance: none;
  background-image:
    linear-gradient(45deg, transparent 50%, var(--ink-3) 50%),
    linear-gradient(-45deg, transparent 50%, var(--ink-3) 50%);
  background-position:
    calc(100% - 15px) 13px,
    calc(100% - 11px) 13px;
  background-repeat: no-repeat;
  background-size: 4.5px 4.5px;
  cursor: pointer;
  text-overflow: ellipsis;
}

.select option {
  background: var(--surface);
  color: var(--ink);
}

.labelled {
  display: inline-flex;
  align-items: center;
  gap: 8px;
  min-width: 0;
}

.labelled > span {
  color: var(--ink-3);
  font-size: 12.5px;
}

/* A few choices side by side: radio buttons or tabs. */
.segments {
  display: inline-flex;
  padding: 2px;
  background: var(--surface-2);
  border-radius: 9px;
}

.segments > button {
  height: 28px;
  padding: 0 12px;
  background: none;
  border: 0;
  border-radius: 7px;
  color: var(--ink-2);
  cursor: pointer;
  transition: background var(--quick);
}

.segments > button:hover {
  color: var(--ink);
}

.segments > button[aria-selected="true"],
.segments > button[aria-checked="true"],
.segments > button[aria-pressed="true"] {
  background: var(--surface);
  box-shadow:
    0 0 0 1px var(--line),
    0 1px 2px rgb(0 0 0 / 8%);
  color: var(--ink);
  font-weight: 550;
}

input[type="range"] {
  accent-color: var(--accent);
}

.chip {
  display: inline-flex;
  align-items: baseline;
  gap: 5px;
  padding: 1px 8px;
  border-radius: 99px;
  background: var(--surface-2);
  color: var(--ink-2);
  font-size: 12px;
}

.chip.alarm {
  color: var(--alarm);
  background: color-mix(in srgb, var(--alarm) 12%, transparent);
}

.chip.accent {
  color: var(--accent);
  background: var(--accent-soft);
}
`;var Ri=`/* --- header -------------------------------------------------------------------------- */

.top {
  position: relative;
  z-index: 5;
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
  align-items: center;
  gap: 16px;
  padding: 10px 16px;
  background: var(--surface);
  border-bottom: 1px solid var(--line);
}

.pickers,
.tools {
  display: flex;
  align-items: center;
  gap: 14px;
  min-width: 0;
}

.tools {
  justify-content: flex-end;
  gap: 8px;
}

.pickers .select {
  min-width: 84px;
  max-width: 190px;
  text-overflow: ellipsis;
}

.pickers .labelled:first-child .select {
  flex: 0 1 auto;
  max-width: 300px;
}

.search {
  position: relative;
  display: block;
  flex: 0 1 210px;
  min-width: 110px;
}

.search > svg {
  position: absolute;
  top: 9px;
  left: 10px;
  width: 14px;
  height: 14px;
  fill: none;
  stroke: var(--ink-3);
  stroke-width: 2;
  stroke-linecap: round;
}

.search .field {
  width: 100%;
  padding: 0 10px 0 30px;
}

.search .field::placeholder {
  color: var(--ink-3);
  opacity: 1;
}

.search .hits {
  position: absolute;
  top: 6px;
  right: 28px;
  color: var(--ink-3);
  font-size: 12.5px;
}

.menu {
  position: relative;
}

.menu > summary {
  list-style: none;
}

.menu > summary::-webkit-details-marker {
  display: none;
}

.menu .popup {
  position: absolute;
  top: 38px;
  right: 0;
  z-index: 10;
  display: grid;
  gap: 2px;
  min-width: 150px;
  padding: 6px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  box-shadow: var(--shadow);
}

.menu .popup .button {
  justify-content: flex-start;
}

.problems > summary {
  color: var(--alarm);
}

.problems .popup {
  width: 360px;
  max-height: 50vh;
  padding: 12px 14px;
  gap: 8px;
  overflow: auto;
}

.problems li {
  list-style: none;
  font-size: 13px;
  overflow-wrap: anywhere;
}

/* --- middle -------------------------------------------------------------------------- */

.middle {
  position: relative;
  display: grid;
  grid-template-columns: minmax(0, 1fr) 348px;
  min-height: 0;
}

.middle.bare {
  grid-template-columns: minmax(0, 1fr);
}

.middle.bare > .detail {
  display: none;
}

/* The other views have columns of their own; the panel is there when a group is selected. */
.middle.roomy:not(:has(> .detail.open)) {
  grid-template-columns: minmax(0, 1fr);
}

.middle.roomy > .detail:not(.open) {
  display: none;
}

.middle > main {
  display: grid;
  min-width: 0;
  min-height: 0;
}

.stage {
  position: relative;
  min-width: 0;
  min-height: 0;
  overflow: hidden;
}

.view {
  position: absolute;
  inset: 0;
}

.view[hidden],
[hidden] {
  display: none !important;
}

.welcome {
  display: grid;
  place-items: center;
  overflow: auto;
  padding: 32px;
}

.welcome > div {
  display: grid;
  gap: 14px;
  max-width: 600px;
}

.welcome h2 {
  font-size: 24px;
}

.welcome p {
  color: var(--ink-2);
  line-height: 1.55;
}

.welcome pre {
  margin: 0;
  padding: 14px 16px;
  overflow-x: auto;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  line-height: 1.5;
}

.welcome code {
  white-space: nowrap;
}

.welcome .button {
  justify-self: start;
}

.waiting {
  display: flex;
  align-items: center;
  gap: 10px;
}

.waiting i {
  width: 8px;
  height: 8px;
  border-radius: 50%;
  background: var(--accent);
  animation: breathe 1.6s ease-in-out infinite;
}

@keyframes breathe {
  50% {
    opacity: 0.25;
  }
}

/* --- circuit -------------------------------------------------------------------------- */

.circuit .chart {
  display: block;
  width: 100%;
  height: 100%;
  cursor: grab;
  touch-action: none;
  user-select: none;
}

.circuit .chart:active {
  cursor: grabbing;
}

.circuit .chart.absent {
  visibility: hidden;
}

.empty-note {
  position: absolute;
  inset: 40% 10% auto;
  color: var(--ink-2);
  text-align: center;
}

.lanes rect {
  fill: var(--surface-2);
  opacity: 0.55;
}

.headings text {
  text-anchor: middle;
  paint-order: stroke;
  stroke: var(--bg);
  stroke-width: 5px;
  stroke-linejoin: round;
  pointer-events: none;
}

.headings .layer {
  fill: var(--ink);
  font-size: 13.5px;
  font-weight: 600;
}

.headings .statistics {
  fill: var(--ink-3);
  font-size: 11.5px;
}

.pairs text {
  fill: var(--ink-3);
  font-size: 11.5px;
  text-anchor: middle;
  paint-order: stroke;
  stroke: var(--bg);
  stroke-width: 5px;
  stroke-linejoin: round;
}

.pairs .unpredictive text {
  fill: var(--alarm);
}

.edge,
.edges .leaving {
  fill: none;
  stroke: var(--positive);
  stroke-opacity: 0.42;
  transition: stroke-opacity var(--quick);
}

.edge[data-sign="-"],
.edges .leaving[data-sign="-"] {
  stroke: var(--negative);
  stroke-dasharray: 7 4;
}

/* Between layers whose attributions do not predict knockouts. */
.edge[data-unpredictive],
.edges .leaving[data-unpredictive] {
  stroke-dasharray: 2 4;
}

.edge[data-unpredictive][data-sign="-"],
.edges .leaving[data-unpredictive][data-sign="-"] {
  stroke-dasharray: 7 3 2 3;
}

.entering {
  animation: appear 450ms ease-out;
}

.leaving {
  animation: appear 225ms ease-in reverse forwards;
  pointer-events: none;
}

@keyframes appear {
  from {
    opacity: 0;
  }
}

.tracing .edge {
  stroke-opacity: 0.06;
}

.tracing .edge.near {
  stroke-opacity: 0.3;
}

.edge.on-path,
.tracing .edge.on-path,
.edge:hover {
  stroke-opacity: 0.95;
}

.node {
  cursor: pointer;
  outline: none;
}

.node > * {
  transition: opacity var(--quick);
}

.nodes .card {
  fill: var(--surface);
  stroke: var(--line);
  stroke-width: 1;
  transition:
    stroke var(--quick),
    stroke-width var(--quick);
}

.node:hover .card,
.node.on-path .card {
  stroke: var(--line-strong);
}

.node:focus-visible .card,
.node.selected .card {
  stroke: var(--accent);
  stroke-width: 2.5;
}

.node.target .card {
  stroke: var(--ink-3);
}

.node.target.selected .card,
.node.target:focus-visible .card {
  stroke: var(--accent);
}

.nodes text {
  pointer-events: none;
}

.nodes .name {
  fill: var(--ink);
  font-size: 13px;
  font-weight: 600;
}

.nodes .importance,
.nodes .members {
  fill: var(--ink-3);
  font-size: 12px;
  font-variant-numeric: tabular-nums;
}

.nodes .importance {
  text-anchor: end;
}

.nodes .track {
  fill: var(--surface-2);
}

.nodes .bar {
  fill: var(--ink-2);
}

.nodes .badge {
  fill: var(--accent);
  font-size: 11px;
  font-weight: 500;
}

.node.unstable .card {
  stroke-dasharray: 3 3;
}

.node.unstable .badge {
  fill: var(--ink-3);
}

.node.unstable .patches,
.node.unstable .name,
.node.unstable .importance,
.node.unstable .bar {
  opacity: 0.45;
}

.tracing .node:not(.on-path) > :not(.card),
.searching .node:not(.hit) > :not(.card) {
  opacity: 0.35;
}

.searching .node.hit .card {
  stroke: var(--accent);
  stroke-width: 2.5;
}

.view.circuit {
  container-type: inline-size;
}

.circuit .legend {
  position: absolute;
  bottom: 14px;
  left: 16px;
  display: flex;
  align-items: center;
  gap: 18px;
  padding: 4px 12px;
  background: color-mix(in srgb, var(--bg) 86%, transparent);
  border-radius: 8px;
  color: var(--ink-2);
  font-size: 12.5px;
}

.legend .keys,
.legend .key {
  display: flex;
  align-items: center;
  gap: 14px;
}

.legend .key {
  gap: 6px;
}

.legend .threshold {
  width: 110px;
}

.legend output {
  min-width: 116px;
  color: var(--ink-2);
}

@container (max-width: 760px) {
  .legend .roomy {
    display: none;
  }

  .legend output {
    min-width: 40px;
  }
}

@container (max-width: 560px) {
  .circuit .legend {
    gap: 12px;
    padding: 4px 0;
  }

  .legend .labelled > span {
    display: none;
  }

  .legend .threshold {
    width: 76px;
  }
}

@container (max-width: 460px) {
  .legend output {
    display: none;
  }
}

.circuit .zoom {
  position: absolute;
  right: 14px;
  bottom: 14px;
  display: flex;
  gap: 4px;
}

/* --- detail --------------------------------------------------------------------------- */

.detail {
  display: flex;
  flex-direction: column;
  gap: 20px;
  min-height: 0;
  padding: 18px 18px 28px;
  overflow-y: auto;
  background: var(--surface);
  border-left: 1px solid var(--line);
}

.detail > header {
  display: flex;
  align-items: flex-start;
  justify-content: space-between;
  gap: 8px;
}

.detail > header > div {
  min-width: 0;
  overflow-wrap: anywhere;
}

.detail > header .button {
  margin: -4px -6px 0 0;
}

.detail section {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 8px;
}

.detail section > .muted {
  font-size: 12.5px;
}

.detail .facts {
  display: grid;
  grid-template-columns: repeat(3, 1fr);
  gap: 10px;
}

.detail .facts > div {
  display: grid;
}

.detail .facts b {
  font-size: 18px;
  font-weight: 600;
  letter-spacing: -0.01em;
}

.detail .facts span {
  color: var(--ink-3);
  font-size: 12px;
}

.gallery {
  display: grid;
  gap: 8px;
}

.gallery .source {
  display: grid;
  gap: 4px;
  justify-items: center;
}

.gallery .whole,
.gallery .source > .picture {
  width: 100%;
  max-height: 300px;
  border-radius: 8px;
  background: var(--surface-2);
}

.gallery .veil {
  fill: var(--surface);
  opacity: 0.5;
}

.gallery .box {
  fill: none;
  stroke: var(--accent);
  stroke-width: 2.5px;
  vector-effect: non-scaling-stroke;
}

.gallery figcaption {
  font-size: 12px;
}

.gallery .strip {
  display: grid;
  grid-template-columns: repeat(9, 1fr);
  gap: 4px;
}

.gallery .strip button {
  padding: 0;
  aspect-ratio: 1;
  overflow: hidden;
  background: var(--surface-2);
  border: 0;
  border-radius: 5px;
  cursor: pointer;
}

.gallery .strip button[aria-pressed="true"] {
  box-shadow:
    0 0 0 1.5px var(--surface),
    0 0 0 3.5px var(--accent);
}

.gallery .strip .picture {
  display: block;
  width: 100%;
  height: 100%;
}

.link {
  padding: 0;
  background: none;
  border: 0;
  color: var(--ink);
  cursor: pointer;
  text-align: left;
  text-decoration: underline;
  text-decoration-color: var(--line-strong);
  text-underline-offset: 3px;
}

.link:hover {
  text-decoration-color: currentColor;
}

.links,
.events {
  display: grid;
  gap: 5px;
  list-style: none;
  font-size: 13px;
}

.links li {
  display: grid;
  grid-template-columns: minmax(0, 1fr) 96px 46px;
  grid-auto-columns: 42px;
  grid-auto-flow: column;
  align-items: center;
  gap: 8px;
}

.links .link {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.links .number {
  text-align: right;
}

.diverging {
  width: 96px;
  height: 8px;
}

.diverging .zero {
  stroke: var(--line-strong);
  vector-effect: non-scaling-stroke;
}

.diverging rect {
  fill: var(--positive);
}

.diverging rect[data-sign="-"] {
  fill: var(--negative);
}

.whole-word {
  white-space: nowrap;
}

.more summary {
  margin: 2px 0 5px;
  color: var(--ink-3);
  cursor: pointer;
  font-size: 12.5px;
}

.scroll {
  overflow-x: auto;
}

.members {
  width: 100%;
  border-collapse: collapse;
  font-size: 12.5px;
}

.members th,
.members td {
  padding: 3px 0 3px 7px;
  font-weight: 400;
  text-align: right;
  white-space: nowrap;
}

.members th:first-child,
.members td:first-child {
  padding-left: 0;
  text-align: left;
}

.members thead th {
  color: var(--ink-3);
  font-size: 12px;
}

.members tbody tr:not(.inputs) > * {
  border-top: 1px solid var(--line);
}

.members tbody th {
  font-weight: 600;
}

.members .layer {
  max-width: 104px;
}

.members .layer span {
  display: block;
  overflow: hidden;
  text-overflow: ellipsis;
}

.members .method {
  overflow-wrap: anywhere;
  text-align: left;
  white-space: normal;
}

.attribution .unpredictive .correlation,
.unpredictive-note {
  color: var(--alarm);
}

.unpredictive-note {
  font-size: 12.5px;
}

.members .inputs td {
  padding: 0 0 6px;
  color: var(--ink-2);
  font-size: 12px;
  white-space: normal;
}

.members .input {
  white-space: nowrap;
}

.members .input b {
  color: var(--positive);
  font-weight: 500;
}

.members .input[data-sign="-"] b {
  color: var(--negative);
}

.members .input:not(:last-child)::after {
  content: " ";
}

.verdict {
  display: flex;
  align-items: baseline;
  flex-wrap: wrap;
  gap: 4px 8px;
  margin-top: -8px;
  font-size: 13px;
}

.pairs {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  gap: 2px 14px;
  font-size: 13px;
}

.pairs dt {
  color: var(--ink-3);
}

.pairs dd {
  overflow: hidden;
  text-overflow: ellipsis;
}

.hint {
  font-size: 12.5px;
}

.sparkline {
  display: block;
  width: 100%;
  overflow: visible;
}

.sparkline .line {
  fill: none;
  stroke: var(--ink-2);
  stroke-width: 1.75;
  stroke-linejoin: round;
}

.sparkline .base {
  stroke: var(--line);
}

.sparkline .now {
  stroke: var(--line-strong);
  stroke-dasharray: 2 3;
}

.sparkline .alone {
  fill: var(--ink-2);
}

.sparkline .dot {
  fill: var(--accent);
  stroke: var(--surface);
  stroke-width: 1.5;
}

.sparkline .mark {
  fill: var(--surface);
  stroke: var(--ink-2);
  stroke-width: 1.5;
}

/* --- time ----------------------------------------------------------------------------- */

.time {
  position: relative;
  z-index: 4;
  display: flex;
  align-items: center;
  gap: 14px;
  padding: 10px 16px;
  background: var(--surface);
  border-top: 1px solid var(--line);
}

.time .play {
  border-radius: 50%;
}

.time .slider {
  position: relative;
  flex: 1 1 200px;
  min-width: 120px;
  height: 32px;
  border-radius: 6px;
}

.time .slider:focus-within:has(:focus-visible) {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

.time .track {
  display: block;
  width: 100%;
  height: 32px;
  cursor: pointer;
  touch-action: none;
}

.track .rail {
  stroke: var(--line);
  stroke-width: 4;
  stroke-linecap: round;
}

.track .past {
  stroke: var(--line-strong);
  stroke-width: 4;
  stroke-linecap: round;
}

.track .ticks {
  stroke: var(--ink-3);
  stroke-width: 1.25;
}

.track .alarm {
  fill: var(--alarm);
}

.track .thumb {
  fill: var(--accent);
  stroke: var(--surface);
  stroke-width: 2;
}

.track .other {
  fill: var(--surface);
  stroke: var(--accent);
  stroke-width: 2;
}

.time .moment {
  display: grid;
  min-width: 178px;
  line-height: 1.25;
}

.time .moment b {
  max-width: 300px;
  overflow: hidden;
  font-weight: 600;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.time .moment .muted {
  font-size: 12px;
  white-space: nowrap;
}

.live i {
  width: 8px;
  height: 8px;
  border-radius: 50%;
  background: var(--line-strong);
}

.live[aria-pressed="true"] {
  border-color: var(--alarm);
}

.live[aria-pressed="true"] i {
  background: var(--alarm);
  animation: breathe 1.6s ease-in-out infinite;
}

.toast {
  position: fixed;
  bottom: 76px;
  left: 50%;
  z-index: 20;
  padding: 10px 16px;
  background: var(--ink);
  border-radius: 8px;
  color: var(--bg);
  transform: translateX(-50%);
}

/* --- narrow --------------------------------------------------------------------------- */

@media (max-width: 1180px) {
  .middle {
    grid-template-columns: minmax(0, 1fr);
  }

  .middle:has(> .detail.open) {
    grid-template-columns: minmax(0, 1fr) 320px;
  }

  .detail:not(.open) {
    display: none;
  }
}

@media (max-width: 1020px) {
  .top {
    gap: 10px;
    padding: 8px 12px;
  }

  .pickers {
    gap: 8px;
  }

  .pickers .labelled > span {
    display: none;
  }

  .pickers .select,
  .pickers .labelled:first-child .select {
    min-width: 70px;
    max-width: 148px;
  }

  .segments > button {
    padding: 0 9px;
  }

  .legend .key:last-child {
    margin-right: 0;
  }
}

@media (prefers-reduced-motion: reduce) {
  *,
  *::before,
  *::after {
    transition-duration: 0s !important;
    animation: none !important;
  }
}
`;var Sn="http://www.w3.org/1999/xhtml",Vr={svg:"http://www.w3.org/2000/svg",xhtml:Sn,xlink:"http://www.w3.org/1999/xlink",xml:"http://www.w3.org/XML/1998/namespace",xmlns:"http://www.w3.org/2000/xmlns/"};function ze(e){var t=e+="",n=t.indexOf(":");return n>=0&&(t=e.slice(0,n))!=="xmlns"&&(e=e.slice(n+1)),Vr.hasOwnProperty(t)?{space:Vr[t],local:e}:e}function Pc(e){return function(){var t=this.ownerDocument,n=this.namespaceURI;return n===Sn&&t.documentElement.namespaceURI===Sn?t.createElement(e):t.createElementNS(n,e)}}function Gc(e){return function(){return this.ownerDocument.createElementNS(e.space,e.local)}}function $n(e){var t=ze(e);return(t.local?Gc:Pc)(t)}function Dc(){}function rt(e){return e==null?Dc:function(){return this.querySelector(e)}}function Oi(e){typeof e!="function"&&(e=rt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=new Array(a),u,l,c=0;c<a;++c)(u=i[c])&&(l=e.call(u,u.__data__,c,i))&&("__data__"in u&&(l.__data__=u.__data__),s[c]=l);return new re(r,this._parents)}function Hr(e){return e==null?[]:Array.isArray(e)?e:Array.from(e)}function Ic(){return[]}function It(e){return e==null?Ic:function(){return this.querySelectorAll(e)}}function zc(e){return function(){return Hr(e.apply(this,arguments))}}function Pi(e){typeof e=="function"?e=zc(e):e=It(e);for(var t=this._groups,n=t.length,r=[],o=[],i=0;i<n;++i)for(var a=t[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&(r.push(e.call(u,u.__data__,l,a)),o.push(u));return new re(r,o)}function zt(e){return function(){return this.matches(e)}}function En(e){return function(t){return t.matches(e)}}var Vc=Array.prototype.find;function Hc(e){return function(){return Vc.call(this.children,e)}}function Fc(){return this.firstElementChild}function Gi(e){return this.select(e==null?Fc:Hc(typeof e=="function"?e:En(e)))}var Bc=Array.prototype.filter;function jc(){return Array.from(this.children)}function qc(e){return function(){return Bc.call(this.children,e)}}function Di(e){return this.selectAll(e==null?jc:qc(typeof e=="function"?e:En(e)))}function Ii(e){typeof e!="function"&&(e=zt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new re(r,this._parents)}function _n(e){return new Array(e.length)}function zi(){return new re(this._enter||this._groups.map(_n),this._parents)}function Vt(e,t){this.ownerDocument=e.ownerDocument,this.namespaceURI=e.namespaceURI,this._next=null,this._parent=e,this.__data__=t}Vt.prototype={constructor:Vt,appendChild:function(e){return this._parent.insertBefore(e,this._next)},insertBefore:function(e,t){return this._parent.insertBefore(e,t)},querySelector:function(e){return this._parent.querySelector(e)},querySelectorAll:function(e){return this._parent.querySelectorAll(e)}};function Vi(e){return function(){return e}}function Wc(e,t,n,r,o,i){for(var a=0,s,u=t.length,l=i.length;a<l;++a)(s=t[a])?(s.__data__=i[a],r[a]=s):n[a]=new Vt(e,i[a]);for(;a<u;++a)(s=t[a])&&(o[a]=s)}function Xc(e,t,n,r,o,i,a){var s,u,l=new Map,c=t.length,f=i.length,d=new Array(c),h;for(s=0;s<c;++s)(u=t[s])&&(d[s]=h=a.call(u,u.__data__,s,t)+"",l.has(h)?o[s]=u:l.set(h,u));for(s=0;s<f;++s)h=a.call(e,i[s],s,i)+"",(u=l.get(h))?(r[s]=u,u.__data__=i[s],l.delete(h)):n[s]=new Vt(e,i[s]);for(s=0;s<c;++s)(u=t[s])&&l.get(d[s])===u&&(o[s]=u)}function Kc(e){return e.__data__}function Hi(e,t){if(!arguments.length)return Array.from(this,Kc);var n=t?Xc:Wc,r=this._parents,o=this._groups;typeof e!="function"&&(e=Vi(e));for(var i=o.length,a=new Array(i),s=new Array(i),u=new Array(i),l=0;l<i;++l){var c=r[l],f=o[l],d=f.length,h=Uc(e.call(c,c&&c.__data__,l,r)),y=h.length,T=s[l]=new Array(y),b=a[l]=new Array(y),g=u[l]=new Array(d);n(c,f,T,b,g,h,t);for(var C=0,A=0,N,H;C<y;++C)if(N=T[C]){for(C>=A&&(A=C+1);!(H=b[A])&&++A<y;);N._next=H||null}}return a=new re(a,r),a._enter=s,a._exit=u,a}function Uc(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function Fi(){return new re(this._exit||this._groups.map(_n),this._parents)}function Bi(e,t,n){var r=this.enter(),o=this,i=this.exit();return typeof e=="function"?(r=e(r),r&&(r=r.selection())):r=r.append(e+""),t!=null&&(o=t(o),o&&(o=o.selection())),n==null?i.remove():n(i),r&&o?r.merge(o).order():o}function ji(e){for(var t=e.selection?e.selection():e,n=this._groups,r=t._groups,o=n.length,i=r.length,a=Math.min(o,i),s=new Array(o),u=0;u<a;++u)for(var l=n[u],c=r[u],f=l.length,d=s[u]=new Array(f),h,y=0;y<f;++y)(h=l[y]||c[y])&&(d[y]=h);for(;u<o;++u)s[u]=n[u];return new re(s,this._parents)}function qi(){for(var e=this._groups,t=-1,n=e.length;++t<n;)for(var r=e[t],o=r.length-1,i=r[o],a;--o>=0;)(a=r[o])&&(i&&a.compareDocumentPosition(i)^4&&i.parentNode.insertBefore(a,i),i=a);return this}function Wi(e){e||(e=Yc);function t(f,d){return f&&d?e(f.__data__,d.__data__):!f-!d}for(var n=this._groups,r=n.length,o=new Array(r),i=0;i<r;++i){for(var a=n[i],s=a.length,u=o[i]=new Array(s),l,c=0;c<s;++c)(l=a[c])&&(u[c]=l);u.sort(t)}return new re(o,this._parents).order()}function Yc(e,t){return e<t?-1:e>t?1:e>=t?0:NaN}function Xi(){var e=arguments[0];return arguments[0]=this,e.apply(null,arguments),this}function Ki(){return Array.from(this)}function Ui(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length;o<i;++o){var a=r[o];if(a)return a}return null}function Yi(){let e=0;for(let t of this)++e;return e}function Zi(){return!this.node()}function Qi(e){for(var t=this._groups,n=0,r=t.length;n<r;++n)for(var o=t[n],i=0,a=o.length,s;i<a;++i)(s=o[i])&&e.call(s,s.__data__,i,o);return this}function Zc(e){return function(){this.removeAttribute(e)}}function Qc(e){return function(){this.removeAttributeNS(e.space,e.local)}}function Jc(e,t){return function(){this.setAttribute(e,t)}}function ef(e,t){return function(){this.setAttributeNS(e.space,e.local,t)}}function tf(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttribute(e):this.setAttribute(e,n)}}function nf(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttributeNS(e.space,e.local):this.setAttributeNS(e.space,e.local,n)}}function Ji(e,t){var n=ze(e);if(arguments.length<2){var r=this.node();return n.local?r.getAttributeNS(n.space,n.local):r.getAttribute(n)}return this.each((t==null?n.local?Qc:Zc:typeof t=="function"?n.local?nf:tf:n.local?ef:Jc)(n,t))}function Tn(e){return e.ownerDocument&&e.ownerDocument.defaultView||e.document&&e||e.defaultView}function rf(e){return function(){this.style.removeProperty(e)}}function of(e,t,n){return function(){this.style.setProperty(e,t,n)}}function af(e,t,n){return function(){var r=t.apply(this,arguments);r==null?this.style.removeProperty(e):this.style.setProperty(e,r,n)}}function ea(e,t,n){return arguments.length>1?this.each((t==null?rf:typeof t=="function"?af:of)(e,t,n??"")):Xe(this.node(),e)}function Xe(e,t){return e.style.getPropertyValue(t)||Tn(e).getComputedStyle(e,null).getPropertyValue(t)}function sf(e){return function(){delete this[e]}}function lf(e,t){return function(){this[e]=t}}function uf(e,t){return function(){var n=t.apply(this,arguments);n==null?delete this[e]:this[e]=n}}function ta(e,t){return arguments.length>1?this.each((t==null?sf:typeof t=="function"?uf:lf)(e,t)):this.node()[e]}function na(e){return e.trim().split(/^|\s+/)}function Fr(e){return e.classList||new ra(e)}function ra(e){this._node=e,this._names=na(e.getAttribute("class")||"")}ra.prototype={add:function(e){var t=this._names.indexOf(e);t<0&&(this._names.push(e),this._node.setAttribute("class",this._names.join(" ")))},remove:function(e){var t=this._names.indexOf(e);t>=0&&(this._names.splice(t,1),this._node.setAttribute("class",this._names.join(" ")))},contains:function(e){return this._names.indexOf(e)>=0}};function oa(e,t){for(var n=Fr(e),r=-1,o=t.length;++r<o;)n.add(t[r])}function ia(e,t){for(var n=Fr(e),r=-1,o=t.length;++r<o;)n.remove(t[r])}function cf(e){return function(){oa(this,e)}}function ff(e){return function(){ia(this,e)}}function df(e,t){return function(){(t.apply(this,arguments)?oa:ia)(this,e)}}function aa(e,t){var n=na(e+"");if(arguments.length<2){for(var r=Fr(this.node()),o=-1,i=n.length;++o<i;)if(!r.contains(n[o]))return!1;return!0}return this.each((typeof t=="function"?df:t?cf:ff)(n,t))}function pf(){this.textContent=""}function mf(e){return function(){this.textContent=e}}function hf(e){return function(){var t=e.apply(this,arguments);this.textContent=t??""}}function sa(e){return arguments.length?this.each(e==null?pf:(typeof e=="function"?hf:mf)(e)):this.node().textContent}function gf(){this.innerHTML=""}function yf(e){return function(){this.innerHTML=e}}function bf(e){return function(){var t=e.apply(this,arguments);this.innerHTML=t??""}}function la(e){return arguments.length?this.each(e==null?gf:(typeof e=="function"?bf:yf)(e)):this.node().innerHTML}function xf(){this.nextSibling&&this.parentNode.appendChild(this)}function ua(){return this.each(xf)}function wf(){this.previousSibling&&this.parentNode.insertBefore(this,this.parentNode.firstChild)}function ca(){return this.each(wf)}function fa(e){var t=typeof e=="function"?e:$n(e);return this.select(function(){return this.appendChild(t.apply(this,arguments))})}function vf(){return null}function da(e,t){var n=typeof e=="function"?e:$n(e),r=t==null?vf:typeof t=="function"?t:rt(t);return this.select(function(){return this.insertBefore(n.apply(this,arguments),r.apply(this,arguments)||null)})}function kf(){var e=this.parentNode;e&&e.removeChild(this)}function pa(){return this.each(kf)}function Mf(){var e=this.cloneNode(!1),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function Sf(){var e=this.cloneNode(!0),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function ma(e){return this.select(e?Sf:Mf)}function ha(e){return arguments.length?this.property("__data__",e):this.node().__data__}function $f(e){return function(t){e.call(this,t,this.__data__)}}function Ef(e){return e.trim().split(/^|\s+/).map(function(t){var n="",r=t.indexOf(".");return r>=0&&(n=t.slice(r+1),t=t.slice(0,r)),{type:t,name:n}})}function _f(e){return function(){var t=this.__on;if(t){for(var n=0,r=-1,o=t.length,i;n<o;++n)i=t[n],(!e.type||i.type===e.type)&&i.name===e.name?this.removeEventListener(i.type,i.listener,i.options):t[++r]=i;++r?t.length=r:delete this.__on}}}function Tf(e,t,n){return function(){var r=this.__on,o,i=$f(t);if(r){for(var a=0,s=r.length;a<s;++a)if((o=r[a]).type===e.type&&o.name===e.name){this.removeEventListener(o.type,o.listener,o.options),this.addEventListener(o.type,o.listener=i,o.options=n),o.value=t;return}}this.addEventListener(e.type,i,n),o={type:e.type,name:e.name,value:t,listener:i,options:n},r?r.push(o):this.__on=[o]}}function ga(e,t,n){var r=Ef(e+""),o,i=r.length,a;if(arguments.length<2){var s=this.node().__on;if(s){for(var u=0,l=s.length,c;u<l;++u)for(o=0,c=s[u];o<i;++o)if((a=r[o]).type===c.type&&a.name===c.name)return c.value}return}for(s=t?Tf:_f,o=0;o<i;++o)this.each(s(r[o],t,n));return this}function ya(e,t,n){var r=Tn(e),o=r.CustomEvent;typeof o=="function"?o=new o(t,n):(o=r.document.createEvent("Event"),n?(o.initEvent(t,n.bubbles,n.cancelable),o.detail=n.detail):o.initEvent(t,!1,!1)),e.dispatchEvent(o)}function Cf(e,t){return function(){return ya(this,e,t)}}function Lf(e,t){return function(){return ya(this,e,t.apply(this,arguments))}}function ba(e,t){return this.each((typeof t=="function"?Lf:Cf)(e,t))}function*xa(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length,a;o<i;++o)(a=r[o])&&(yield a)}var Br=[null];function re(e,t){this._groups=e,this._parents=t}function wa(){return new re([[document.documentElement]],Br)}function Af(){return this}re.prototype=wa.prototype={constructor:re,select:Oi,selectAll:Pi,selectChild:Gi,selectChildren:Di,filter:Ii,data:Hi,enter:zi,exit:Fi,join:Bi,merge:ji,selection:Af,order:qi,sort:Wi,call:Xi,nodes:Ki,node:Ui,size:Yi,empty:Zi,each:Qi,attr:Ji,style:ea,property:ta,classed:aa,text:sa,html:la,raise:ua,lower:ca,append:fa,insert:da,remove:pa,clone:ma,datum:ha,on:ga,dispatch:ba,[Symbol.iterator]:xa};var Ve=wa;function ue(e){return typeof e=="string"?new re([[document.querySelector(e)]],[document.documentElement]):new re([[e]],Br)}function va(e){let t;for(;t=e.sourceEvent;)e=t;return e}function Ae(e,t){if(e=va(e),t===void 0&&(t=e.currentTarget),t){var n=t.ownerSVGElement||t;if(n.createSVGPoint){var r=n.createSVGPoint();return r.x=e.clientX,r.y=e.clientY,r=r.matrixTransform(t.getScreenCTM().inverse()),[r.x,r.y]}if(t.getBoundingClientRect){var o=t.getBoundingClientRect();return[e.clientX-o.left-t.clientLeft,e.clientY-o.top-t.clientTop]}}return[e.pageX,e.pageY]}var Nf={value:()=>{}};function Ht(){for(var e=0,t=arguments.length,n={},r;e<t;++e){if(!(r=arguments[e]+"")||r in n||/[\s.]/.test(r))throw new Error("illegal type: "+r);n[r]=[]}return new Cn(n)}function Cn(e){this._=e}function Rf(e,t){return e.trim().split(/^|\s+/).map(function(n){var r="",o=n.indexOf(".");if(o>=0&&(r=n.slice(o+1),n=n.slice(0,o)),n&&!t.hasOwnProperty(n))throw new Error("unknown type: "+n);return{type:n,name:r}})}Cn.prototype=Ht.prototype={constructor:Cn,on:function(e,t){var n=this._,r=Rf(e+"",n),o,i=-1,a=r.length;if(arguments.length<2){for(;++i<a;)if((o=(e=r[i]).type)&&(o=Of(n[o],e.name)))return o;return}if(t!=null&&typeof t!="function")throw new Error("invalid callback: "+t);for(;++i<a;)if(o=(e=r[i]).type)n[o]=ka(n[o],e.name,t);else if(t==null)for(o in n)n[o]=ka(n[o],e.name,null);return this},copy:function(){var e={},t=this._;for(var n in t)e[n]=t[n].slice();return new Cn(e)},call:function(e,t){if((o=arguments.length-2)>0)for(var n=new Array(o),r=0,o,i;r<o;++r)n[r]=arguments[r+2];if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(i=this._[e],r=0,o=i.length;r<o;++r)i[r].value.apply(t,n)},apply:function(e,t,n){if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(var r=this._[e],o=0,i=r.length;o<i;++o)r[o].value.apply(t,n)}};function Of(e,t){for(var n=0,r=e.length,o;n<r;++n)if((o=e[n]).name===t)return o.value}function ka(e,t,n){for(var r=0,o=e.length;r<o;++r)if(e[r].name===t){e[r]=Nf,e=e.slice(0,r).concat(e.slice(r+1));break}return n!=null&&e.push({name:t,value:n}),e}var bt=0,Bt=0,Ft=0,Sa=1e3,Ln,jt,An=0,ot=0,Rn=0,qt=typeof performance=="object"&&performance.now?performance:Date,$a=typeof window=="object"&&window.requestAnimationFrame?window.requestAnimationFrame.bind(window):function(e){setTimeout(e,17)};function On(){return ot||($a(Pf),ot=qt.now()+Rn)}function Pf(){ot=0}function Nn(){this._call=this._time=this._next=null}Nn.prototype=qr.prototype={constructor:Nn,restart:function(e,t,n){if(typeof e!="function")throw new TypeError("callback is not a function");n=(n==null?On():+n)+(t==null?0:+t),!this._next&&jt!==this&&(jt?jt._next=this:Ln=this,jt=this),this._call=e,this._time=n,jr()},stop:function(){this._call&&(this._call=null,this._time=1/0,jr())}};function qr(e,t,n){var r=new Nn;return r.restart(e,t,n),r}function Gf(){On(),++bt;for(var e=Ln,t;e;)(t=ot-e._time)>=0&&e._call.call(void 0,t),e=e._next;--bt}function Ma(){ot=(An=qt.now())+Rn,bt=Bt=0;try{Gf()}finally{bt=0,If(),ot=0}}function Df(){var e=qt.now(),t=e-An;t>Sa&&(Rn-=t,An=e)}function If(){for(var e,t=Ln,n,r=1/0;t;)t._call?(r>t._time&&(r=t._time),e=t,t=t._next):(n=t._next,t._next=null,t=e?e._next=n:Ln=n);jt=e,jr(r)}function jr(e){if(!bt){Bt&&(Bt=clearTimeout(Bt));var t=e-ot;t>24?(e<1/0&&(Bt=setTimeout(Ma,Math.ceil(e-qt.now()-Rn)+1)),Ft&&(Ft=clearInterval(Ft))):(Ft||(An=qt.now(),Ft=setInterval(Df,Sa)),bt=1,$a(Ma))}}function Wr(e,t,n){var r=new Nn;return t=t==null?0:+t,r.restart(o=>{r.stop(),e(o+t)},t,n),r}var zf=Ht("start","end","cancel","interrupt"),Vf=[],Ta=0,Ea=1,Gn=2,Pn=3,_a=4,Dn=5,Wt=6;function Ke(e,t,n,r,o,i){var a=e.__transition;if(!a)e.__transition={};else if(n in a)return;Hf(e,n,{name:t,index:r,group:o,on:zf,tween:Vf,time:i.time,delay:i.delay,duration:i.duration,ease:i.ease,timer:null,state:Ta})}function Xt(e,t){var n=ae(e,t);if(n.state>Ta)throw new Error("too late; already scheduled");return n}function ce(e,t){var n=ae(e,t);if(n.state>Pn)throw new Error("too late; already running");return n}function ae(e,t){var n=e.__transition;if(!n||!(n=n[t]))throw new Error("transition not found");return n}function Hf(e,t,n){var r=e.__transition,o;r[t]=n,n.timer=qr(i,0,n.time);function i(l){n.state=Ea,n.timer.restart(a,n.delay,n.time),n.delay<=l&&a(l-n.delay)}function a(l){var c,f,d,h;if(n.state!==Ea)return u();for(c in r)if(h=r[c],h.name===n.name){if(h.state===Pn)return Wr(a);h.state===_a?(h.state=Wt,h.timer.stop(),h.on.call("interrupt",e,e.__data__,h.index,h.group),delete r[c]):+c<t&&(h.state=Wt,h.timer.stop(),h.on.call("cancel",e,e.__data__,h.index,h.group),delete r[c])}if(Wr(function(){n.state===Pn&&(n.state=_a,n.timer.restart(s,n.delay,n.time),s(l))}),n.state=Gn,n.on.call("start",e,e.__data__,n.index,n.group),n.state===Gn){for(n.state=Pn,o=new Array(d=n.tween.length),c=0,f=-1;c<d;++c)(h=n.tween[c].value.call(e,e.__data__,n.index,n.group))&&(o[++f]=h);o.length=f+1}}function s(l){for(var c=l<n.duration?n.ease.call(null,l/n.duration):(n.timer.restart(u),n.state=Dn,1),f=-1,d=o.length;++f<d;)o[f].call(e,c);n.state===Dn&&(n.on.call("end",e,e.__data__,n.index,n.group),u())}function u(){n.state=Wt,n.timer.stop(),delete r[t];for(var l in r)return;delete e.__transition}}function it(e,t){var n=e.__transition,r,o,i=!0,a;if(n){t=t==null?null:t+"";for(a in n){if((r=n[a]).name!==t){i=!1;continue}o=r.state>Gn&&r.state<Dn,r.state=Wt,r.timer.stop(),r.on.call(o?"interrupt":"cancel",e,e.__data__,r.index,r.group),delete n[a]}i&&delete e.__transition}}function Ca(e){return this.each(function(){it(this,e)})}function kt(e,t,n){e.prototype=t.prototype=n,n.constructor=e}function Yt(e,t){var n=Object.create(e.prototype);for(var r in t)n[r]=t[r];return n}function Ue(){}var ut=.7,vt=1/ut,xt="\\s*([+-]?\\d+)\\s*",Kt="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*",Ne="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*",Ff=/^#([0-9a-f]{3,8})$/,Bf=new RegExp(`^rgb\\(${xt},${xt},${xt}\\)$`),jf=new RegExp(`^rgb\\(${Ne},${Ne},${Ne}\\)$`),qf=new RegExp(`^rgba\\(${xt},${xt},${xt},${Kt}\\)$`),Wf=new RegExp(`^rgba\\(${Ne},${Ne},${Ne},${Kt}\\)$`),Xf=new RegExp(`^hsl\\(${Kt},${Ne},${Ne}\\)$`),Kf=new RegExp(`^hsla\\(${Kt},${Ne},${Ne},${Kt}\\)$`),La={aliceblue:15792383,antiquewhite:16444375,aqua:65535,aquamarine:8388564,azure:15794175,beige:16119260,bisque:16770244,black:0,blanchedalmond:16772045,blue:255,blueviolet:9055202,brown:10824234,burlywood:14596231,cadetblue:6266528,chartreuse:8388352,chocolate:13789470,coral:16744272,cornflowerblue:6591981,cornsilk:16775388,crimson:14423100,cyan:65535,darkblue:139,darkcyan:35723,darkgoldenrod:12092939,darkgray:11119017,darkgreen:25600,darkgrey:11119017,darkkhaki:12433259,darkmagenta:9109643,darkolivegreen:5597999,darkorange:16747520,darkorchid:10040012,darkred:9109504,darksalmon:15308410,darkseagreen:9419919,darkslateblue:4734347,darkslategray:3100495,darkslategrey:3100495,darkturquoise:52945,darkviolet:9699539,deeppink:16716947,deepskyblue:49151,dimgray:6908265,dimgrey:6908265,dodgerblue:2003199,firebrick:11674146,floralwhite:16775920,forestgreen:2263842,fuchsia:16711935,gainsboro:14474460,ghostwhite:16316671,gold:16766720,goldenrod:14329120,gray:8421504,green:32768,greenyellow:11403055,grey:8421504,honeydew:15794160,hotpink:16738740,indianred:13458524,indigo:4915330,ivory:16777200,khaki:15787660,lavender:15132410,lavenderblush:16773365,lawngreen:8190976,lemonchiffon:16775885,lightblue:11393254,lightcoral:15761536,lightcyan:14745599,lightgoldenrodyellow:16448210,lightgray:13882323,lightgreen:9498256,lightgrey:13882323,lightpink:16758465,lightsalmon:16752762,lightseagreen:2142890,lightskyblue:8900346,lightslategray:7833753,lightslategrey:7833753,lightsteelblue:11584734,lightyellow:16777184,lime:65280,limegreen:3329330,linen:16445670,magenta:16711935,maroon:8388608,mediumaquamarine:6737322,mediumblue:205,mediumorchid:12211667,mediumpurple:9662683,mediumseagreen:3978097,mediumslateblue:8087790,mediumspringgreen:64154,mediumturquoise:4772300,mediumvioletred:13047173,midnightblue:1644912,mintcream:16121850,mistyrose:16770273,moccasin:16770229,navajowhite:16768685,navy:128,oldlace:16643558,olive:8421376,olivedrab:7048739,orange:16753920,orangered:16729344,orchid:14315734,palegoldenrod:15657130,palegreen:10025880,paleturquoise:11529966,palevioletred:14381203,papayawhip:16773077,peachpuff:16767673,peru:13468991,pink:16761035,plum:14524637,powderblue:11591910,purple:8388736,rebeccapurple:6697881,red:16711680,rosybrown:12357519,royalblue:4286945,saddlebrown:9127187,salmon:16416882,sandybrown:16032864,seagreen:3050327,seashell:16774638,sienna:10506797,silver:12632256,skyblue:8900331,slateblue:6970061,slategray:7372944,slategrey:7372944,snow:16775930,springgreen:65407,steelblue:4620980,tan:13808780,teal:32896,thistle:14204888,tomato:16737095,turquoise:4251856,violet:15631086,wheat:16113331,white:16777215,whitesmoke:16119285,yellow:16776960,yellowgreen:10145074};kt(Ue,Fe,{copy(e){return Object.assign(new this.constructor,this,e)},displayable(){return this.rgb().displayable()},hex:Aa,formatHex:Aa,formatHex8:Uf,formatHsl:Yf,formatRgb:Na,toString:Na});function Aa(){return this.rgb().formatHex()}function Uf(){return this.rgb().formatHex8()}function Yf(){return Ha(this).formatHsl()}function Na(){return this.rgb().formatRgb()}function Fe(e){var t,n;return e=(e+"").trim().toLowerCase(),(t=Ff.exec(e))?(n=t[1].length,t=parseInt(t[1],16),n===6?Ra(t):n===3?new le(t>>8&15|t>>4&240,t>>4&15|t&240,(t&15)<<4|t&15,1):n===8?In(t>>24&255,t>>16&255,t>>8&255,(t&255)/255):n===4?In(t>>12&15|t>>8&240,t>>8&15|t>>4&240,t>>4&15|t&240,((t&15)<<4|t&15)/255):null):(t=Bf.exec(e))?new le(t[1],t[2],t[3],1):(t=jf.exec(e))?new le(t[1]*255/100,t[2]*255/100,t[3]*255/100,1):(t=qf.exec(e))?In(t[1],t[2],t[3],t[4]):(t=Wf.exec(e))?In(t[1]*255/100,t[2]*255/100,t[3]*255/100,t[4]):(t=Xf.exec(e))?Ga(t[1],t[2]/100,t[3]/100,1):(t=Kf.exec(e))?Ga(t[1],t[2]/100,t[3]/100,t[4]):La.hasOwnProperty(e)?Ra(La[e]):e==="transparent"?new le(NaN,NaN,NaN,0):null}function Ra(e){return new le(e>>16&255,e>>8&255,e&255,1)}function In(e,t,n,r){return r<=0&&(e=t=n=NaN),new le(e,t,n,r)}function Qr(e){return e instanceof Ue||(e=Fe(e)),e?(e=e.rgb(),new le(e.r,e.g,e.b,e.opacity)):new le}function Zt(e,t,n,r){return arguments.length===1?Qr(e):new le(e,t,n,r??1)}function le(e,t,n,r){this.r=+e,this.g=+t,this.b=+n,this.opacity=+r}kt(le,Zt,Yt(Ue,{brighter(e){return e=e==null?vt:Math.pow(vt,e),new le(this.r*e,this.g*e,this.b*e,this.opacity)},darker(e){return e=e==null?ut:Math.pow(ut,e),new le(this.r*e,this.g*e,this.b*e,this.opacity)},rgb(){return this},clamp(){return new le(st(this.r),st(this.g),st(this.b),Vn(this.opacity))},displayable(){return-.5<=this.r&&this.r<255.5&&-.5<=this.g&&this.g<255.5&&-.5<=this.b&&this.b<255.5&&0<=this.opacity&&this.opacity<=1},hex:Oa,formatHex:Oa,formatHex8:Zf,formatRgb:Pa,toString:Pa}));function Oa(){return`#${at(this.r)}${at(this.g)}${at(this.b)}`}function Zf(){return`#${at(this.r)}${at(this.g)}${at(this.b)}${at((isNaN(this.opacity)?1:this.opacity)*255)}`}function Pa(){let e=Vn(this.opacity);return`${e===1?"rgb(":"rgba("}${st(this.r)}, ${st(this.g)}, ${st(this.b)}${e===1?")":`, ${e})`}`}function Vn(e){return isNaN(e)?1:Math.max(0,Math.min(1,e))}function st(e){return Math.max(0,Math.min(255,Math.round(e)||0))}function at(e){return e=st(e),(e<16?"0":"")+e.toString(16)}function Ga(e,t,n,r){return r<=0?e=t=n=NaN:n<=0||n>=1?e=t=NaN:t<=0&&(e=NaN),new Se(e,t,n,r)}function Ha(e){if(e instanceof Se)return new Se(e.h,e.s,e.l,e.opacity);if(e instanceof Ue||(e=Fe(e)),!e)return new Se;if(e instanceof Se)return e;e=e.rgb();var t=e.r/255,n=e.g/255,r=e.b/255,o=Math.min(t,n,r),i=Math.max(t,n,r),a=NaN,s=i-o,u=(i+o)/2;return s?(t===i?a=(n-r)/s+(n<r)*6:n===i?a=(r-t)/s+2:a=(t-n)/s+4,s/=u<.5?i+o:2-i-o,a*=60):s=u>0&&u<1?0:a,new Se(a,s,u,e.opacity)}function Fn(e,t,n,r){return arguments.length===1?Ha(e):new Se(e,t,n,r??1)}function Se(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}kt(Se,Fn,Yt(Ue,{brighter(e){return e=e==null?vt:Math.pow(vt,e),new Se(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?ut:Math.pow(ut,e),new Se(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=this.h%360+(this.h<0)*360,t=isNaN(e)||isNaN(this.s)?0:this.s,n=this.l,r=n+(n<.5?n:1-n)*t,o=2*n-r;return new le(Xr(e>=240?e-240:e+120,o,r),Xr(e,o,r),Xr(e<120?e+240:e-120,o,r),this.opacity)},clamp(){return new Se(Da(this.h),zn(this.s),zn(this.l),Vn(this.opacity))},displayable(){return(0<=this.s&&this.s<=1||isNaN(this.s))&&0<=this.l&&this.l<=1&&0<=this.opacity&&this.opacity<=1},formatHsl(){let e=Vn(this.opacity);return`${e===1?"hsl(":"hsla("}${Da(this.h)}, ${zn(this.s)*100}%, ${zn(this.l)*100}%${e===1?")":`, ${e})`}`}}));function Da(e){return e=(e||0)%360,e<0?e+360:e}function zn(e){return Math.max(0,Math.min(1,e||0))}function Xr(e,t,n){return(e<60?t+(n-t)*e/60:e<180?n:e<240?t+(n-t)*(240-e)/60:t)*255}var Fa=Math.PI/180,Ba=180/Math.PI,Hn=18,ja=.96422,qa=1,Wa=.82521,Xa=4/29,wt=6/29,Ka=3*wt*wt,Qf=wt*wt*wt;function Ua(e){if(e instanceof Re)return new Re(e.l,e.a,e.b,e.opacity);if(e instanceof He)return Za(e);e instanceof le||(e=Qr(e));var t=Zr(e.r),n=Zr(e.g),r=Zr(e.b),o=Kr((.2225045*t+.7168786*n+.0606169*r)/qa),i,a;return t===n&&n===r?i=a=o:(i=Kr((.4360747*t+.3850649*n+.1430804*r)/ja),a=Kr((.0139322*t+.0971045*n+.7141733*r)/Wa)),new Re(116*o-16,500*(i-o),200*(o-a),e.opacity)}function Ya(e,t,n,r){return arguments.length===1?Ua(e):new Re(e,t,n,r??1)}function Re(e,t,n,r){this.l=+e,this.a=+t,this.b=+n,this.opacity=+r}kt(Re,Ya,Yt(Ue,{brighter(e){return new Re(this.l+Hn*(e??1),this.a,this.b,this.opacity)},darker(e){return new Re(this.l-Hn*(e??1),this.a,this.b,this.opacity)},rgb(){var e=(this.l+16)/116,t=isNaN(this.a)?e:e+this.a/500,n=isNaN(this.b)?e:e-this.b/200;return t=ja*Ur(t),e=qa*Ur(e),n=Wa*Ur(n),new le(Yr(3.1338561*t-1.6168667*e-.4906146*n),Yr(-.9787684*t+1.9161415*e+.033454*n),Yr(.0719453*t-.2289914*e+1.4052427*n),this.opacity)}}));function Kr(e){return e>Qf?Math.pow(e,1/3):e/Ka+Xa}function Ur(e){return e>wt?e*e*e:Ka*(e-Xa)}function Yr(e){return 255*(e<=.0031308?12.92*e:1.055*Math.pow(e,1/2.4)-.055)}function Zr(e){return(e/=255)<=.04045?e/12.92:Math.pow((e+.055)/1.055,2.4)}function Jf(e){if(e instanceof He)return new He(e.h,e.c,e.l,e.opacity);if(e instanceof Re||(e=Ua(e)),e.a===0&&e.b===0)return new He(NaN,0<e.l&&e.l<100?0:NaN,e.l,e.opacity);var t=Math.atan2(e.b,e.a)*Ba;return new He(t<0?t+360:t,Math.sqrt(e.a*e.a+e.b*e.b),e.l,e.opacity)}function Bn(e,t,n,r){return arguments.length===1?Jf(e):new He(e,t,n,r??1)}function He(e,t,n,r){this.h=+e,this.c=+t,this.l=+n,this.opacity=+r}function Za(e){if(isNaN(e.h))return new Re(e.l,0,0,e.opacity);var t=e.h*Fa;return new Re(e.l,Math.cos(t)*e.c,Math.sin(t)*e.c,e.opacity)}kt(He,Bn,Yt(Ue,{brighter(e){return new He(this.h,this.c,this.l+Hn*(e??1),this.opacity)},darker(e){return new He(this.h,this.c,this.l-Hn*(e??1),this.opacity)},rgb(){return Za(this).rgb()}}));var Qa=-.14861,Jr=1.78277,eo=-.29227,jn=-.90649,Ut=1.97294,Ia=Ut*jn,za=Ut*Jr,Va=Jr*eo-jn*Qa;function ed(e){if(e instanceof lt)return new lt(e.h,e.s,e.l,e.opacity);e instanceof le||(e=Qr(e));var t=e.r/255,n=e.g/255,r=e.b/255,o=(Va*r+Ia*t-za*n)/(Va+Ia-za),i=r-o,a=(Ut*(n-o)-eo*i)/jn,s=Math.sqrt(a*a+i*i)/(Ut*o*(1-o)),u=s?Math.atan2(a,i)*Ba-120:NaN;return new lt(u<0?u+360:u,s,o,e.opacity)}function qn(e,t,n,r){return arguments.length===1?ed(e):new lt(e,t,n,r??1)}function lt(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}kt(lt,qn,Yt(Ue,{brighter(e){return e=e==null?vt:Math.pow(vt,e),new lt(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?ut:Math.pow(ut,e),new lt(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=isNaN(this.h)?0:(this.h+120)*Fa,t=+this.l,n=isNaN(this.s)?0:this.s*t*(1-t),r=Math.cos(e),o=Math.sin(e);return new le(255*(t+n*(Qa*r+Jr*o)),255*(t+n*(eo*r+jn*o)),255*(t+n*(Ut*r)),this.opacity)}}));function ts(e,t,n,r,o){var i=e*e,a=i*e;return((1-3*e+3*i-a)*t+(4-6*i+3*a)*n+(1+3*e+3*i-3*a)*r+a*o)/6}function td(e){var t=e.length-1;return function(n){var r=n<=0?n=0:n>=1?(n=1,t-1):Math.floor(n*t),o=e[r],i=e[r+1],a=r>0?e[r-1]:2*o-i,s=r<t-1?e[r+2]:2*i-o;return ts((n-r/t)*t,a,o,i,s)}}function nd(e){var t=e.length;return function(n){var r=Math.floor(((n%=1)<0?++n:n)*t),o=e[(r+t-1)%t],i=e[r%t],a=e[(r+1)%t],s=e[(r+2)%t];return ts((n-r/t)*t,o,i,a,s)}}var Xn=e=>()=>e;function ns(e,t){return function(n){return e+n*t}}function rd(e,t,n){return e=Math.pow(e,n),t=Math.pow(t,n)-e,n=1/n,function(r){return Math.pow(e+r*t,n)}}function oo(e,t){var n=t-e;return n?ns(e,n>180||n<-180?n-360*Math.round(n/360):n):Xn(isNaN(e)?t:e)}function od(e){return(e=+e)==1?he:function(t,n){return n-t?rd(t,n,e):Xn(isNaN(t)?n:t)}}function he(e,t){var n=t-e;return n?ns(e,n):Xn(isNaN(e)?t:e)}var Qt=(function e(t){var n=od(t);function r(o,i){var a=n((o=Zt(o)).r,(i=Zt(i)).r),s=n(o.g,i.g),u=n(o.b,i.b),l=he(o.opacity,i.opacity);return function(c){return o.r=a(c),o.g=s(c),o.b=u(c),o.opacity=l(c),o+""}}return r.gamma=e,r})(1);function rs(e){return function(t){var n=t.length,r=new Array(n),o=new Array(n),i=new Array(n),a,s;for(a=0;a<n;++a)s=Zt(t[a]),r[a]=s.r||0,o[a]=s.g||0,i[a]=s.b||0;return r=e(r),o=e(o),i=e(i),s.opacity=1,function(u){return s.r=r(u),s.g=o(u),s.b=i(u),s+""}}}var T0=rs(td),C0=rs(nd);function id(e,t){t||(t=[]);var n=e?Math.min(t.length,e.length):0,r=t.slice(),o;return function(i){for(o=0;o<n;++o)r[o]=e[o]*(1-i)+t[o]*i;return r}}function ad(e){return ArrayBuffer.isView(e)&&!(e instanceof DataView)}function sd(e,t){var n=t?t.length:0,r=e?Math.min(n,e.length):0,o=new Array(r),i=new Array(n),a;for(a=0;a<r;++a)o[a]=Kn(e[a],t[a]);for(;a<n;++a)i[a]=t[a];return function(s){for(a=0;a<r;++a)i[a]=o[a](s);return i}}function ld(e,t){var n=new Date;return e=+e,t=+t,function(r){return n.setTime(e*(1-r)+t*r),n}}function be(e,t){return e=+e,t=+t,function(n){return e*(1-n)+t*n}}function ud(e,t){var n={},r={},o;(e===null||typeof e!="object")&&(e={}),(t===null||typeof t!="object")&&(t={});for(o in t)o in e?n[o]=Kn(e[o],t[o]):r[o]=t[o];return function(i){for(o in n)r[o]=n[o](i);return r}}var no=/[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g,to=new RegExp(no.source,"g");function cd(e){return function(){return e}}function fd(e){return function(t){return e(t)+""}}function io(e,t){var n=no.lastIndex=to.lastIndex=0,r,o,i,a=-1,s=[],u=[];for(e=e+"",t=t+"";(r=no.exec(e))&&(o=to.exec(t));)(i=o.index)>n&&(i=t.slice(n,i),s[a]?s[a]+=i:s[++a]=i),(r=r[0])===(o=o[0])?s[a]?s[a]+=o:s[++a]=o:(s[++a]=null,u.push({i:a,x:be(r,o)})),n=to.lastIndex;return n<t.length&&(i=t.slice(n),s[a]?s[a]+=i:s[++a]=i),s.length<2?u[0]?fd(u[0].x):cd(t):(t=u.length,function(l){for(var c=0,f;c<t;++c)s[(f=u[c]).i]=f.x(l);return s.join("")})}function Kn(e,t){var n=typeof t,r;return t==null||n==="boolean"?Xn(t):(n==="number"?be:n==="string"?(r=Fe(t))?(t=r,Qt):io:t instanceof Fe?Qt:t instanceof Date?ld:ad(t)?id:Array.isArray(t)?sd:typeof t.valueOf!="function"&&typeof t.toString!="function"||isNaN(t)?ud:be)(e,t)}function os(e,t){return e=+e,t=+t,function(n){return Math.round(e*(1-n)+t*n)}}var Ja=180/Math.PI,ro={translateX:0,translateY:0,rotate:0,skewX:0,scaleX:1,scaleY:1};function is(e,t,n,r,o,i){var a,s,u;return(a=Math.sqrt(e*e+t*t))&&(e/=a,t/=a),(u=e*n+t*r)&&(n-=e*u,r-=t*u),(s=Math.sqrt(n*n+r*r))&&(n/=s,r/=s,u/=s),e*r<t*n&&(e=-e,t=-t,u=-u,a=-a),{translateX:o,translateY:i,rotate:Math.atan2(t,e)*Ja,skewX:Math.atan(u)*Ja,scaleX:a,scaleY:s}}var Wn;function dd(e){let t=new(typeof DOMMatrix=="function"?DOMMatrix:WebKitCSSMatrix)(e+"");return t.isIdentity?ro:is(t.a,t.b,t.c,t.d,t.e,t.f)}function pd(e){return e==null||(Wn||(Wn=document.createElementNS("http://www.w3.org/2000/svg","g")),Wn.setAttribute("transform",e),!(e=Wn.transform.baseVal.consolidate()))?ro:(e=e.matrix,is(e.a,e.b,e.c,e.d,e.e,e.f))}function as(e,t,n,r){function o(l){return l.length?l.pop()+" ":""}function i(l,c,f,d,h,y){if(l!==f||c!==d){var T=h.push("translate(",null,t,null,n);y.push({i:T-4,x:be(l,f)},{i:T-2,x:be(c,d)})}else(f||d)&&h.push("translate("+f+t+d+n)}function a(l,c,f,d){l!==c?(l-c>180?c+=360:c-l>180&&(l+=360),d.push({i:f.push(o(f)+"rotate(",null,r)-2,x:be(l,c)})):c&&f.push(o(f)+"rotate("+c+r)}function s(l,c,f,d){l!==c?d.push({i:f.push(o(f)+"skewX(",null,r)-2,x:be(l,c)}):c&&f.push(o(f)+"skewX("+c+r)}function u(l,c,f,d,h,y){if(l!==f||c!==d){var T=h.push(o(h)+"scale(",null,",",null,")");y.push({i:T-4,x:be(l,f)},{i:T-2,x:be(c,d)})}else(f!==1||d!==1)&&h.push(o(h)+"scale("+f+","+d+")")}return function(l,c){var f=[],d=[];return l=e(l),c=e(c),i(l.translateX,l.translateY,c.translateX,c.translateY,f,d),a(l.rotate,c.rotate,f,d),s(l.skewX,c.skewX,f,d),u(l.scaleX,l.scaleY,c.scaleX,c.scaleY,f,d),l=c=null,function(h){for(var y=-1,T=d.length,b;++y<T;)f[(b=d[y]).i]=b.x(h);return f.join("")}}}var ss=as(dd,"px, ","px)","deg)"),ls=as(pd,", ",")",")"),md=1e-12;function es(e){return((e=Math.exp(e))+1/e)/2}function hd(e){return((e=Math.exp(e))-1/e)/2}function gd(e){return((e=Math.exp(2*e))-1)/(e+1)}var us=(function e(t,n,r){function o(i,a){var s=i[0],u=i[1],l=i[2],c=a[0],f=a[1],d=a[2],h=c-s,y=f-u,T=h*h+y*y,b,g;if(T<md)g=Math.log(d/l)/t,b=function(D){return[s+D*h,u+D*y,l*Math.exp(t*D*g)]};else{var C=Math.sqrt(T),A=(d*d-l*l+r*T)/(2*l*n*C),N=(d*d-l*l-r*T)/(2*d*n*C),H=Math.log(Math.sqrt(A*A+1)-A),$=Math.log(Math.sqrt(N*N+1)-N);g=($-H)/t,b=function(D){var B=D*g,G=es(H),I=l/(n*C)*(G*gd(t*B+H)-hd(H));return[s+I*h,u+I*y,l*G/es(t*B+H)]}}return b.duration=Math.abs(g)*1e3*t/Math.SQRT2,b}return o.rho=function(i){var a=Math.max(.001,+i),s=a*a,u=s*s;return e(a,s,u)},o})(Math.SQRT2,2,4);function cs(e){return function(t,n){var r=e((t=Fn(t)).h,(n=Fn(n)).h),o=he(t.s,n.s),i=he(t.l,n.l),a=he(t.opacity,n.opacity);return function(s){return t.h=r(s),t.s=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var L0=cs(oo),A0=cs(he);function fs(e){return function(t,n){var r=e((t=Bn(t)).h,(n=Bn(n)).h),o=he(t.c,n.c),i=he(t.l,n.l),a=he(t.opacity,n.opacity);return function(s){return t.h=r(s),t.c=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var N0=fs(oo),R0=fs(he);function ds(e){return(function t(n){n=+n;function r(o,i){var a=e((o=qn(o)).h,(i=qn(i)).h),s=he(o.s,i.s),u=he(o.l,i.l),l=he(o.opacity,i.opacity);return function(c){return o.h=a(c),o.s=s(c),o.l=u(Math.pow(c,n)),o.opacity=l(c),o+""}}return r.gamma=t,r})(1)}var O0=ds(oo),P0=ds(he);function yd(e,t){var n,r;return function(){var o=ce(this,e),i=o.tween;if(i!==n){r=n=i;for(var a=0,s=r.length;a<s;++a)if(r[a].name===t){r=r.slice(),r.splice(a,1);break}}o.tween=r}}function bd(e,t,n){var r,o;if(typeof n!="function")throw new Error;return function(){var i=ce(this,e),a=i.tween;if(a!==r){o=(r=a).slice();for(var s={name:t,value:n},u=0,l=o.length;u<l;++u)if(o[u].name===t){o[u]=s;break}u===l&&o.push(s)}i.tween=o}}function ps(e,t){var n=this._id;if(e+="",arguments.length<2){for(var r=ae(this.node(),n).tween,o=0,i=r.length,a;o<i;++o)if((a=r[o]).name===e)return a.value;return null}return this.each((t==null?yd:bd)(n,e,t))}function Mt(e,t,n){var r=e._id;return e.each(function(){var o=ce(this,r);(o.value||(o.value={}))[t]=n.apply(this,arguments)}),function(o){return ae(o,r).value[t]}}function Un(e,t){var n;return(typeof t=="number"?be:t instanceof Fe?Qt:(n=Fe(t))?(t=n,Qt):io)(e,t)}function xd(e){return function(){this.removeAttribute(e)}}function wd(e){return function(){this.removeAttributeNS(e.space,e.local)}}function vd(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttribute(e);return a===o?null:a===r?i:i=t(r=a,n)}}function kd(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttributeNS(e.space,e.local);return a===o?null:a===r?i:i=t(r=a,n)}}function Md(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttribute(e):(a=this.getAttribute(e),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function Sd(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttributeNS(e.space,e.local):(a=this.getAttributeNS(e.space,e.local),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function ms(e,t){var n=ze(e),r=n==="transform"?ls:Un;return this.attrTween(e,typeof t=="function"?(n.local?Sd:Md)(n,r,Mt(this,"attr."+e,t)):t==null?(n.local?wd:xd)(n):(n.local?kd:vd)(n,r,t))}function $d(e,t){return function(n){this.setAttribute(e,t.call(this,n))}}function Ed(e,t){return function(n){this.setAttributeNS(e.space,e.local,t.call(this,n))}}function _d(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&Ed(e,i)),n}return o._value=t,o}function Td(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&$d(e,i)),n}return o._value=t,o}function hs(e,t){var n="attr."+e;if(arguments.length<2)return(n=this.tween(n))&&n._value;if(t==null)return this.tween(n,null);if(typeof t!="function")throw new Error;var r=ze(e);return this.tween(n,(r.local?_d:Td)(r,t))}function Cd(e,t){return function(){Xt(this,e).delay=+t.apply(this,arguments)}}function Ld(e,t){return t=+t,function(){Xt(this,e).delay=t}}function gs(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?Cd:Ld)(t,e)):ae(this.node(),t).delay}function Ad(e,t){return function(){ce(this,e).duration=+t.apply(this,arguments)}}function Nd(e,t){return t=+t,function(){ce(this,e).duration=t}}function ys(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?Ad:Nd)(t,e)):ae(this.node(),t).duration}function Rd(e,t){if(typeof t!="function")throw new Error;return function(){ce(this,e).ease=t}}function bs(e){var t=this._id;return arguments.length?this.each(Rd(t,e)):ae(this.node(),t).ease}function Od(e,t){return function(){var n=t.apply(this,arguments);if(typeof n!="function")throw new Error;ce(this,e).ease=n}}function xs(e){if(typeof e!="function")throw new Error;return this.each(Od(this._id,e))}function ws(e){typeof e!="function"&&(e=zt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new me(r,this._parents,this._name,this._id)}function vs(e){if(e._id!==this._id)throw new Error;for(var t=this._groups,n=e._groups,r=t.length,o=n.length,i=Math.min(r,o),a=new Array(r),s=0;s<i;++s)for(var u=t[s],l=n[s],c=u.length,f=a[s]=new Array(c),d,h=0;h<c;++h)(d=u[h]||l[h])&&(f[h]=d);for(;s<r;++s)a[s]=t[s];return new me(a,this._parents,this._name,this._id)}function Pd(e){return(e+"").trim().split(/^|\s+/).every(function(t){var n=t.indexOf(".");return n>=0&&(t=t.slice(0,n)),!t||t==="start"})}function Gd(e,t,n){var r,o,i=Pd(t)?Xt:ce;return function(){var a=i(this,e),s=a.on;s!==r&&(o=(r=s).copy()).on(t,n),a.on=o}}function ks(e,t){var n=this._id;return arguments.length<2?ae(this.node(),n).on.on(e):this.each(Gd(n,e,t))}function Dd(e){return function(){var t=this.parentNode;for(var n in this.__transition)if(+n!==e)return;t&&t.removeChild(this)}}function Ms(){return this.on("end.remove",Dd(this._id))}function Ss(e){var t=this._name,n=this._id;typeof e!="function"&&(e=rt(e));for(var r=this._groups,o=r.length,i=new Array(o),a=0;a<o;++a)for(var s=r[a],u=s.length,l=i[a]=new Array(u),c,f,d=0;d<u;++d)(c=s[d])&&(f=e.call(c,c.__data__,d,s))&&("__data__"in c&&(f.__data__=c.__data__),l[d]=f,Ke(l[d],t,n,d,l,ae(c,n)));return new me(i,this._parents,t,n)}function $s(e){var t=this._name,n=this._id;typeof e!="function"&&(e=It(e));for(var r=this._groups,o=r.length,i=[],a=[],s=0;s<o;++s)for(var u=r[s],l=u.length,c,f=0;f<l;++f)if(c=u[f]){for(var d=e.call(c,c.__data__,f,u),h,y=ae(c,n),T=0,b=d.length;T<b;++T)(h=d[T])&&Ke(h,t,n,T,d,y);i.push(d),a.push(c)}return new me(i,a,t,n)}var Id=Ve.prototype.constructor;function Es(){return new Id(this._groups,this._parents)}function zd(e,t){var n,r,o;return function(){var i=Xe(this,e),a=(this.style.removeProperty(e),Xe(this,e));return i===a?null:i===n&&a===r?o:o=t(n=i,r=a)}}function _s(e){return function(){this.style.removeProperty(e)}}function Vd(e,t,n){var r,o=n+"",i;return function(){var a=Xe(this,e);return a===o?null:a===r?i:i=t(r=a,n)}}function Hd(e,t,n){var r,o,i;return function(){var a=Xe(this,e),s=n(this),u=s+"";return s==null&&(u=s=(this.style.removeProperty(e),Xe(this,e))),a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s))}}function Fd(e,t){var n,r,o,i="style."+t,a="end."+i,s;return function(){var u=ce(this,e),l=u.on,c=u.value[i]==null?s||(s=_s(t)):void 0;(l!==n||o!==c)&&(r=(n=l).copy()).on(a,o=c),u.on=r}}function Ts(e,t,n){var r=(e+="")=="transform"?ss:Un;return t==null?this.styleTween(e,zd(e,r)).on("end.style."+e,_s(e)):typeof t=="function"?this.styleTween(e,Hd(e,r,Mt(this,"style."+e,t))).each(Fd(this._id,e)):this.styleTween(e,Vd(e,r,t),n).on("end.style."+e,null)}function Bd(e,t,n){return function(r){this.style.setProperty(e,t.call(this,r),n)}}function jd(e,t,n){var r,o;function i(){var a=t.apply(this,arguments);return a!==o&&(r=(o=a)&&Bd(e,a,n)),r}return i._value=t,i}function Cs(e,t,n){var r="style."+(e+="");if(arguments.length<2)return(r=this.tween(r))&&r._value;if(t==null)return this.tween(r,null);if(typeof t!="function")throw new Error;return this.tween(r,jd(e,t,n??""))}function qd(e){return function(){this.textContent=e}}function Wd(e){return function(){var t=e(this);this.textContent=t??""}}function Ls(e){return this.tween("text",typeof e=="function"?Wd(Mt(this,"text",e)):qd(e==null?"":e+""))}function Xd(e){return function(t){this.textContent=e.call(this,t)}}function Kd(e){var t,n;function r(){var o=e.apply(this,arguments);return o!==n&&(t=(n=o)&&Xd(o)),t}return r._value=e,r}function As(e){var t="text";if(arguments.length<1)return(t=this.tween(t))&&t._value;if(e==null)return this.tween(t,null);if(typeof e!="function")throw new Error;return this.tween(t,Kd(e))}function Ns(){for(var e=this._name,t=this._id,n=Yn(),r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)if(u=a[l]){var c=ae(u,t);Ke(u,e,n,l,a,{time:c.time+c.delay+c.duration,delay:0,duration:c.duration,ease:c.ease})}return new me(r,this._parents,e,n)}function Rs(){var e,t,n=this,r=n._id,o=n.size();return new Promise(function(i,a){var s={value:a},u={value:function(){--o===0&&i()}};n.each(function(){var l=ce(this,r),c=l.on;c!==e&&(t=(e=c).copy(),t._.cancel.push(s),t._.interrupt.push(s),t._.end.push(u)),l.on=t}),o===0&&i()})}var Ud=0;function me(e,t,n,r){this._groups=e,this._parents=t,this._name=n,this._id=r}function Os(e){return Ve().transition(e)}function Yn(){return++Ud}var Be=Ve.prototype;me.prototype=Os.prototype={constructor:me,select:Ss,selectAll:$s,selectChild:Be.selectChild,selectChildren:Be.selectChildren,filter:ws,merge:vs,selection:Es,transition:Ns,call:Be.call,nodes:Be.nodes,node:Be.node,size:Be.size,empty:Be.empty,each:Be.each,on:ks,attr:ms,attrTween:hs,style:Ts,styleTween:Cs,text:Ls,textTween:As,remove:Ms,tween:ps,delay:gs,duration:ys,ease:bs,easeVarying:xs,end:Rs,[Symbol.iterator]:Be[Symbol.iterator]};function Gs(e){return((e*=2)<=1?e*e*e:(e-=2)*e*e+2)/2}var ao=3,ow=(function e(t){t=+t;function n(r){return Math.pow(r,t)}return n.exponent=e,n})(ao),iw=(function e(t){t=+t;function n(r){return 1-Math.pow(1-r,t)}return n.exponent=e,n})(ao),aw=(function e(t){t=+t;function n(r){return((r*=2)<=1?Math.pow(r,t):2-Math.pow(2-r,t))/2}return n.exponent=e,n})(ao),Yd=Math.PI,sw=Yd/2;function Zn(e){return(Math.pow(2,-10*e)-.0009765625)*1.0009775171065494}var Ps=4/11,lw=6/11,uw=8/11,cw=3/4,fw=9/11,dw=10/11,pw=15/16,mw=21/22,hw=63/64,gw=1/Ps/Ps;var so=1.70158,yw=(function e(t){t=+t;function n(r){return(r=+r)*r*(t*(r-1)+r)}return n.overshoot=e,n})(so),bw=(function e(t){t=+t;function n(r){return--r*r*((r+1)*t+r)+1}return n.overshoot=e,n})(so),xw=(function e(t){t=+t;function n(r){return((r*=2)<1?r*r*((t+1)*r-t):(r-=2)*r*((t+1)*r+t)+2)/2}return n.overshoot=e,n})(so),St=2*Math.PI,lo=1,uo=.3,ww=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=St);function o(i){return t*Zn(- --i)*Math.sin((r-i)/n)}return o.amplitude=function(i){return e(i,n*St)},o.period=function(i){return e(t,i)},o})(lo,uo),vw=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=St);function o(i){return 1-t*Zn(i=+i)*Math.sin((i+r)/n)}return o.amplitude=function(i){return e(i,n*St)},o.period=function(i){return e(t,i)},o})(lo,uo),kw=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=St);function o(i){return((i=i*2-1)<0?t*Zn(-i)*Math.sin((r-i)/n):2-t*Zn(i)*Math.sin((r+i)/n))/2}return o.amplitude=function(i){return e(i,n*St)},o.period=function(i){return e(t,i)},o})(lo,uo);var Zd={time:null,delay:0,duration:250,ease:Gs};function Qd(e,t){for(var n;!(n=e.__transition)||!(n=n[t]);)if(!(e=e.parentNode))throw new Error(`transition ${t} not found`);return n}function Ds(e){var t,n;e instanceof me?(t=e._id,e=e._name):(t=Yn(),(n=Zd).time=On(),e=e==null?null:e+"");for(var r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&Ke(u,e,t,l,a,n||Qd(u,t));return new me(r,this._parents,e,t)}Ve.prototype.interrupt=Ca;Ve.prototype.transition=Ds;var co={capture:!0,passive:!1};function fo(e){e.preventDefault(),e.stopImmediatePropagation()}function Is(e){var t=e.document.documentElement,n=ue(e).on("dragstart.drag",fo,co);"onselectstart"in t?n.on("selectstart.drag",fo,co):(t.__noselect=t.style.MozUserSelect,t.style.MozUserSelect="none")}function zs(e,t){var n=e.document.documentElement,r=ue(e).on("dragstart.drag",null);t&&(r.on("click.drag",fo,co),setTimeout(function(){r.on("click.drag",null)},0)),"onselectstart"in n?r.on("selectstart.drag",null):(n.style.MozUserSelect=n.__noselect,delete n.__noselect)}function Jd(e,{sourceEvent:t,subject:n,target:r,identifier:o,active:i,x:a,y:s,dx:u,dy:l,dispatch:c}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},subject:{value:n,enumerable:!0,configurable:!0},target:{value:r,enumerable:!0,configurable:!0},identifier:{value:o,enumerable:!0,configurable:!0},active:{value:i,enumerable:!0,configurable:!0},x:{value:a,enumerable:!0,configurable:!0},y:{value:s,enumerable:!0,configurable:!0},dx:{value:u,enumerable:!0,configurable:!0},dy:{value:l,enumerable:!0,configurable:!0},_:{value:c}})}Jd.prototype.on=function(){var e=this._.on.apply(this._,arguments);return e===this._?this:e};var Jt=e=>()=>e;function po(e,{sourceEvent:t,target:n,transform:r,dispatch:o}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},target:{value:n,enumerable:!0,configurable:!0},transform:{value:r,enumerable:!0,configurable:!0},_:{value:o}})}function $e(e,t,n){this.k=e,this.x=t,this.y=n}$e.prototype={constructor:$e,scale:function(e){return e===1?this:new $e(this.k*e,this.x,this.y)},translate:function(e,t){return e===0&t===0?this:new $e(this.k,this.x+this.k*e,this.y+this.k*t)},apply:function(e){return[e[0]*this.k+this.x,e[1]*this.k+this.y]},applyX:function(e){return e*this.k+this.x},applyY:function(e){return e*this.k+this.y},invert:function(e){return[(e[0]-this.x)/this.k,(e[1]-this.y)/this.k]},invertX:function(e){return(e-this.x)/this.k},invertY:function(e){return(e-this.y)/this.k},rescaleX:function(e){return e.copy().domain(e.range().map(this.invertX,this).map(e.invert,e))},rescaleY:function(e){return e.copy().domain(e.range().map(this.invertY,this).map(e.invert,e))},toString:function(){return"translate("+this.x+","+this.y+") scale("+this.k+")"}};var ct=new $e(1,0,0);$t.prototype=$e.prototype;function $t(e){for(;!e.__zoom;)if(!(e=e.parentNode))return ct;return e.__zoom}function Qn(e){e.stopImmediatePropagation()}function Et(e){e.preventDefault(),e.stopImmediatePropagation()}function ep(e){return(!e.ctrlKey||e.type==="wheel")&&!e.button}function tp(){var e=this;return e instanceof SVGElement?(e=e.ownerSVGElement||e,e.hasAttribute("viewBox")?(e=e.viewBox.baseVal,[[e.x,e.y],[e.x+e.width,e.y+e.height]]):[[0,0],[e.width.baseVal.value,e.height.baseVal.value]]):[[0,0],[e.clientWidth,e.clientHeight]]}function Vs(){return this.__zoom||ct}function np(e){return-e.deltaY*(e.deltaMode===1?.05:e.deltaMode?1:.002)*(e.ctrlKey?10:1)}function rp(){return navigator.maxTouchPoints||"ontouchstart"in this}function op(e,t,n){var r=e.invertX(t[0][0])-n[0][0],o=e.invertX(t[1][0])-n[1][0],i=e.invertY(t[0][1])-n[0][1],a=e.invertY(t[1][1])-n[1][1];return e.translate(o>r?(r+o)/2:Math.min(0,r)||Math.max(0,o),a>i?(i+a)/2:Math.min(0,i)||Math.max(0,a))}function mo(){var e=ep,t=tp,n=op,r=np,o=rp,i=[0,1/0],a=[[-1/0,-1/0],[1/0,1/0]],s=250,u=us,l=Ht("start","zoom","end"),c,f,d,h=500,y=150,T=0,b=10;function g(m){m.property("__zoom",Vs).on("wheel.zoom",B,{passive:!1}).on("mousedown.zoom",G).on("dblclick.zoom",I).filter(o).on("touchstart.zoom",L).on("touchmove.zoom",x).on("touchend.zoom touchcancel.zoom",E).style("-webkit-tap-highlight-color","rgba(0,0,0,0)")}g.transform=function(m,M,w,R){var O=m.selection?m.selection():m;O.property("__zoom",Vs),m!==O?H(m,M,w,R):O.interrupt().each(function(){$(this,arguments).event(R).start().zoom(null,typeof M=="function"?M.apply(this,arguments):M).end()})},g.scaleBy=function(m,M,w,R){g.scaleTo(m,function(){var O=this.__zoom.k,v=typeof M=="function"?M.apply(this,arguments):M;return O*v},w,R)},g.scaleTo=function(m,M,w,R){g.transform(m,function(){var O=t.apply(this,arguments),v=this.__zoom,_=w==null?N(O):typeof w=="function"?w.apply(this,arguments):w,k=v.invert(_),P=typeof M=="function"?M.apply(this,arguments):M;return n(A(C(v,P),_,k),O,a)},w,R)},g.translateBy=function(m,M,w,R){g.transform(m,function(){return n(this.__zoom.translate(typeof M=="function"?M.apply(this,arguments):M,typeof w=="function"?w.apply(this,arguments):w),t.apply(this,arguments),a)},null,R)},g.translateTo=function(m,M,w,R,O){g.transform(m,function(){var v=t.apply(this,arguments),_=this.__zoom,k=R==null?N(v):typeof R=="function"?R.apply(this,arguments):R;return n(ct.translate(k[0],k[1]).scale(_.k).translate(typeof M=="function"?-M.apply(this,arguments):-M,typeof w=="function"?-w.apply(this,arguments):-w),v,a)},R,O)};function C(m,M){return M=Math.max(i[0],Math.min(i[1],M)),M===m.k?m:new $e(M,m.x,m.y)}function A(m,M,w){var R=M[0]-w[0]*m.k,O=M[1]-w[1]*m.k;return R===m.x&&O===m.y?m:new $e(m.k,R,O)}function N(m){return[(+m[0][0]+ +m[1][0])/2,(+m[0][1]+ +m[1][1])/2]}function H(m,M,w,R){m.on("start.zoom",function(){$(this,arguments).event(R).start()}).on("interrupt.zoom end.zoom",function(){$(this,arguments).event(R).end()}).tween("zoom",function(){var O=this,v=arguments,_=$(O,v).event(R),k=t.apply(O,v),P=w==null?N(k):typeof w=="function"?w.apply(O,v):w,V=Math.max(k[1][0]-k[0][0],k[1][1]-k[0][1]),j=O.__zoom,F=typeof M=="function"?M.apply(O,v):M,X=u(j.invert(P).concat(V/j.k),F.invert(P).concat(V/F.k));return function(W){if(W===1)W=F;else{var z=X(W),q=V/z[2];W=new $e(q,P[0]-z[0]*q,P[1]-z[1]*q)}_.zoom(null,W)}})}function $(m,M,w){return!w&&m.__zooming||new D(m,M)}function D(m,M){this.that=m,this.args=M,this.active=0,this.sourceEvent=null,this.extent=t.apply(m,M),this.taps=0}D.prototype={event:function(m){return m&&(this.sourceEvent=m),this},start:function(){return++this.active===1&&(this.that.__zooming=this,this.emit("start")),this},zoom:function(m,M){return this.mouse&&m!=="mouse"&&(this.mouse[1]=M.invert(this.mouse[0])),this.touch0&&m!=="touch"&&(this.touch0[1]=M.invert(this.touch0[0])),this.touch1&&m!=="touch"&&(this.touch1[1]=M.invert(this.touch1[0])),this.that.__zoom=M,this.emit("zoom"),this},end:function(){return--this.active===0&&(delete this.that.__zooming,this.emit("end")),this},emit:function(m){var M=ue(this.that).datum();l.call(m,this.that,new po(m,{sourceEvent:this.sourceEvent,target:g,type:m,transform:this.that.__zoom,dispatch:l}),M)}};function B(m,...M){if(!e.apply(this,arguments))return;var w=$(this,M).event(m),R=this.__zoom,O=Math.max(i[0],Math.min(i[1],R.k*Math.pow(2,r.apply(this,arguments)))),v=Ae(m);if(w.wheel)(w.mouse[0][0]!==v[0]||w.mouse[0][1]!==v[1])&&(w.mouse[1]=R.invert(w.mouse[0]=v)),clearTimeout(w.wheel);else{if(R.k===O)return;w.mouse=[v,R.invert(v)],it(this),w.start()}Et(m),w.wheel=setTimeout(_,y),w.zoom("mouse",n(A(C(R,O),w.mouse[0],w.mouse[1]),w.extent,a));function _(){w.wheel=null,w.end()}}function G(m,...M){if(d||!e.apply(this,arguments))return;var w=m.currentTarget,R=$(this,M,!0).event(m),O=ue(m.view).on("mousemove.zoom",P,!0).on("mouseup.zoom",V,!0),v=Ae(m,w),_=m.clientX,k=m.clientY;Is(m.view),Qn(m),R.mouse=[v,this.__zoom.invert(v)],it(this),R.start();function P(j){if(Et(j),!R.moved){var F=j.clientX-_,X=j.clientY-k;R.moved=F*F+X*X>T}R.event(j).zoom("mouse",n(A(R.that.__zoom,R.mouse[0]=Ae(j,w),R.mouse[1]),R.extent,a))}function V(j){O.on("mousemove.zoom mouseup.zoom",null),zs(j.view,R.moved),Et(j),R.event(j).end()}}function I(m,...M){if(e.apply(this,arguments)){var w=this.__zoom,R=Ae(m.changedTouches?m.changedTouches[0]:m,this),O=w.invert(R),v=w.k*(m.shiftKey?.5:2),_=n(A(C(w,v),R,O),t.apply(this,M),a);Et(m),s>0?ue(this).transition().duration(s).call(H,_,R,m):ue(this).call(g.transform,_,R,m)}}function L(m,...M){if(e.apply(this,arguments)){var w=m.touches,R=w.length,O=$(this,M,m.changedTouches.length===R).event(m),v,_,k,P;for(Qn(m),_=0;_<R;++_)k=w[_],P=Ae(k,this),P=[P,this.__zoom.invert(P),k.identifier],O.touch0?!O.touch1&&O.touch0[2]!==P[2]&&(O.touch1=P,O.taps=0):(O.touch0=P,v=!0,O.taps=1+!!c);c&&(c=clearTimeout(c)),v&&(O.taps<2&&(f=P[0],c=setTimeout(function(){c=null},h)),it(this),O.start())}}function x(m,...M){if(this.__zooming){var w=$(this,M).event(m),R=m.changedTouches,O=R.length,v,_,k,P;for(Et(m),v=0;v<O;++v)_=R[v],k=Ae(_,this),w.touch0&&w.touch0[2]===_.identifier?w.touch0[0]=k:w.touch1&&w.touch1[2]===_.identifier&&(w.touch1[0]=k);if(_=w.that.__zoom,w.touch1){var V=w.touch0[0],j=w.touch0[1],F=w.touch1[0],X=w.touch1[1],W=(W=F[0]-V[0])*W+(W=F[1]-V[1])*W,z=(z=X[0]-j[0])*z+(z=X[1]-j[1])*z;_=C(_,Math.sqrt(W/z)),k=[(V[0]+F[0])/2,(V[1]+F[1])/2],P=[(j[0]+X[0])/2,(j[1]+X[1])/2]}else if(w.touch0)k=w.touch0[0],P=w.touch0[1];else return;w.zoom("touch",n(A(_,k,P),w.extent,a))}}function E(m,...M){if(this.__zooming){var w=$(this,M).event(m),R=m.changedTouches,O=R.length,v,_;for(Qn(m),d&&clearTimeout(d),d=setTimeout(function(){d=null},h),v=0;v<O;++v)_=R[v],w.touch0&&w.touch0[2]===_.identifier?delete w.touch0:w.touch1&&w.touch1[2]===_.identifier&&delete w.touch1;if(w.touch1&&!w.touch0&&(w.touch0=w.touch1,delete w.touch1),w.touch0)w.touch0[1]=this.__zoom.invert(w.touch0[0]);else if(w.end(),w.taps===2&&(_=Ae(_,this),Math.hypot(f[0]-_[0],f[1]-_[1])<b)){var k=ue(this).on("dblclick.zoom");k&&k.apply(this,arguments)}}}return g.wheelDelta=function(m){return arguments.length?(r=typeof m=="function"?m:Jt(+m),g):r},g.filter=function(m){return arguments.length?(e=typeof m=="function"?m:Jt(!!m),g):e},g.touchable=function(m){return arguments.length?(o=typeof m=="function"?m:Jt(!!m),g):o},g.extent=function(m){return arguments.length?(t=typeof m=="function"?m:Jt([[+m[0][0],+m[0][1]],[+m[1][0],+m[1][1]]]),g):t},g.scaleExtent=function(m){return arguments.length?(i[0]=+m[0],i[1]=+m[1],g):[i[0],i[1]]},g.translateExtent=function(m){return arguments.length?(a[0][0]=+m[0][0],a[1][0]=+m[1][0],a[0][1]=+m[0][1],a[1][1]=+m[1][1],g):[[a[0][0],a[0][1]],[a[1][0],a[1][1]]]},g.constrain=function(m){return arguments.length?(n=m,g):n},g.duration=function(m){return arguments.length?(s=+m,g):s},g.interpolate=function(m){return arguments.length?(u=m,g):u},g.on=function(){var m=l.on.apply(l,arguments);return m===l?g:m},g.clickDistance=function(m){return arguments.length?(T=(m=+m)*m,g):Math.sqrt(T)},g.tapDistance=function(m){return arguments.length?(b=+m,g):b},g}var ip=10,Hs=new WeakMap;function er(e,t){let n=Hs.get(e)??new Map;Hs.set(e,n);let r=n.get(t);return r===void 0&&n.set(t,r=up(e,t)),r}function Jn(e,t){let n=ap(t),r=e.map(a=>[...a]),o=r,i=Bs(r,t);for(let a=0;a<ip&&i>0;a++){r=sp(r,n,a%2===0);let s=Bs(r,t);s<i&&([o,i]=[r,s])}return o}function ap(e){let t=new Map;for(let[n,r,o]of e)t.set(n,[...t.get(n)??[],[r,o]]),t.set(r,[...t.get(r)??[],[n,o]]);return t}function sp(e,t,n){let r=n?[...e]:[...e].reverse();for(let o=1;o<r.length;o++){let i=Fs(r[o-1]),a=Fs(r[o]),s=new Map(r[o].map(u=>[u,lp(u,i,t)??a.get(u)]));r[o]=[...r[o]].sort((u,l)=>s.get(u)-s.get(l))}return n?r:r.reverse()}function lp(e,t,n){let r=0,o=0;for(let[i,a]of n.get(e)??[]){let s=t.get(i);s!==void 0&&(r+=a,o+=a*s)}return r>0?o/r:null}function Fs(e){return new Map(e.map((t,n)=>[t,(n+.5)/e.length]))}function Bs(e,t){let n=new Map(e.flatMap(a=>a.map((s,u)=>[s,u]))),r=new Map(e.flatMap((a,s)=>a.map(u=>[u,s]))),o=new Map;for(let[a,s,u]of t){let[l,c]=[n.get(a),n.get(s)],f=r.get(a);l===void 0||c===void 0||f===void 0||o.set(f,[...o.get(f)??[],[l,c,u]])}let i=0;for(let a of o.values())a.forEach(([s,u,l],c)=>{for(let f=c+1;f<a.length;f++){let[d,h,y]=a[f];(s-d)*(u-h)<0&&(i+=l*y)}});return i}function up(e,t){let n=e.snapshots.flatMap(b=>pe(b,t)??[]),r=e.layers,o=cp(n,r),i=js(n,b=>b),a=Jn(o.map(b=>b.map(g=>g.key)),i),s=new Map,u=o.map((b,g)=>fp(b,a[g],r[g],s)),l=n.map(b=>pp(b,r,u,s)),c=new Map(n.map((b,g)=>[b.snapshot,l[g]])),f=js(n,(b,g)=>c.get(g.snapshot).get(b)),d=new Map;for(let b of l.flatMap(g=>[...g.values()]))d.set(b,(d.get(b)??0)+1);let h=Jn(u,f).map(b=>dp(b,d)),y=new Map(h.flatMap(b=>b.map((g,C)=>[g,C]))),T=new Map([...c].map(([b,g])=>[b,new Map([...g].map(([C,A])=>[C,y.get(A)]))]));return{layers:r,counts:new Map(r.map((b,g)=>[b,h[g].length])),at:b=>T.get(b)??new Map}}function cp(e,t){let n=new Map,r=new Map(t.map(o=>[o,[]]));return e.forEach((o,i)=>{for(let{key:a,group:s}of o.nodes){if(s.lineage===null)continue;let u=n.get(a);if(u!==void 0){u.last=i;continue}let l={key:a,first:i,last:i};n.set(a,l),r.get(s.layer)?.push(l)}}),t.map(o=>r.get(o))}function js(e,t){let n=new Map;for(let r of e)for(let o of r.links){let[i,a]=[t(o.source,r),t(o.target,r)],s=n.get(i)??new Map;n.set(i,s),s.set(a,(s.get(a)??0)+Math.abs(o.share))}return[...n].flatMap(([r,o])=>[...o].map(([i,a])=>[r,i,a]))}function fp(e,t,n,r){let o=new Map(t.map((a,s)=>[a,s])),i=[];for(let a of e){let s=o.get(a.key),u=f=>Math.abs(ho(f.ranks)-s),c=i.filter(f=>f.until<a.first).sort((f,d)=>u(f)-u(d))[0];c===void 0&&(c={name:`${n} ${i.length}`,until:-1,ranks:[]},i.push(c)),c.until=a.last,c.ranks.push(s),r.set(a.key,c.name)}return i.sort((a,s)=>ho(a.ranks)-ho(s.ranks)).map(a=>a.name)}function dp(e,t){let n=Math.max(...e.map(a=>t.get(a)??0)),r=e.filter(a=>2*(t.get(a)??0)<=n),o=Math.floor(r.length/2),i=e.filter(a=>!r.includes(a));return[...r.slice(0,o),...i,...r.slice(o)]}function ho(e){return e.reduce((t,n)=>t+n,0)/e.length}function pp(e,t,n,r){let o=new Map,i=new Set;for(let{key:a,group:s}of e.nodes){let u=s.lineage===null?void 0:r.get(a);u!==void 0&&(o.set(a,u),i.add(u))}for(let{key:a,group:s}of e.nodes){if(o.has(a))continue;let u=n[t.indexOf(s.layer)];if(u===void 0)continue;let l=u.find(c=>!i.has(c));l===void 0&&u.push(l=`${s.layer} ${u.length}`),o.set(a,l),i.add(l)}return o}var go=12,[qs,mp]=[76,260];function Ws(e,t){let n=Math.max(1,e.layers.length);return n*t.width+(n-1)*qs}function yo(e,t,n){let r=e.layers.map(l=>e.counts.get(l)??0),o=Math.max(1,r.length),i=t.height+go,a=Math.max(1,...r)*i-go,s=a*n.width/Math.max(1,n.height)-o*t.width,u=Math.min(mp,Math.max(qs,s/Math.max(1,o-1)));return{width:o*t.width+(o-1)*u,height:a,card:t,pitch:{width:t.width+u,height:i},counts:r}}function bo(e,t){return Math.max(1,e.counts[t]??1)*e.pitch.height-go}function xo(e,t,n){return{x:t*e.pitch.width,y:(e.height-bo(e,t))/2+n*e.pitch.height}}function Ks(e,t){let n=Xs(e,t,"source","target"),r=Xs(e,t,"target","source"),o=new Set([...n,...r]);return{keys:new Set([t,...[...o].flatMap(i=>[i.source,i.target])]),links:o}}function Xs(e,t,n,r){let o=new Map;for(let s of e)s.share!==0&&o.set(s[n],[...o.get(s[n])??[],s]);let i=new Map,a=s=>{let u=i.get(s);if(u!==void 0)return u;let l={strength:1,links:[]},c=-1;for(let f of o.get(s)??[]){let d=a(f[r]),h=Math.abs(f.share)*d.strength;h>c&&(c=h,l={strength:h,links:[f,...d.links]})}return i.set(s,l),l};return a(t).links}function ee(e){return function(){return e}}var en=Math.PI,wo=2*en,ft=1e-6,hp=wo-ft;function Us(e){this._+=e[0];for(let t=1,n=e.length;t<n;++t)this._+=arguments[t]+e[t]}function gp(e){let t=Math.floor(e);if(!(t>=0))throw new Error(`invalid digits: ${e}`);if(t>15)return Us;let n=10**t;return function(r){this._+=r[0];for(let o=1,i=r.length;o<i;++o)this._+=Math.round(arguments[o]*n)/n+r[o]}}function Ys(e,t,n,r){return e===n&&t===r}function yp(e){let t=Math.floor(e);if(!(t<=15))return Ys;let n=10**t,r=function(o){return Math.round(o*n)};return function(o,i,a,s){return r(o)===r(a)&&r(i)===r(s)}}var _t=class{constructor(t){this._x0=this._y0=this._x1=this._y1=null,this._="",this._append=t==null?Us:gp(t),this._equal=t==null?Ys:yp(t)}moveTo(t,n){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}`}closePath(){this._x1!==null&&(this._x1=this._x0,this._y1=this._y0,this._append`Z`)}lineTo(t,n){this._append`L${this._x1=+t},${this._y1=+n}`}quadraticCurveTo(t,n,r,o){this._append`Q${+t},${+n},${this._x1=+r},${this._y1=+o}`}bezierCurveTo(t,n,r,o,i,a){this._append`C${+t},${+n},${+r},${+o},${this._x1=+i},${this._y1=+a}`}arcTo(t,n,r,o,i){if(t=+t,n=+n,r=+r,o=+o,i=+i,i<0)throw new Error(`negative radius: ${i}`);let a=this._x1,s=this._y1,u=r-t,l=o-n,c=a-t,f=s-n,d=c*c+f*f;if(this._x1===null)this._append`M${this._x1=t},${this._y1=n}`;else if(d>ft)if(!(Math.abs(f*u-l*c)>ft)||!i)this._append`L${this._x1=t},${this._y1=n}`;else{let h=r-a,y=o-s,T=u*u+l*l,b=h*h+y*y,g=Math.sqrt(T),C=Math.sqrt(d),A=i*Math.tan((en-Math.acos((T+d-b)/(2*g*C)))/2),N=A/C,H=A/g;Math.abs(N-1)>ft&&this._append`L${t+N*c},${n+N*f}`,this._append`A${i},${i},0,0,${+(f*h>c*y)},${this._x1=t+H*u},${this._y1=n+H*l}`}}arc(t,n,r,o,i,a){if(t=+t,n=+n,r=+r,a=!!a,r<0)throw new Error(`negative radius: ${r}`);let s=r*Math.cos(o),u=r*Math.sin(o),l=t+s,c=n+u,f=1^a,d=a?o-i:i-o;if(this._x1===null?this._append`M${l},${c}`:(Math.abs(this._x1-l)>ft||Math.abs(this._y1-c)>ft)&&this._append`L${l},${c}`,!!r){if(d<0&&(d=d%wo+wo),d>hp)this._append`A${r},${r},0,1,${f},${t-s},${n-u}A${r},${r},0,1,${f},${this._x1=l},${this._y1=c}`;else if(d>ft){let h=t+r*Math.cos(i),y=n+r*Math.sin(i);if(d>=en&&this._equal(l,c,h,y)){d/=2;let T=o+d;this._append`A${r},${r},0,${+(d>=en)},${f},${t+r*Math.cos(T)},${n+r*Math.sin(T)}`}this._append`A${r},${r},0,${+(d>=en)},${f},${this._x1=h},${this._y1=y}`}}}rect(t,n,r,o){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}h${r=+r}v${+o}h${-r}Z`}toString(){return this._}};function bp(){return new _t}bp.prototype=_t.prototype;function Tt(e){let t=3;return e.digits=function(n){if(!arguments.length)return t;if(n==null)t=null;else{let r=Math.floor(n);if(!(r>=0))throw new RangeError(`invalid digits: ${n}`);t=r}return e},()=>new _t(t)}var Zs=Array.prototype.slice;function tr(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function Qs(e){this._context=e}Qs.prototype={areaStart:function(){this._line=0},areaEnd:function(){this._line=NaN},lineStart:function(){this._point=0},lineEnd:function(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line},point:function(e,t){switch(e=+e,t=+t,this._point){case 0:this._point=1,this._line?this._context.lineTo(e,t):this._context.moveTo(e,t);break;case 1:this._point=2;default:this._context.lineTo(e,t);break}}};function nr(e){return new Qs(e)}function Ct(e){return e[0]}function Lt(e){return e[1]}function At(e,t){var n=ee(!0),r=null,o=nr,i=null,a=Tt(s);e=typeof e=="function"?e:e===void 0?Ct:ee(e),t=typeof t=="function"?t:t===void 0?Lt:ee(t);function s(u){var l,c=(u=tr(u)).length,f,d=!1,h;for(r==null&&(i=o(h=a())),l=0;l<=c;++l)!(l<c&&n(f=u[l],l,u))===d&&((d=!d)?i.lineStart():i.lineEnd()),d&&i.point(+e(f,l,u),+t(f,l,u));if(h)return i=null,h+""||null}return s.x=function(u){return arguments.length?(e=typeof u=="function"?u:ee(+u),s):e},s.y=function(u){return arguments.length?(t=typeof u=="function"?u:ee(+u),s):t},s.defined=function(u){return arguments.length?(n=typeof u=="function"?u:ee(!!u),s):n},s.curve=function(u){return arguments.length?(o=u,r!=null&&(i=o(r)),s):o},s.context=function(u){return arguments.length?(u==null?r=i=null:i=o(r=u),s):r},s}function vo(e,t,n){var r=null,o=ee(!0),i=null,a=nr,s=null,u=Tt(l);e=typeof e=="function"?e:e===void 0?Ct:ee(+e),t=typeof t=="function"?t:t===void 0?ee(0):ee(+t),n=typeof n=="function"?n:n===void 0?Lt:ee(+n);function l(f){var d,h,y,T=(f=tr(f)).length,b,g=!1,C,A=new Array(T),N=new Array(T);for(i==null&&(s=a(C=u())),d=0;d<=T;++d){if(!(d<T&&o(b=f[d],d,f))===g)if(g=!g)h=d,s.areaStart(),s.lineStart();else{for(s.lineEnd(),s.lineStart(),y=d-1;y>=h;--y)s.point(A[y],N[y]);s.lineEnd(),s.areaEnd()}g&&(A[d]=+e(b,d,f),N[d]=+t(b,d,f),s.point(r?+r(b,d,f):A[d],n?+n(b,d,f):N[d]))}if(C)return s=null,C+""||null}function c(){return At().defined(o).curve(a).context(i)}return l.x=function(f){return arguments.length?(e=typeof f=="function"?f:ee(+f),r=null,l):e},l.x0=function(f){return arguments.length?(e=typeof f=="function"?f:ee(+f),l):e},l.x1=function(f){return arguments.length?(r=f==null?null:typeof f=="function"?f:ee(+f),l):r},l.y=function(f){return arguments.length?(t=typeof f=="function"?f:ee(+f),n=null,l):t},l.y0=function(f){return arguments.length?(t=typeof f=="function"?f:ee(+f),l):t},l.y1=function(f){return arguments.length?(n=f==null?null:typeof f=="function"?f:ee(+f),l):n},l.lineX0=l.lineY0=function(){return c().x(e).y(t)},l.lineY1=function(){return c().x(e).y(n)},l.lineX1=function(){return c().x(r).y(t)},l.defined=function(f){return arguments.length?(o=typeof f=="function"?f:ee(!!f),l):o},l.curve=function(f){return arguments.length?(a=f,i!=null&&(s=a(i)),l):a},l.context=function(f){return arguments.length?(f==null?i=s=null:s=a(i=f),l):i},l}var ko=class{constructor(t,n){this._context=t,this._x=n}areaStart(){this._line=0}areaEnd(){this._line=NaN}lineStart(){this._point=0}lineEnd(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line}point(t,n){switch(t=+t,n=+n,this._point){case 0:{this._point=1,this._line?this._context.lineTo(t,n):this._context.moveTo(t,n);break}case 1:this._point=2;default:{this._x?this._context.bezierCurveTo(this._x0=(this._x0+t)/2,this._y0,this._x0,n,t,n):this._context.bezierCurveTo(this._x0,this._y0=(this._y0+n)/2,t,this._y0,t,n);break}}this._x0=t,this._y0=n}};function Js(e){return new ko(e,!0)}function xp(e){return e.source}function wp(e){return e.target}function el(e){let t=xp,n=wp,r=Ct,o=Lt,i=null,a=null,s=Tt(u);function u(){let l,c=Zs.call(arguments),f=t.apply(this,c),d=n.apply(this,c);if(i==null&&(a=e(l=s())),a.lineStart(),c[0]=f,a.point(+r.apply(this,c),+o.apply(this,c)),c[0]=d,a.point(+r.apply(this,c),+o.apply(this,c)),a.lineEnd(),l)return a=null,l+""||null}return u.source=function(l){return arguments.length?(t=l,u):t},u.target=function(l){return arguments.length?(n=l,u):n},u.x=function(l){return arguments.length?(r=typeof l=="function"?l:ee(+l),u):r},u.y=function(l){return arguments.length?(o=typeof l=="function"?l:ee(+l),u):o},u.context=function(l){return arguments.length?(l==null?i=a=null:a=e(i=l),u):i},u}function Mo(){return el(Js)}var[tl,vp]=[1.25,9],kp=12;function Mp(e){return tl+(vp-tl)*e}function rr(e,t,n,r){let o=e.filter(l=>n.has(l.source)&&n.has(l.target)).sort((l,c)=>Math.abs(l.share)-Math.abs(c.share)),i=new Map(o.map(l=>[l,Mp(t>0?Math.abs(l.share)/t:0)])),a=nl(o,"source","target",n,i,r.height),s=nl(o,"target","source",n,i,r.height),u=Mo();return o.map(l=>{let c=n.get(l.source),f=n.get(l.target),d=u({source:[tn(c.x+r.width),tn(c.y+a.get(l))],target:[tn(f.x),tn(f.y+s.get(l))]});return{link:l,path:d,width:tn(i.get(l))}})}function nl(e,t,n,r,o,i){let a=new Map;for(let u of e)a.set(u[t],[...a.get(u[t])??[],u]);let s=new Map;for(let u of a.values()){u.sort((d,h)=>r.get(d[n]).y-r.get(h[n]).y);let l=u.reduce((d,h)=>d+o.get(h)+1,-1),c=Math.min(1,(i-2*kp)/l),f=(i-l*c)/2;for(let d of u){let h=o.get(d)*c;s.set(d,f+h/2),f+=h+c}}return s}function tn(e){return Math.round(e*10)/10}function rl(e,t,n){let r=n.trim().toLowerCase();if(r==="")return null;let o=/^(?:(.+):)?\s*(\d+)$/.exec(r),i=e.targets.find(a=>a.target===t)?.groups??[];return new Set(i.filter(a=>{if(r.includes("/")&&J(a).toLowerCase().endsWith(r))return!0;let u=(a.label!==null||a.lineage!==null)&&ye(a,e.layers).toLowerCase().includes(r);if(o===null)return u;if(u&&a.label!==null)return!0;let[,l,c]=o;return l!==void 0&&!a.layer.toLowerCase().endsWith(l)?!1:(a.members??[]).some(([f])=>f===Number(c))}).map(Ce))}var je=8,ar=4,[Sp,$p,Ep]=[{columns:2,rows:2,patch:66},{columns:4,rows:1,patch:40},{columns:3,rows:1,patch:40}],ol=.8,or=14,ir=78,il=30,So=56,_p=450,Tp={emerge:"new",split:"split",merge:"merged"},nn=(e,t)=>{let n=p("section",{class:"view circuit","aria-label":"Circuit"}),r=p("p",{class:"empty-note",hidden:!0}),o=ue(n).append("svg").attr("class","chart").attr("data-export","").attr("role","group"),i=o.append("g"),a=i.append("g").attr("class","lanes").attr("aria-hidden","true"),s=i.append("g").attr("class","edges").attr("aria-hidden","true"),u=i.append("g").attr("class","nodes"),l=o.append("g").attr("class","headings"),c=o.append("g").attr("class","pairs"),f=zp(k=>e({threshold:k})),d=p("div",{class:"zoom",role:"group","aria-label":"Zoom"},$o("Zoom in",ge.plus,()=>$(1.3)),$o("Zoom out",ge.minus,()=>$(1/1.3)),$o("Fit the whole circuit",ge.fit,()=>D(!0)));n.append(p("div",{class:"legend"},Ip(),f.element),d,r);let h=null,y=null,T=null,b=null,g=!1,C="",A=null,N=mo().scaleExtent([.2,4]).on("zoom",k=>{k.sourceEvent&&(g=!0),i.attr("transform",k.transform.toString()),L()});o.call(N).on("dblclick.zoom",null),o.on("click",k=>{k.target===o.node()&&e({group:null})}),new ResizeObserver(()=>{A=null,h!==null&&!n.hidden&&B(h)}).observe(n);function H(){if(A!==null)return A;let{clientWidth:k,clientHeight:P}=n;return k===0?{width:960,height:600}:A={width:k,height:P}}function $(k){g=!0,o.transition().duration(cn()?0:200).call(N.scaleBy,k)}function D(k){if(y===null)return;let{frame:P}=y,{width:V,height:j}=H(),F={width:V-2*il,height:j-ir-So},X=Math.min(1.2,Math.max(.3,Math.min(F.width/P.width,F.height/P.height))),W=ct.translate((V-P.width*X)/2,ir+Math.max(0,(F.height-P.height*X)/2)).scale(X);g=!1,k&&!cn()&&n.clientWidth>0?o.transition().duration(300).call(N.transform,W):o.call(N.transform,W)}function B(k){h=k;let P=se(k.run,k.state),V=k.snapshot&&pe(k.snapshot,P);if(f.show(k.state.threshold),r.hidden=V!==null,o.classed("absent",V===null),V===null||P===null){y=null,r.textContent=Pp(k,P);return}let{width:j,height:F}=H(),X={width:j-2*il,height:F-ir-So},W=er(k.run,P),z=y;y=Cp(V,W,X,k.state.threshold);let q=`Circuit of ${V.target.name} at ${Z(V.snapshot.graph)}, ${k.run.name}`;n.setAttribute("aria-label",q),o.attr("aria-label",q);let K=`${k.run.name}/${P}/${j}×${F}/${y.frame.width}×${y.frame.height}`,Q=z===null||z.circuit.target.target!==P;I(y,k,Q||cn()?0:_p),K!==C&&(!g||Q)?D(z!==null&&!Q):L(),C=K,G(k),R()}function G({run:k,snapshot:P,state:V}){P===null||V.query.trim()===""||b?.step===P.step&&b.fingerprint===P.graph.fingerprint||(b=null,t.detail(k.name,P.step).then(j=>{h?.snapshot?.step!==j.step||h.run.name!==k.name||(b=j,R())},()=>{}))}function I({placed:k,frame:P,card:V,routes:j,circuit:F},X,W){let z=F.snapshot.graph.layers;a.selectAll("rect").data(er(X.run,F.target.target).layers).join("rect").attr("x",(q,K)=>K*P.pitch.width-or).attr("y",(q,K)=>xo(P,K,0).y-or).attr("width",V.width+2*or).attr("height",(q,K)=>bo(P,K)+2*or).attr("rx",14).classed("last",q=>q===z[z.length-1]),x(j,k,F,W),E(k,V,X,W),l.selectAll("g").data(er(X.run,F.target.target).layers).join(q=>{let K=q.append("g");return K.append("title"),K.append("text").attr("class","layer").attr("y",26),K.append("text").attr("class","statistics").attr("y",44),K}).each(function(q){ue(this).select("title").text(`${q}: ${al(F,q,99).join(" · ")}`)}),c.selectAll("g").data(wn(F.snapshot.graph),q=>q.upper).join(q=>{let K=q.append("g");return K.append("title"),K.append("text").attr("y",62),K}).classed("unpredictive",({attribution:q})=>!q.predicts).each(function(q){ue(this).select("title").text(kn(q))})}function L(){if(y===null)return;let{circuit:k,frame:P,card:V}=y,j=$t(o.node()),{width:F}=H(),X=ie(k.snapshot.graph.layers);l.selectAll("g").each(function(z,q){let K=j.applyX(q*P.pitch.width+V.width/2),Q=Math.min(P.pitch.width*j.k,2*K,2*(F-K))-14;this.setAttribute("transform",`translate(${K},0)`),ue(this).select(".layer").text(We(X.get(z)??z,Math.floor(Q/8))),ue(this).select(".statistics").text(Rp(al(k,z,3),Q/6.1))});let W=l.selectAll("g").data();c.selectAll("g").each(function({upper:z,attribution:q}){let K=P.pitch.width-V.width,Q=j.applyX(W.indexOf(z)*P.pitch.width-K/2),ke=(P.pitch.width*j.k-14)/6.1,et=Mi(q).find(Er=>Er.length<=ke)??"";this.setAttribute("transform",`translate(${Q},0)`),ue(this).select("text").text(et)})}function x(k,P,V,j){let F=({target:z})=>vn(V.snapshot.graph,V.byKey.get(z).group.layer),X=new Map(P.map(z=>[z.node.key,z.dom])),W=new Map(P.map(z=>[z.node.key,z.title]));s.selectAll("path.edge").data(k,z=>`${X.get(z.link.source)} ${X.get(z.link.target)}`).join(z=>{let q=z.append("path").attr("class",j===0?"edge":"edge entering").attr("d",K=>K.path).attr("stroke-width",K=>K.width);return q.append("title"),q.on("animationend",ul),q},z=>z,z=>ll(z,j)).attr("data-source",z=>z.link.source).attr("data-target",z=>z.link.target).attr("data-weight",z=>z.link.weight).attr("data-sign",z=>z.link.weight<0?"-":"+").attr("data-unpredictive",({link:z})=>F(z)?"":null).each(function({link:z}){let q=F(z)?"; ✗ does not predict knockouts":"";this.firstElementChild.textContent=`${Op(z,W)}${q}`}).call(z=>{if(j===0){z.interrupt().attr("d",q=>q.path).attr("stroke-width",q=>q.width);return}z.filter(function(q){return this.getAttribute("d")!==q.path||this.getAttribute("stroke-width")!==String(q.width)}).transition().duration(j).attr("d",q=>q.path).attr("stroke-width",q=>q.width)})}function E(k,P,V,j){let F=X=>`translate(${X.x},${X.y})`;u.selectAll("g.node").data(k,X=>X.dom).join(X=>{let W=X.append("g").attr("class",j===0?"node":"node entering").attr("role","button").attr("tabindex",0).attr("transform",F).on("pointerenter",(z,q)=>w(q.node.key)).on("pointerleave",()=>w(null)).on("focus",(z,q)=>v(q)).on("blur",()=>w(null)).on("click",(z,q)=>O(q.node.key)).on("keydown",(z,q)=>_(z,q));return W.on("animationend",ul).each(function(){Dp(this)}),W},X=>X,X=>ll(X,j)).each(function(X){m(this,X,P,V)}).call(Gp).call(X=>{if(j===0){X.interrupt().attr("transform",F);return}X.filter(function(W){return this.getAttribute("transform")!==F(W)}).transition().duration(j).attr("transform",F)})}function m(k,P,V,j){let{node:F,title:X}=P,W=cl(F);k.dataset.group=F.key,k.classList.toggle("unstable",W),k.classList.toggle("target",P.column===j.run.layers.length-1),k.setAttribute("aria-label",sl(P));let z=Er=>k.querySelector(`:scope > .${Er}`);z("card").setAttribute("width",String(V.width)),z("card").setAttribute("height",String(V.height)),z("hover").textContent=`${X} · ${sl(P)}`;let q=Math.floor((V.width-2*je)/7.6)-Y(F.group.importance).length,K=P.badge??(W?"unstable":""),Q=X.length+K.length+2>q?K&&"•":K;z("name").replaceChildren(Me(X,q-Q.length),S("tspan",{class:"badge",dx:6},Q)),z("importance").textContent=Y(F.group.importance),z("importance").setAttribute("x",String(V.width-je));let ke=z("bar");z("track").setAttribute("y",String(V.height-8)),ke.setAttribute("y",String(V.height-8));let et=V.width-2*je;z("track").setAttribute("width",String(et)),ke.setAttribute("width",String(Math.max(2,Math.min(1,F.importance)*et))),M(k,F,V,j)}function M(k,P,V,j){let F=k.querySelector(":scope > .patches"),X=j.snapshot,W=P.group.patches.slice(0,V.columns*V.rows).flatMap(q=>de(t,j.run.name,X,q)??[]),z=k.querySelector(":scope > .members");for(z.textContent=W.length===0?te(P.size,"member"):"",W.forEach((q,K)=>{let Q=F.children[K],ke=Q??F.appendChild(ne(q));Q!==void 0&&Gr(Q,q);let et=V.patch+ar;ke.setAttribute("width",String(V.patch)),ke.setAttribute("height",String(V.patch)),ke.setAttribute("x",String(je+K%V.columns*et)),ke.setAttribute("y",String(23+Math.floor(K/V.columns)*et))});F.children.length>W.length;)F.lastElementChild.remove()}function w(k){T!==k&&(T=k,R())}function R(){if(y===null||h===null)return;let{circuit:k,links:P}=y,V=h.state.group,j=T??(V!==null&&k.byKey.has(V)?V:null),F=j===null?null:Ks(P,j),X=b?.step===k.snapshot.step?b:k.snapshot.graph,W=rl(X,k.target.target,h.state.query);o.classed("tracing",F!==null).classed("searching",W!==null),u.selectAll("g.node").classed("on-path",z=>F?.keys.has(z.node.key)??!1).classed("selected",z=>z.node.key===V).classed("hit",z=>W?.has(z.node.key)??!1).attr("aria-pressed",z=>String(z.node.key===V)),s.selectAll("path.edge").classed("on-path",({link:z})=>F?.links.has(z)??!1).classed("near",({link:z})=>j!==null&&(z.source===j||z.target===j)),n.dataset.hits=W===null?"":String(W.size),n.dispatchEvent(new CustomEvent("hits",{detail:W?.size??null,bubbles:!0}))}function O(k){e({group:h?.state.group===k?null:k})}function v(k){w(k.node.key);let P=$t(o.node()),{width:V,height:j}=H(),[F,X]=P.apply([k.x,k.y]),W=y.card,[z,q]=P.apply([k.x+W.width,k.y+W.height]);(F<0||X<ir||z>V||q>j-So)&&(g=!0,o.call(N.translateTo,k.x+W.width/2,k.y+W.height/2))}function _(k,P){if(k.key==="Enter"||k.key===" ")O(P.node.key);else if(k.key==="Escape")e({group:null});else{let V=y===null?null:Np(y.placed,P,k.key);if(V===null)return;u.selectAll("g.node").filter(F=>F.dom===V.dom).node()?.focus()}k.preventDefault(),k.stopPropagation()}return{element:n,update:B}};function Cp(e,t,n,r){let[o,i]=Lp(e.snapshot.graph.input!==null,t,n),a=t.at(e.snapshot),s=Ap(e),u=t.layers.length-1,l=e.nodes.flatMap(d=>{let h=t.layers.indexOf(d.group.layer),y=a.get(d.key);if(h<0||y===void 0)return[];let T=d.group.lineage===null&&h!==u;return[{node:d,column:h,dom:T?`${d.key}@${e.snapshot.step}`:d.key,title:Le(e,d),badge:s.get(`${d.group.layer}/${d.group.number}`)??null,...xo(i,h,y)}]});l.sort((d,h)=>d.column-h.column||d.y-h.y);let c=new Map(l.map(d=>[d.node.key,d])),f=fn(e,r);return{circuit:e,frame:i,card:o,placed:l,links:f,routes:rr(f,e.strongest,c,o)}}function Lp(e,t,n){let r=l=>({...l,width:l.columns*(l.patch+ar)-ar+2*je,height:e?23+l.rows*(l.patch+ar)+11:50}),[o,i]=[r(Sp),r($p)],a=l=>Ws(t,l)*ol<=n.width,s=yo(t,o,n);if(e&&a(o)&&s.height*ol<=n.height)return[o,s];let u=a(i)?i:r(Ep);return[u,yo(t,u,n)]}function Ap(e){return new Map((e.target.drift?.events??[]).flatMap(({event:t,layer:n,after:r})=>r.flatMap(o=>{let i=Tp[t];return i===void 0?[]:[[`${n}/${o}`,i]]})))}function cl(e){return!Ge(e.group.stability)}function Np(e,t,n){let r=n==="ArrowLeft"?-1:n==="ArrowRight"?1:0,o=n==="ArrowUp"?-1:n==="ArrowDown"?1:0;if(r===0&&o===0)return null;let i=e.filter(s=>r!==0?Math.sign(s.column-t.column)===r:s.column===t.column&&Math.sign(s.y-t.y)===o),a=s=>Math.abs(s.column-t.column)*1e6+Math.abs(s.y-t.y);return i.sort((s,u)=>a(s)-a(u))[0]??null}function al(e,t,n){let r=e.target.statistics[t];if(r===void 0)return[];let o=e.target.left_out[t]??0;return[r.core_neurons===null?null:te(r.core_neurons,"neuron"),r.neuron_groups===null?null:te(r.neuron_groups,"group"),r.semantic_groups===null?null:`${fe(r.semantic_groups)} meanings each`,r.completeness_gap===null?null:`gap ${Y(r.completeness_gap)}`,o>0?`${o} left out`:null].filter(a=>a!==null).slice(0,n)}function Rp(e,t){let n="";for(let r of e){let o=n===""?r:`${n} · ${r}`;if(o.length>t)break;n=o}return n}function sl({node:e,title:t,badge:n}){let{stability:r,layer:o,importance:i}=e.group;return[t,o,te(e.size,"member"),`importance ${Y(i)}`,r===null?null:`stability ${Y(r)}`,cl(e)?"unstable":null,n].filter(a=>a!==null).join(", ")}function Op(e,t){let n=o=>t.get(o)??o,r=e.stability===null?"":`, sign kept in ${Y(e.stability)} of resamples`;return`${n(e.source)} → ${n(e.target)}: ${ht(e.share)} of its input${r}`}function Pp({run:e,snapshot:t},n){if(t===null||n===null)return"This run has no snapshot yet.";let r=e.targets.find(o=>o.target===n)?.name??String(n);return`The snapshot of ${Z(t.graph)} holds no circuit of “${r}”. Choose another step or target.`}function ll(e,t){if(e.interrupt(),t===0){e.remove();return}e.attr("class","leaving").attr("tabindex",null).attr("role",null).attr("aria-hidden","true").transition().duration(t/2).remove()}function ul(){this.classList.remove("entering")}function Gp(e){let t=document.activeElement;e.order(),t instanceof SVGElement&&t!==document.activeElement&&t.isConnected&&t.focus({preventScroll:!0})}function Dp(e){e.append(S("title",{class:"hover"}),S("rect",{class:"card",rx:9}),S("text",{class:"name",x:je,y:16}),S("text",{class:"importance",y:16}),S("text",{class:"members",x:je,y:36}),S("g",{class:"patches"}),S("rect",{class:"track",x:je,height:3,rx:1.5}),S("rect",{class:"bar",x:je,height:3,rx:1.5}))}function Ip(){let e=(t,n)=>p("span",{class:"key"},S("svg",{width:26,height:8,"aria-hidden":"true"},S("path",{class:"edge on-path","data-sign":t,d:"M1 4H25","stroke-width":3})),n);return p("div",{class:"keys"},e("+","raises"),e("-","lowers"))}function zp(e){let t=p("input",{type:"range",min:0,max:1,step:.01,"aria-label":"Hide edges weaker than this share of the strongest into the same group",title:"Of the edges into each group",class:"threshold"}),n=p("output",{class:"number"});return t.addEventListener("input",()=>e(Number(t.value))),{element:p("label",{class:"labelled"},p("span",{},"Edges from"),t,n),show(r){t.value=String(r);let o=r===0?"all":`${Math.round(100*r)} %`;n.replaceChildren(o,p("span",{class:"roomy"},r===0?"":" of the strongest")),t.setAttribute("aria-valuetext",o)}}}function $o(e,t,n){let r=p("button",{class:"button icon",type:"button","aria-label":e,title:e},Te(t));return r.addEventListener("click",n),r}var _o=["gained","lost","stronger","weaker","turned","same","unstable"],Vp=.3,Hp=.1;function fl(e){let t=new Map;for(let[n,,r]of e)t.set(n,(t.get(n)??0)+r);return t}function Fp(e,t){let[n,r]=[fl(e),fl(t)],[o,i]=[0,0];for(let a of new Set([...n.keys(),...r.keys()])){let[s,u]=[n.get(a)??0,r.get(a)??0];o+=Math.min(s,u),i+=Math.max(s,u)}return i>0?o/i:0}function Bp(e,t,n,r){let o=new Map,i=t.findIndex(u=>u.layer===n);e.forEach((u,l)=>{u.layer===n&&i>=0&&o.set(l,i)}),r&&e.forEach((u,l)=>{let c=d=>d.layer===u.layer&&d.lineage===u.lineage,f=u.lineage===null?-1:t.findIndex(c);f>=0&&!o.has(l)&&o.set(l,f)});let a=new Set(o.values()),s=e.flatMap((u,l)=>t.map((c,f)=>({position:l,there:f,alike:u.layer===c.layer?Fp(u.members,c.members):0})));s.sort((u,l)=>l.alike-u.alike||u.position-l.position||u.there-l.there);for(let{position:u,there:l,alike:c}of s){let f=r&&e[u].lineage!==null&&t[l].lineage!==null;c<Vp||f||o.has(u)||a.has(l)||(o.set(u,l),a.add(l))}return o}function dl(e,t){if(e*t<0)return"turned";let[n,r]=[Math.abs(e),Math.abs(t)];return Math.abs(r-n)<=Hp*Math.max(r,n)?"same":r>n?"stronger":"weaker"}var pl=(e,t)=>e&&t?null:t?"gained":"lost";function ml(e,t,n,r){let o=e[e.length-1]??"",i=Bp(t.groups,n.groups,o,r),a=[],s=[new Map,new Map],u=(l,c)=>{let[f,d]=[l===null?null:t.groups[l],c===null?null:n.groups[c]],h=[f?.importance??0,d?.importance??0],y=(f??d).layer,b=y===o||(f?.stable??!0)&&(d?.stable??!0)?pl(f!==null,d!==null)??dl(...h):"unstable";a.push({layer:y,before:l,after:c,importance:h,change:b})};for(let l=0;l<t.groups.length;l+=1){let c=i.get(l)??null,f=c===null?void 0:s[1].get(c);f===void 0&&u(l,c);let d=f??a.length-1;s[0].set(l,d),c!==null&&s[1].set(c,d)}return n.groups.forEach((l,c)=>{if(s[1].has(c))return;let f=a.findIndex(h=>h.layer===o),d=l.layer===o&&f>=0;d||u(null,c),s[1].set(c,d?f:a.length-1)}),{layers:e,nodes:a,edges:jp([t,n],s,a)}}function jp(e,t,n){let r=new Map;for(let o of[0,1])for(let[i,a,s,u]of e[o].edges){let l=[t[o].get(i),t[o].get(a)],c=l.join(" "),f=l.every(h=>n[h].change!=="unstable"),d=r.get(c)??{ends:l,weight:[0,0],there:[!1,!1],stable:f};d.stable&&=u,d.weight[o]+=s,d.there[o]=!0,r.set(c,d)}return[...r.values()].map(({ends:o,weight:i,there:a,stable:s})=>({source:o[0],target:o[1],weight:i,change:s?pl(...a)??dl(...i):"unstable"}))}var Eo=e=>Math.max(...e.weight.map(Math.abs));function hl(e,t){let n=Math.max(0,...e.map(Eo));return e.filter(r=>Eo(r)>=t*n)}function To(e){let t=Object.fromEntries(_o.map(n=>[n,0]));for(let{change:n}of e)t[n]+=1;return t}function gl({layers:e,nodes:t,edges:n}){let r=e.map(a=>t.flatMap((s,u)=>s.layer===a?[String(u)]:[])),o=n.map(a=>[String(a.source),String(a.target),Eo(a)]),i=[];return Jn(r,o).forEach((a,s)=>a.forEach((u,l)=>i[Number(u)]={column:s,row:l,of:a.length})),i}var qp=e=>Math.round(e*100)/100;function U(e,t){for(let[n,r]of Object.entries(t))r===null?e.removeAttribute(n):e.setAttribute(n,typeof r=="number"?String(qp(r)):r)}function qe(e,t,n,r,o){let i=new Map([...e.children].map(a=>[a.getAttribute("data-key"),a]));t.forEach((a,s)=>{let u=n(a),l=i.get(u)??r(a);i.delete(u),l.setAttribute("data-key",u),o(l,a);let c=e.children[s]??null;c!==l&&e.insertBefore(l,c)});for(let a of i.values())a.remove()}function Nt(e,t){let n="";new ResizeObserver(()=>{let r=getComputedStyle(e),o=(u,l,c)=>Math.floor(u-parseFloat(l)-parseFloat(c)),i=o(e.clientWidth,r.paddingLeft,r.paddingRight),a=o(e.clientHeight,r.paddingTop,r.paddingBottom),s=`${i} ${a}`;i<=0||s===n||(n=s,t(i,a))}).observe(e)}var sr=(e,t,n)=>{let r=e.indexOf(t);if(n==="ArrowDown"||n==="ArrowRight")return e[r+1];if(n==="ArrowUp"||n==="ArrowLeft")return e[r-1]},Oe=(e,t,n)=>{let r={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]}[n];if(!r)return;let o=f=>{let d=f.getBoundingClientRect();return[d.left+d.width/2,d.top+d.height/2]},[i,a]=o(t),[s,u]=r,[l,c]=[void 0,1/0];for(let f of e){let[d,h]=o(f),y=(d-i)*s+(h-a)*u,T=Math.abs((d-i)*u)+Math.abs((h-a)*s),b=y+4*T;y<=.5||s!==0&&T>y+24||b>=c||([l,c]=[f,b])}return l};function xe(e,t,n,r){let o=()=>[...e.querySelectorAll(t)],i=s=>{for(let u of o())u.setAttribute("tabindex",u===s?"0":"-1")},a=s=>s.target.closest(t);return e.setAttribute("tabindex","-1"),e.addEventListener("click",s=>{let u=a(s);u&&r(u)}),e.addEventListener("focusin",s=>{let u=a(s);u&&i(u)}),e.addEventListener("keydown",s=>{let[u,{key:l}]=[a(s),s];if(!u)return;let c=o(),d={Home:c[0],End:c[c.length-1]}[l]??n(c,u,l);if(l==="Enter"||l===" ")r(u);else if(d)d.focus();else if(!l.startsWith("Arrow"))return;s.preventDefault(),s.stopPropagation()}),()=>{let s=o(),u=l=>l===document.activeElement||l.getAttribute("aria-pressed")==="true"||l.hasAttribute("aria-current");i(s.find(l=>l===document.activeElement)??s.find(u)??s[0])}}function Ye(e,t,n){let r=JSON.stringify(t);e.dataset.choices!==r&&(e.dataset.choices=r,e.replaceChildren(...t.map(([o,i])=>p("option",{value:o},i)))),e.value=n}function Ze(e){let t=p("select",{class:"select","aria-label":e});return[p("label",{class:"labelled"},p("span",{},e),t),t]}var we={width:168,height:56},lr=31,yl=we.height+12,bl=40,rn={least:138,most:178,height:38},Wp=44,dt=14,ur={gained:"gained",lost:"lost",stronger:"strengthened",weaker:"weakened",turned:"turned",same:"unchanged",unstable:"unstable"},Xp="unstable: other probe images of the class might not show it, so it is not counted as a change",Kp={gained:"M-3.6,0H3.6M0,-3.6V3.6",lost:"M-3.6,0H3.6",stronger:"M-3.2,1.8L0,-2L3.2,1.8",weaker:"M-3.2,-1.8L0,2L3.2,-1.8",turned:"M-3,-1.5H3L1,-3.6M3,1.5H-3L-1,3.6",same:"M-2.6,-1.5H2.6M-2.6,1.5H2.6",unstable:"M-3.4,1C-1.7,-3 0,3 3.4,-1"};function xl(e,t){let n=new Set,r=S("g",{class:"headings"}),o=S("g",{class:"edges",role:"group","aria-label":"Edges"}),i=S("g",{class:"nodes",role:"group","aria-label":"Neuron groups"}),a=S("g",{class:"changes",role:"group","aria-label":"Changes; choose one to hide or show it"}),s=S("svg",{class:"difference-chart",role:"group","data-export":!0},a,r,o,i),u=p("div",{class:"difference"},s),l=null,c=null,f=xe(i,".node",Oe,b=>{let g=b.getAttribute("data-group");g!==null&&e(g===l?.selected?null:g)}),d=xe(a,".change",Oe,b=>{let g=b.getAttribute("data-change");n.delete(g)||n.add(g),l&&y(l)}),h=b=>{let g=b.target.closest(".node");return g?Number(g.getAttribute("data-place")):null};for(let[b,g]of[["pointerover",!1],["focusin",!1],["pointerleave",!0],["focusout",!0]])i.addEventListener(b,C=>{c=g?null:h(C),T()});function y(b){l=b;let{difference:g,width:C,threshold:A}=l,N=hl(g.edges,A),H=gl({...g,edges:N}),$=g.layers.length,D=Math.max(Wp,(C-2*dt-$*we.width)/Math.max(1,$-1)),B=Math.max(1,...H.map(({of:M})=>M)),G=Jp(g.nodes,N,C),I=G.rows*rn.height+4+bl,L=I+B*yl+dt,x=H.map(({column:M,row:w,of:R})=>({x:dt+M*(we.width+D),y:I+(w+(B-R)/2)*yl})),E=2*dt+$*we.width+($-1)*D;U(s,{viewBox:`0 0 ${E} ${L}`,width:E,height:L,"aria-label":Up(l)});let m=ie(g.layers);r.replaceChildren(...g.layers.map((M,w)=>S("text",{x:dt+w*(we.width+D)+we.width/2,y:I-bl+22,"text-anchor":"middle"},S("title",{},M),We(m.get(M)??M,22)))),Zp(o,l,N,x,n),i.replaceChildren(...g.nodes.flatMap((M,w)=>n.has(M.change)?[]:[Qp(M,w,x[w],l,t)])),em(a,G,n),f(),d(),T()}function T(){if(!l)return;let b=l.selected===null?-1:l.keys.indexOf(l.selected),g=c??(b>=0?b:null);s.classList.toggle("pointing",g!==null);let C=new Set([String(g)]);for(let A of o.children){let N=[A.getAttribute("data-source"),A.getAttribute("data-target")],H=N.includes(String(g));if(A.classList.toggle("near",H),H)for(let $ of N)C.add($)}for(let A of i.children){A.classList.toggle("near",C.has(A.getAttribute("data-place")));let N=A.getAttribute("data-group");U(A,{"aria-pressed":String(N!==null&&N===l.selected)})}}return{element:u,draw:y}}function Up({sides:[e,t]}){let n=r=>`${r.run}, ${Z(r.graph)}`;return`What changed in the circuit of ${t.target.name} from ${n(e)} to ${n(t)}`}function Yp({weight:[e,t],change:n}){return n==="same"?0:Math.abs(n==="turned"?t-e:Math.abs(t)-Math.abs(e))}function Zp(e,{difference:t},n,r,o){let i=f=>o.has(t.nodes[f].change),a=n.filter(f=>!o.has(f.change)&&!i(f.source)&&!i(f.target)),s=new Map,u=a.map(f=>{let[d,h]=[String(f.source),String(f.target)],y={source:d,target:h,weight:f.weight[1],share:Yp(f),stability:null};return s.set(y,f),y}),l=Math.max(0,...u.map(f=>f.share)),c=new Map(r.map((f,d)=>[String(d),f]));e.replaceChildren(...rr(u,l,c,we).map(({link:f,path:d,width:h})=>{let y=s.get(f);return S("path",{class:`edge ${y.change}`,d,"stroke-width":h,"data-source":f.source,"data-target":f.target,"data-change":y.change},S("title",{},`${ur[y.change]}: ${fe(y.weight[0])} → ${fe(y.weight[1])}`))}))}function Qp(e,t,{x:n,y:r},o,i){let a=A=>{let N=A===0?e.before:e.after;return N===null?null:o.sides[A].target.groups[N]},[s,u]=[a(0),a(1)],l=u??s,f=e.layer===o.difference.layers[o.difference.layers.length-1]&&l.label===null?o.sides[1].target.name:ye(l,o.difference.layers),d=[0,1].flatMap(A=>{let{run:N,graph:H}=o.sides[A];return(a(A)?.patches.slice(0,s&&u?1:2)??[]).flatMap(D=>de(i,N,H,D)??[])}),[h,y]=[Y(s?.importance),Y(u?.importance)],T=s&&u&&h!==y?`${h} → ${y}`:Y(l.importance),b=`${f}, ${e.layer}: ${ur[e.change]}, importance ${T}`,g=o.keys[t]??null,C=d.length?9+d.length*(lr+3)+5:12;return S("g",{class:`node ${e.change}`,transform:`translate(${n},${r})`,role:"button","aria-label":b,"aria-disabled":g===null?"true":null,"data-group":g,"data-place":t,"data-change":e.change},S("title",{},b),S("rect",{class:"card",width:we.width,height:we.height,rx:9}),...d.map((A,N)=>{let H=ne(A,lr);return U(H,{x:9+N*(lr+3),y:(we.height-lr)/2}),H}),S("text",{class:"name",x:C,y:24},Me(f,Math.floor((we.width-C-6)/7))),S("text",{class:"importance",x:C,y:41},T.replace(" % →"," →")),wl(e.change,we.width-2,2))}function wl(e,t,n){return S("g",{class:`sign ${e}`,transform:`translate(${t},${n})`},S("circle",{r:7.5}),S("path",{d:Kp[e]}))}function Jp(e,t,n){let[r,o]=[To(e),To(t)],i=_o.filter(l=>r[l]+o[l]>0).map(l=>({change:l,counts:`${te(r[l],"group")}, ${te(o[l],"edge")}`})),a=n-2*dt,s=Math.max(1,Math.min(i.length,Math.floor(a/rn.least))),u=Math.ceil(i.length/s);return{entries:i,pitch:Math.min(rn.most,a/s),across:s,rows:u}}function em(e,{entries:t,pitch:n,across:r},o){e.replaceChildren(...t.map(({change:i,counts:a},s)=>{let[u,l]=[dt+s%r*n,4+Math.floor(s/r)*rn.height];return S("g",{class:`change ${i}`,role:"button","aria-pressed":String(!o.has(i)),"aria-label":`${ur[i]}: ${a}`,"data-change":i,transform:`translate(${u},${l})`},S("title",{},`${o.has(i)?"Show":"Hide"}${i==="unstable"?` what is ${Xp}`:""}`),S("rect",{class:"hit",x:-4,y:-2,width:n-8,height:rn.height-4,rx:7}),S("line",{class:`edge ${i}`,x1:0,x2:26,y1:15,y2:15,"stroke-width":3}),wl(i,13,15),S("text",{x:34,y:12},ur[i]),S("text",{class:"count",x:34,y:27},a))}))}var Rt=[["edge_drift","Edge drift"],["core_turnover","Core turnover"],["importance_turnover","Importance turnover"],["rank_turnover","Rank turnover"],["group_turnover","Group turnover"],["concept_drift","Concept drift"],["polysemanticity","Polysemanticity"]],tm=["changed","re-described"];function nm(e){let[,,,t,n,,r]=e;return t===null||n===null||r===null?!1:r<.05&&t>n}function cr(e,t,n){let r=new Map;return e.forEach(({drift:o},i)=>{for(let a of o?.drifts??[]){let[s,u,l,c,f,,d]=a;if(s!==t||c===null)continue;let h=JSON.stringify([u,l]),y=r.get(h)??{layer:u,below:l,points:[]};r.set(h,y);let T=nm(a),b=T&&tm.includes(o.verdict);y.points.push({place:i,value:c,nullQuantile:f,pAdjusted:d,significant:T,alarm:b})}}),[...r.values()].sort((o,i)=>n.indexOf(o.layer)-n.indexOf(i.layer))}function Co(e,t=()=>!0){let n=[],r=null;for(let o of e.filter(t))r&&o.place===r.place+1?n[n.length-1].push(o):n.push([o]),r=o;return n}function vl(e,t){let n=e[0]?.wall_time??0;return t==="time"?{unit:"time",values:e.map(r=>r.wall_time-n)}:t==="epoch"&&e.every(({epoch:r})=>r!==null)?{unit:"epoch",values:e.map((o,i)=>{let a=u=>u.epoch===o.epoch,s=e.slice(0,i).filter(a).length;return o.epoch+s/e.filter(a).length})}:{unit:"step",values:e.map(r=>r.step)}}function Qe(e){return e===null?"none":e!==0&&Math.abs(e)<.001?e.toExponential(1).replace("-","−"):String(Number(e.toPrecision(3))).replace("-","−")}function kl(e){return e<120?`${Number(e.toFixed(e<10?1:0))} s`:e<7200?`${Number((e/60).toFixed(e<600?1:0))} min`:`${Number((e/3600).toFixed(1))} h`}var rm=44,fr=8,om={edge:["Edge","the edges into"],group:["Group","the groups of"],image:["Image","the images' activations in"]},im={emerge:["emerged","emerged"],disappear:["disappeared","disappeared"],split:["split","split"],merge:["merge","merges"]};function Ml(e,t,n,r,o){let i=e.evidence??[],[a,s]=n,u=l=>p("ol",{},...l.map(c=>lm(c,pi(c,r),t,[s,a],o)));return p("aside",{class:"evidence","aria-label":"Evidence of the change"},p("h2",{},"What changed ",p("span",{class:e.verdict==="changed"?"chip alarm":"chip accent"},e.verdict)),p("p",{class:"muted"},`From ${Z(a)} to ${Z(s)}. ${am(e.events)}`),sm(e,s),p("h3",{},i.length>0?"What makes up most of it":"No evidence was recorded"),u(i.slice(0,fr)),i.length>fr?p("details",{class:"more"},p("summary",{},`${i.length-fr} more`),u(i.slice(fr))):null)}function am(e){let t=Object.entries(im).flatMap(([n,[r,o]])=>{let i=e.filter(a=>a.event===n).length;return i===0?[]:[`${i} ${i===1?r:o}`]});return t.length>0?`Groups: ${t.join(", ")}.`:"Every group survived."}function sm(e,t){let[n,r]=Rt[0],o={step:t.step,epoch:null,wall_time:0,since:t.since,drift:e},i=ie(t.layers),a=u=>i.get(u)??u,s=cr([o],n,t.layers).reverse();return p("table",{},p("caption",{class:"visually-hidden"},r),p("thead",{},p("tr",{},...[r,"value","noise"].map(u=>p("th",{scope:"col"},u)))),p("tbody",{},...s.flatMap(({layer:u,below:l,points:c})=>c.map(f=>p("tr",{class:f.significant?"significant":null},p("th",{scope:"row"},l===null?a(u):`${a(l)} → ${a(u)}`),p("td",{class:"number"},`${f.significant?"◆ ":""}${Qe(f.value)}`),p("td",{class:"number"},f.nullQuantile===null?"–":`≤ ${Qe(f.nullQuantile)}`))))))}function lm(e,t,n,r,o){let i=Math.max(0,Math.min(1,e.share??0)),[a,s]=om[e.kind]??[e.kind,""],u=l=>l===null?"none":Qe(l);return p("li",{},p("p",{class:"what"},p("span",{class:"chip"},a),p("span",{class:"mono"},t)),p("p",{class:"size number"},`${u(e.before)} → ${u(e.after)}`,p("span",{class:"muted"},`${Y(e.share)} of the change in ${s} ${ie(r[0].layers).get(e.layer)??e.layer}`)),S("svg",{class:"share",viewBox:"0 0 100 3",preserveAspectRatio:"none","aria-hidden":"true"},S("rect",{class:"track",width:100,height:3}),S("rect",{class:"part",width:100*i,height:3})),um(e,n,r,o))}function um(e,t,n,r){let o=e.patches.flatMap(a=>n.map(u=>de(r,t,u,a)).find(u=>u!==null)??[]);if(o.length===0)return null;let i=`${o.length} ${o.length===1?"patch":"patches"} to look at`;return p("div",{class:"patches",role:"img","aria-label":i},...o.map(a=>ne(a,rm)))}var cm=[["sides","Side by side"],["difference","Difference"]],Sl={lineage:"A group is the same where it kept its lineage; one without, where its neurons are alike.",members:"A group is the same where its neurons are alike (Jaccard index .3 or more). Networks trained from different seeds have no neuron in common."},Tl=(e,t)=>{let[n,r]=Ze("Compare with run"),[o,i]=Ze("Compare with step"),a=p("span",{class:"view-note"}),s=p("button",{class:"button",type:"button"},"Swap"),u=cm.map(([E,m])=>{let M=p("button",{type:"button",role:"radio","data-mode":E},m);return M.addEventListener("click",()=>e({compare:E})),M}),l=p("div",{class:"segments",role:"radiogroup","aria-label":"How to compare"},...u),c=p("div",{class:"view-head"},n,o,a,s,l),f=p("p",{class:"view-empty",role:"status"}),d=[p("h3"),p("h3")],h=[nn(e,t),nn(e,t)],y=p("div",{class:"sides"},...h.map((E,m)=>p("div",{class:"side"},d[m],E.element))),T=xl(E=>e({group:E}),t),b=p("div",{class:"beside"}),g=p("p",{class:"muted view-note"}),C=p("div",{class:"whole"},p("div",{},g,T.element),b),A=p("section",{class:"view compare","aria-label":"Compare"},c,f,y,C),N=null,H=[],$=0,D="",B=null,G="";t.runs().then(E=>{H=E,I()},()=>{}),r.addEventListener("change",()=>{let E=r.value;e({otherRun:E===N?.run.name?null:E,otherStep:null})}),i.addEventListener("change",()=>e({otherStep:Number(i.value)})),s.addEventListener("click",()=>{let E=N&&$l(N);if(!E)return;let[m,M]=E.snapshots;e({run:E.runs[0].name,step:m.step,otherRun:E.sameRun?null:E.runs[1].name,otherStep:M.step})}),l.addEventListener("keydown",E=>{if(!["ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(E.key))return;E.preventDefault();let m=u.find(M=>M.getAttribute("aria-checked")!=="true");m?.focus(),m?.click()}),Nt(T.element,E=>{$=E,I()});function I(){if(!N)return;let{state:E,run:m,other:M}=N;for(let _ of u){let k=_.dataset.mode===E.compare;_.setAttribute("aria-checked",String(k)),_.tabIndex=k?0:-1}let w=$l(N),R=[...new Set([m.name,...H])];Ye(r,R.map(_=>[_,_===m.name?`${_} (this run)`:_]),M?.name??E.otherRun??m.name);let O=M?.snapshots??[];Ye(i,O.map(_=>[String(_.step),_.graph.name??String(_.step)]),String(w?.snapshots[0].step??"")),n.hidden=R.length<2,o.firstElementChild.textContent=R.length<2?"Compare with step":"step",s.disabled=w===null;let v=w?pm(w):dm(N);f.textContent=v??"",f.hidden=v===null,y.hidden=v!==null||E.compare!=="sides",C.hidden=v!==null||E.compare!=="difference",a.textContent=w?`and ${El(w,1)}`:"",!(!w||v!==null)&&(E.compare==="sides"?L(N,w):x(w,E))}function L(E,m){for(let M of[0,1]){d[M].textContent=`${M===0?"Before: ":"After: "}${El(m,M)}`;let[w,R]=[m.runs[M],m.snapshots[M]],O={...E.state,run:w.name,step:R.step,target:m.target};h[M].update({...E,run:w,snapshot:R,state:O})}}function x(E,m){let M=JSON.stringify(E.runs.map((O,v)=>[O.name,E.snapshots[v].step]));if(B?.key!==M){if(D===M)return;D=M;let O=v=>t.detail(E.runs[v].name,E.snapshots[v].step);Promise.all([O(0),O(1)]).then(v=>{D===M&&(B={key:M,graphs:v},I())},v=>{D===M&&(D="",C.hidden=!0,f.hidden=!1,f.textContent=v instanceof Error?v.message:String(v))});return}if($===0)return;g.textContent=E.sameRun?Sl.lineage:Sl.members;let w=mm(E,B.graphs),R=`${M} ${E.target}`;if(G!==R){G=R;let[O,v]=B.graphs,_=w.sides[1].target.drift,k=E.sameRun&&_!==null&&v.since===O.step;b.replaceChildren(...k?[Ml(_,E.runs[1].name,B.graphs,[w.sides[0].target,w.sides[1].target],t)]:[]),C.classList.toggle("with-evidence",k)}T.draw({...w,width:$,threshold:m.threshold,selected:m.group})}return{element:A,update(E){N=E,I()}}};function $l({run:e,other:t,state:n,snapshot:r}){let o=se(e,n),i=t!==null&&t.name===e.name;if(!r||!t||o===null||n.otherRun!==null&&t.name!==n.otherRun)return null;let a=i?fm(e,r,n.otherStep):Dt(t,n.otherStep);return a&&{runs:[t,e],snapshots:[a,r],target:o,sameRun:i}}function fm(e,t,n){if(n!==null)return Dt(e,n);let r=e.snapshots.find(i=>i.step===t.graph.since),o=e.snapshots.findIndex(i=>i.step===t.step);return r??e.snapshots[Math.max(0,o-1)]??null}var El=(e,t)=>`${e.sameRun?"":`${e.runs[t].name}, `}${Z(e.snapshots[t].graph)}`;function dm({state:e,run:t}){return t.snapshots.length===0?"This run has no snapshot yet.":`Reading ${e.otherRun??t.name} …`}function pm({runs:e,snapshots:t,target:n,sameRun:r}){let o=t.findIndex(i=>pe(i,n)===null);if(o>=0){let i=e[1].targets.find(a=>a.target===n)?.name??n;return`${De(t[o].graph)} of ${e[o].name} holds no circuit of “${i}”. Choose another step or target.`}return r&&t[0].step===t[1].step?`${De(t[0].graph)} is on both sides: nothing differs. Choose another step to compare with.`:null}function _l({nodes:e,links:t,byKey:n}){return{groups:e.map(({group:r})=>({layer:r.layer,number:r.number,lineage:r.lineage,importance:r.importance??0,stable:Ge(r.stability),members:r.members??[]})),edges:t.map(r=>[n.get(r.source).position,n.get(r.target).position,r.share,Ge(r.stability)])}}function mm(e,t){let n=l=>pe({...e.snapshots[l],graph:t[l]},e.target),r=[n(0),n(1)],o=l=>({run:e.runs[l].name,graph:t[l],target:r[l].target}),[i,a]=t,s=[...i.layers.filter(l=>!a.layers.includes(l)),...a.layers],u=ml(s,_l(r[0]),_l(r[1]),e.sameRun);return{difference:u,sides:[o(0),o(1)],keys:hm(u,r,e.sameRun)}}function hm({nodes:e},[t,n],r){return e.map(o=>{if(o.after!==null)return Ce(n.nodes[o.after].group);let i=t.nodes[o.before].group;return r&&i.lineage!==null?Ce(i):null})}function Ee(e,t){return e.names[t]??`class ${t}`}function Ll(e,t){return e.mistakes.find(n=>n.image===t)??e.mistakes[0]??null}function Al({mistakes:e}){let t=new Map;for(let n of e){let r=`${n.true} ${n.predicted}`;t.set(r,[...t.get(r)??[],n])}return[...t.values()].map(n=>({true:n[0].true,predicted:n[0].predicted,mistakes:n}))}function Nl(e,t,n){return[Cl(e,t,n,t.predicted),Cl(e,t,n,t.true)]}function Cl(e,t,n,r){let o=t.circuits.find(c=>c.target===r),i=o===void 0?null:pe(n,r),a=new Map(i?.nodes.map(c=>[J(c.group),c])),s=new Map(o?.path.map(([c,f,d])=>[J({layer:c,number:f}),d])),u=(o?.groups??[]).flatMap(c=>{let f=a.get(J(c)),d=c.fired??c.score>e.threshold;return f===void 0?[]:[{node:f,firing:c,fired:d,share:s.get(J(c))??null}]}),l=[...s.keys()].flatMap(c=>u.find(f=>J(f.firing)===c)??[]);return{target:r,name:Ee(e,r),circuit:i,groups:u,path:l}}function dr([e,t]){let n=e.circuit!==null?e:t;if(n.circuit===null)return null;let r=n===e?n.groups.filter(o=>o.fired):[];return r.length===0?{side:n,groups:n.groups,others:[]}:{side:n,groups:r,others:n.groups.filter(o=>!o.fired)}}function Rl(e,[t,n]){let r=t.circuit===null?n:t,o=r.groups.filter(({firing:i})=>(i.effect?.[0]??0)<0).sort((i,a)=>i.firing.effect[0]-a.firing.effect[0]);return{masked:r,deciding:o.filter(({firing:i})=>i.effect[1]===e.true),turning:r.groups.filter(({firing:{effect:i}})=>i!==null&&i[1]!==e.predicted),strongest:o[0]??null,missing:n.groups.filter(({fired:i})=>!i)}}function Ol(e,t,n,r){let i=e.mistakes.find(l=>l.image===n)?.circuits.find(l=>l.target===r),a=i===void 0?null:pe(t,r),s=new Map(i?.groups.map(l=>[J(l),l.score])),u=new Map;for(let{group:l}of a?.nodes??[]){let c=s.get(J(l));l.lineage!==null&&c!==void 0&&u.set(Ce(l),c)}return u}var gm=300,Pl=6;function pr(e,t,n,{picture:r}){if(r===null)return null;let[o,i,a,s,u]=r;return{href:e.mistakenImage(t,n.step,o),x:i,y:a,width:s,height:u}}function Gl(e,t,n){let r=t.crops[n];if(r===void 0||t.input===null)return null;let[o,i,a,s]=r,[u,l]=[e.width/t.input[1],e.height/t.input[0]];return{href:e.href,x:e.x+i*u,y:e.y+o*l,width:s*u,height:a*l}}function Dl(e,t,n,r){let[o,i]=t.input,a=gm/Math.max(o,i),s=ne(e);s.setAttribute("width",String(i*a)),s.setAttribute("height",String(o*a));let u=S("g",{class:"frames"}),l=S("svg",{class:"large",viewBox:`0 0 ${i*a} ${o*a}`,width:i*a,height:o*a,role:"img","data-export":"","aria-label":r},s,u);function c(h){let y=n.indexOf(h);return y<0?null:y+1}function f(h,{numbers:y,fired:T},b){let g=t.crops[h];if(g===void 0)return null;let[C,A,N,H]=g.map(E=>E*a),$=2+2*b,D={x:A+$,y:C+$,width:H-2*$,height:N-2*$},B=y.join(" "),G=9+6.2*B.length,[I,L]=[Math.min(D.x,i*a-G-2),Math.max(D.y-16,2)],x=[S("rect",{class:"chip",x:I,y:L,width:G,height:15,rx:3}),S("text",{x:I+G/2,y:L+11.5},B)];return S("g",{class:T?null:"silent","data-colour":y[0]??null},S("rect",{class:"under",...D}),S("rect",{class:"box",...D}),...B===""?[]:x)}function d(h){let y=new Map;for(let b of h===null?n:[h])for(let[g]of h===null?b.firing.crops.slice(0,1):b.firing.crops){let C=y.get(g)??{numbers:[],fired:!1},A=c(b),N=A===null?C.numbers:[...C.numbers,A];y.set(g,{numbers:N,fired:C.fired||b.fired})}let T=[...y].map(([b,g],C)=>f(b,g,C));u.replaceChildren(...T.filter(b=>b!==null))}return d(null),{element:l,numberOf:c,point:d}}var ym=2,Il=2,zl=38,bm=28,xm="other probe images make another group of it: it has no lineage and is not followed";function mr(e,t,n,r){let o=wm(e,t,n,r),i=`${r==="more"?"More groups":"Groups"} of ${t.name}`,{large:a}=e,s=n.map(u=>{let l=a?.numberOf(u)??null,c=p("tr",{"data-group":u.node.key,"data-colour":l},...o.map(({cell:f})=>f(u)));if(a!==null){let f=d=>()=>a.point(d);c.addEventListener("pointerenter",f(u)),c.addEventListener("pointerleave",f(null)),c.addEventListener("focusin",f(u)),c.addEventListener("focusout",f(null))}return c});return p("div",{class:"scroll",tabindex:0,role:"region","aria-label":i},p("table",{class:"groups"},p("thead",{},p("tr",{},...o.map(({head:u,title:l})=>p("th",{scope:"col",title:l},u)))),p("tbody",{},...s)))}function wm(e,t,n,r){let{scene:o,whole:i}=e,{record:a,mistake:s}=o;return[i===null?null:{head:"here",title:"the crop of this image that fired it most",cell:l=>vm(e,l)},n.every(l=>Hl(e,l).length===0)?null:{head:"usually",title:"what it usually fires on: its best patches",cell:l=>km(e,l)},{head:"group",title:null,cell:l=>Mm(e,t,l,r)},{head:"importance",title:`how much of “${t.name}” rests on it`,cell:({firing:l})=>p("td",{class:"number"},Y(l.importance))},{head:"× normal",title:"how active it is, 1 being its normal level",cell:l=>p("td",{class:"number score"},l.firing.score.toFixed(2),Sm(l,a))},n.every(({firing:l})=>l.effect===null)?null:{head:"margin if masked",title:"how the margin changes without the group",cell:({firing:l})=>p("td",{class:"number effect",title:l.effect===null?"not measured: it did not fire":null},...$m(l.effect,s,a))},...o.earlier.map(l=>Vl(l,s,t,n))].filter(l=>l!==null)}function Vl({snapshot:e,record:t},n,r,o){let i=Ol(t,e,n.image,r.target);if(!o.some(({node:s})=>i.has(s.key)))return null;let a=`at ${Z(e.graph)}`;return{head:a,title:`× normal ${a}`,cell:({node:s})=>{let u=i.get(s.key);return p("td",{class:"number then",title:u===void 0?"not in the circuit then, or not to be followed":null},u?.toFixed(2)??"–")}}}function vm({whole:e,large:t,scene:n},r){let o=Gl(e,n.record,r.firing.crops[0]?.[0]??-1),i=t?.numberOf(r)??null;return p("td",{},p("span",{class:"here"},o===null?null:ne(o,zl),i===null?null:p("b",{},String(i))))}function km(e,t){let n=Hl(e,t);return p("td",{},p("span",{class:"usual"},...n.map(r=>ne(r,zl))))}function Hl({scene:{run:e,snapshot:t},source:n},{node:r}){return r.group.patches.slice(0,ym).flatMap(o=>de(n,e.name,t,o)??[])}function Mm(e,t,n,r){let{group:o}=n.node,[i,{stability:a}]=[J(o),o];return p("th",{scope:"row"},hr(e,t,n,r),n.share===null?null:p("span",{class:"chip",title:"on the path"},"path"),Ge(a)?null:p("span",{class:"chip",title:xm},"unstable"),p("span",{class:"muted id",title:i},We(i,bm)))}function hr({open:e},t,{node:n},r){let o=p("button",{type:"button",class:"link","data-focus":`group ${r} ${t.target} ${n.key}`,title:`${J(n.group)}: show it in the circuit`},Le(t.circuit,n));return o.addEventListener("click",()=>e(t,n.key)),o}function Sm({firing:e,fired:t},{threshold:n}){let r=o=>100*Math.max(0,Math.min(o,Il))/Il;return S("svg",{class:t?"level fired":"level",viewBox:"0 0 100 8",preserveAspectRatio:"none","aria-hidden":"true"},S("rect",{class:"track",y:2,width:100,height:4}),S("rect",{class:"part",y:2,width:r(e.score),height:4}),S("rect",{class:"tick",x:r(n)-.6,width:1.2,height:8}))}function $m(e,t,n){if(e===null||e[0]===null)return["–"];let[r,o]=e;if(o===t.predicted)return[tt(r)];let i=o===t.true,a=`${i?"✓ ":""}then “${Ee(n,o)}”`;return[tt(r),p("span",{class:i?"then right":"then muted"},a)]}function Fl({scene:{record:e,mistake:t,earlier:n}},r,o,i){let[a,s]=[Ee(e,t.predicted),Ee(e,t.true)],u=i.some(({firing:d})=>d.effect!==null),l=i.every(({node:{group:d}})=>d.lineage!==null||d.label!==null),c=n.flatMap(d=>r.map(y=>Vl(d,t,y,y.groups)).find(y=>y!==null)?.head??[]),f=[["group",`as everywhere in this tab; below it, as neurflow debug names it${l?"":". One without a lineage has no other name"}.`],["importance",`how much of “${o.name}” rests on the group.`],["× normal",`1 is the group’s normal level. Over ${fe(e.threshold)}, the mark on the bar, it fires.`]];return u&&f.push(["margin if masked",`the change of the margin, the logit of “${a}” above that of “${s}”, without the group. Minus: it speaks for the mistake.`]),c.length>0&&f.push([c.join(", "),"× normal then, where this image was among those shown too. –: not in that circuit, or without a lineage."]),p("dl",{class:"columns-said muted"},...f.map(([d,h])=>p("div",{},p("dt",{},d)," ",p("dd",{},h))))}var Lo=420,Ao=196,No=18,gr=36,Em=.3;function jl(e,t,n,r){let o=e.circuit,{graph:i}=o.snapshot,a=new Map(e.groups.map(g=>[g.node.key,g])),s=i.layers.map(g=>o.nodes.filter(({group:C})=>C.layer===g).sort((C,A)=>A.importance-C.importance)),u=Math.max(1,...s.map(g=>g.length)),l=(Ao-No)/u,c=Math.min(gr,l-3),f=(Lo-gr)/Math.max(1,s.length-1),d=new Map;s.forEach((g,C)=>{g.forEach((A,N)=>{let H=No+(Ao-No)/2+(N-(g.length-1)/2)*l;d.set(A.key,{x:gr/2+C*f,y:H})})});let h=ie(i.layers),y=fn(o,Em),T=(g,C)=>{let[A,N]=[d.get(g),d.get(C)],H=(A.x+N.x)/2;return`M${A.x} ${A.y}C${H} ${A.y} ${H} ${N.y} ${N.x} ${N.y}`},b=S("svg",{class:"mini",viewBox:`0 0 ${Lo} ${Ao}`,role:"group","data-export":"","aria-label":`Circuit of ${e.name}`},S("g",{"aria-hidden":"true"},...i.layers.map((g,C)=>S("text",{class:"layer",x:C===0?0:C===s.length-1?Lo:gr/2+C*f,y:10,"text-anchor":C===0?"start":C===s.length-1?"end":"middle"},h.get(g))),...y.map(g=>S("path",{class:"faint",d:T(g.source,g.target)})),..._m(e).map(({source:g,target:C,share:A})=>S("path",{class:"along",d:T(g,C),"data-sign":A<0?"-":"+","stroke-width":2+4*Math.min(1,Math.abs(A))}))),...o.nodes.map(g=>{let{x:C,y:A}=d.get(g.key),N=a.get(g.key),H=de(n,t,o.snapshot,g.group.patches[0]??-1),$={x:C-c/2,y:A-c/2,width:c,height:c},D=H===null?null:ne(H);for(let[G,I]of Object.entries($))D?.setAttribute(G,String(I));let B=N===void 0?"target":N.fired?"fired":"silent";return S("g",{class:`group ${B}${N?.share==null?"":" on-path"}`,role:"button","data-group":g.key,"aria-label":`${Le(o,g)}, ${J(g.group)}${N===void 0?"":`: ${Bl(N)}`}`},S("title",{},`${Le(o,g)}, ${J(g.group)}${N===void 0?"":`: ${Bl(N)}`}`),S("rect",{class:"ground",...$}),D,S("rect",{class:"frame",...$}))}));return xe(b,".group",Oe,g=>r(g.getAttribute("data-group")))(),b}function ql(e){let t=(o,i)=>p("li",{},p("i",{class:o,"aria-hidden":"true"}),i),n=e.flatMap(o=>o.path),r=n.some(({share:o})=>(o??0)<0);return p("ul",{class:"path-keys muted"},t("fired","fired"),t("silent","did not fire"),...n.length>0?[t("along","the path: the strongest edges through groups that fired")]:[],...r?[t("against","lowers what it leads to")]:[])}function Bl({fired:e,firing:t,share:n}){let r=`${e?"fired":"did not fire"}, ${fe(t.score)} × normal`;return n===null?r:`${r}; on the path, ${ht(n)} of its input`}function _m({circuit:e,path:t}){return t.flatMap(({node:n,share:r},o)=>{let i=t[o-1]?.node.key??Tm(e,n.key,r);return i===void 0?[]:[{source:n.key,target:i,share:r}]})}function Tm({links:e},t,n){let r=o=>Math.abs(o.share-n);return e.filter(o=>o.source===t).sort((o,i)=>r(o)-r(i))[0]?.target}var ve=Pl,Cm=8,yr=6,Lm=16,[Am,Wl]=["what spoke for it cannot be told or framed","what was missing of it cannot be told"];function Kl(e,t){let n=p("article",{class:"mistake"}),r=new Set;function o(y){let{record:T,mistake:b,snapshot:g,run:C}=y,A=Nl(T,b,g),N=dr(A),H=pr(t,C.name,T,b),$=N?.groups.slice(0,ve)??[],D=H===null||T.input===null?null:Dl(H,T,$,Nm(b.image,N?.side.name??null)),G={scene:y,source:t,whole:H,large:D,open:(I,L)=>e({view:"circuit",target:I.target,group:L})};n.replaceChildren(i(y,A),p("div",{class:"about"},D===null?null:a(D.element,$),s(G,A),u(G,A),c(y)),...f(G,A),...d(G,A))}function i({mistake:y},[T,b]){return p("header",{},p("h2",{},`Taken for “${T.name}”, but is “${b.name}”`),p("p",{class:"muted"},`Image ${y.image} · ${Y(y.sure)} sure of “${T.name}”, ${Y(y.right)} of “${b.name}” · margin ${fe(y.margin)}`))}function a(y,T){let g=["Framed is where each group of the table fired most",T.some(C=>!C.fired)?"; dashed, where one that did not fire came nearest to it":"",". Point at a group to see all its crops."].join("");return p("figure",{},y,T.length===0?null:p("figcaption",{class:"muted"},g))}function s(y,T){let{mistake:b}=y.scene,[g,C]=T,{masked:A,deciding:N,turning:H,strongest:$,missing:D}=Rl(b,T),B=(x,E)=>x.slice(0,ve).flatMap((m,M)=>[M===0?"":", ",hr(y,E,m,"remedy")]),G=x=>x.length>ve?` and ${x.length-ve} more`:"",I=[],L=(x,E)=>{let m=x.length===1?"Without ":"Without any one of ";return p("p",{},m,...B(x,A),G(x),E)};if(N.length>0)I.push(L(N,` it would be “${C.name}”.`));else if(H.length>0){let x=` it would no longer be “${g.name}”, but not “${C.name}” either.`;I.push(L(H,x))}else if($!==null){let x=$.firing.effect[0];I.push(p("p",{},"No group by itself decided: without ",hr(y,A,$,"remedy"),` the margin of ${fe(b.margin)} changes by ${tt(x)}, and it is “${g.name}” still.`))}else g.circuit!==null&&I.push(p("p",{},`No group of “${g.name}” that fired spoke for it by itself.`));return C.circuit!==null&&I.push(D.length===0?p("p",{},`Of the circuit of “${C.name}” nothing is missing: every group fired.`):p("p",{},`Groups of “${C.name}” that did not fire: `,...B(D,C),G(D),".")),I.length===0?p("div",{class:"remedy"}):p("div",{class:"remedy"},p("h3",{},"What would have to change"),...I)}function u(y,T){let[b,g]=T,C=dr(T),A=[];if(b.circuit===null&&A.push(p("h3",{},`Why “${b.name}”`),Ro(y.scene,b,Am)),C===null&&A.push(p("h3",{},`Why not “${g.name}”`),Ro(y.scene,g,Wl)),C!==null){let{side:$,groups:D,others:B}=C,G=D.slice(0,ve),I=$===g?`Why not “${$.name}”`:`Why “${$.name}”`,L=D.length>ve?` The ${ve} most important:`:"";A.push(p("div",{class:"headed"},p("h3",{},I),p("p",{class:"muted"},`${Xl($)}${L}`)),G.length===0?null:mr(y,$,G,"first"),G.length===0?null:Fl(y,T,$,G),l(y,$,D.slice(ve),B,"that did not fire","reading"))}let N=C?.side??b,H=N===g?`Why not “${N.name}”`:`Why “${N.name}”`;return p("section",{class:"why","aria-label":H,"data-target":N.target},...A.filter($=>$!==null))}function l(y,T,b,g,C,A){let N=[...b,...g];if(N.length===0)return null;let H=p("summary",{"data-focus":`more ${A}`},`${N.length} ${b.length>0?"more":C}`),$=p("details",{class:"more",open:r.has(A)},H,mr(y,T,N,"more"));return $.addEventListener("toggle",()=>{$.open?r.add(A):r.delete(A)}),$}function c({run:y,record:T,mistake:b,snapshot:g}){let C=[g.step,b.predicted,b.sure,b.right,0],A=[...b.past,C].slice(-Cm),N=A.map(B=>{let[G,I,L,x,E]=B,m=y.snapshots.find(v=>v.step===G),M=Z(m?.graph??{step:G}),w="Show this image at that snapshot",R=Ee(T,I),O=p("button",{type:"button",class:"link","data-focus":`past ${G}`,title:w},M);return O.addEventListener("click",()=>e({step:G,image:b.image,playing:!1})),p("tr",{class:B===C?"now":null},p("th",{scope:"row"},E>0&&m!==void 0?O:M),p("td",{},p("span",{class:"taken",title:R},I===b.true?`✓ ${R}`:R)),p("td",{class:"number"},Y(L)),p("td",{class:"number"},Y(x)))}),$=["at","taken for","sure of it",`sure of “${Me(Ee(T,b.true),Lm)}”`],D=A.some(([,,,,B])=>B>0);return p("div",{class:"before"},p("h3",{},"The same image before"),p("div",{class:"scroll",tabindex:0,role:"region","aria-label":"The same image before"},p("table",{},p("thead",{},p("tr",{},...$.map(B=>p("th",{scope:"col"},B)))),p("tbody",{},...N))),D?p("p",{class:"muted note"},"Underlined: among those shown then too."):null)}function f(y,T){let b=T[1],g=dr(T);if(g===null||g.side===b)return[];let C=`Why not “${b.name}”`,A=p("section",{"aria-label":C,"data-target":b.target});if(b.circuit===null)return A.append(p("h3",{},C),Ro(y.scene,b,Wl)),[A];let N=b.groups.filter(I=>!I.fired),H=b.groups.filter(I=>I.fired),$=N.slice(0,ve),D=N.length>ve?`, the ${ve} most important`:"",B=`${Xl(b)}${N.length>0?` Those that did not${D}:`:""}`,G=[p("div",{class:"headed"},p("h3",{},C),p("p",{class:"muted"},B)),$.length===0?null:mr(y,b,$,"first"),l(y,b,N.slice(ve),H,"that fired","right")];return A.append(...G.filter(I=>I!==null)),[A]}function d(y,T){let b=T.filter(g=>g.circuit!==null);return b.length===0?[]:[p("div",{class:"paths"},p("h3",{},"Through the circuits"),ql(b),p("div",{class:b.length===1?"two alone":"two"},...b.map(g=>h(y,g))))]}function h({scene:y,open:T},b){let g=`Circuit of “${b.name}”`,C=b.path.length===0?"Nothing that fired feeds the class.":"";return p("section",{"aria-label":g,"data-target":b.target},p("div",{class:"headed"},p("h4",{},g),p("p",{class:"muted"},C)),jl(b,y.run.name,t,A=>T(b,A)))}return{element:n,draw:o}}function Xl({groups:e}){return`${e.filter(n=>n.fired).length} of ${te(e.length,"group")} fired.`}function Nm(e,t){return t===null?`Image ${e}`:`Image ${e}, and where the groups of ${t} fired`}function Ro({run:e,snapshot:t},{target:n,name:r},o){let i=e.targets.some(f=>f.target===n),a=`This snapshot has no circuit of “${r}”: ${o}.`;if(i)return p("div",{class:"notice"},p("p",{},`${a} Other snapshots of this run have one.`));let s=t.graph.targets,u=s.slice(0,yr).map(f=>`“${f.name}”`),l=s.length>yr?` and ${s.length-yr} more`:"",c=s.length>yr?["…"]:s.map(f=>String(f.target));return p("div",{class:"notice"},p("p",{},`${a} The callback explains its targets alone: ${u.join(", ")}${l}. A training that explains “${r}” too:`),p("pre",{class:"mono"},`NeurFlowCallback(targets=[${[...c,n].join(", ")}], …)`))}var Rm=3,Om=44,Ul=(e,t)=>{let n=p("ol",{class:"kinds"}),[r,o]=[p("p",{class:"muted"}),p("p",{class:"muted rest"})],i=p("nav",{"aria-label":"Mistakes, those that circuits explain first"},r,n,o),a=p("p",{class:"view-note muted",role:"status"}),s=Kl(e,t),u=p("div",{class:"debug-body"},i,p("div",{},a,s.element)),l=p("div",{class:"view-empty",role:"status"}),c=p("section",{class:"view debug","aria-label":"Debug"},u,l),f=xe(n,"button",sr,$=>e({image:Number($.getAttribute("data-image"))})),d=null,h=new WeakMap,y=new WeakSet,T=new WeakSet,b="";function g($,D){let B=h.get(D)??null;return(B?.record??null)!==null||y.has(D)||T.has(D)||(y.add(D),T.add(D),t.mistakes($.name,D.step).catch(G=>{let I=G instanceof Error?G.message:String(G);return{steps:[],record:null,problem:I}}).then(G=>{h.set(D,G),y.delete(D),C()})),B}function C(){if(d===null||d.snapshot===null)return;let{run:$,snapshot:D,state:B}=d,G=g($,D);if(c.setAttribute("aria-busy",String(G===null)),G===null)return;let{record:I}=G,L=I===null?null:Ll(I,B.image);if(u.hidden=L===null,l.hidden=L!==null,I===null||L===null){let M=JSON.stringify([D.step,G]);M!==b&&l.replaceChildren(...Pm(G,D)),b=M;return}let x=A($,L),E=JSON.stringify([$.name,D.step,D.wallTime,L.image,x.length]);if(a.textContent=B.image===null||B.image===L.image?"":`Image ${B.image} is not among the mistakes shown at ${Z(D.graph)}. This is the first of them.`,E===b)return;b=E;let m=document.activeElement?.dataset.focus;N($,I,L),s.draw({run:$,snapshot:D,record:I,mistake:L,earlier:x}),m!==void 0&&c.querySelector(`[data-focus="${CSS.escape(m)}"]`)?.focus()}function A($,D){let B=D.past.filter(x=>x[4]>0),G=([,x])=>x===D.predicted;return[...B.filter(x=>!G(x)),...B.filter(G)].slice(-Rm).map(([x])=>x).sort((x,E)=>x-E).flatMap(x=>{let E=$.snapshots.find(M=>M.step===x),m=E&&g($,E)?.record;return E&&m?[{snapshot:E,record:m}]:[]})}function N($,D,B){let{images:G,wrong:I,mistakes:L}=D,x=Al(D),E=I-L.length,m=E>0?`The ${L.length} that circuits tell most of`:"All of them";r.textContent=`${I} of ${te(G,"probe image")} taken for another class. ${m}, ${te(x.length,"kind")} of mistake, with how sure the network was:`,o.hidden=E<=0,o.replaceChildren(`${E} more ${E===1?"is":"are"} not shown: the callback’s `,p("code",{class:"mono"},"debug_images")," says how many are."),n.replaceChildren(...x.map(M=>p("li",{},...H(M,$,D,B)))),f()}function H($,D,B,G){let[I,L]=[Ee(B,$.predicted),Ee(B,$.true)],x=$.mistakes.map(m=>{let M=pr(t,D.name,B,m);return p("li",{},p("button",{type:"button","data-image":m.image,"data-focus":`image ${m.image}`,"aria-pressed":String(m===G),"aria-label":`Image ${m.image}: taken for ${I}, is ${L}, ${Y(m.sure)} sure`},M===null?p("span",{class:"unpictured"},String(m.image)):ne(M,Om),p("span",{class:"number muted"},Y(m.sure))))}),E=B.mistakes.length===B.wrong;return[p("p",{class:"kind"},p("span",{title:`“${L}” taken for “${I}”`},p("span",{},`“${L}”`)," ",p("span",{},`taken for “${I}”`)),p("span",{class:"muted number",title:E?te(x.length,"mistake"):null},E?`× ${x.length}`:`${x.length} shown`)),p("ol",{class:"mistakes"},...x)]}return{element:c,update($){d?.run.name!==$.run.name&&(h=new WeakMap),d=$,T=new WeakSet,C()}}};function Pm({steps:e,record:t,problem:n},{graph:r}){return n!==null?[p("h2",{},"The mistakes cannot be shown"),p("p",{},n)]:t!==null?[p("h2",{},"No mistakes"),p("p",{},`At ${Z(r)} all ${te(t.images,"probe image")} are taken for what they are.`)]:e.length>0?[p("h2",{},`No mistakes told of at ${Z(r)}`),p("p",{},`They are at ${te(e.length,"snapshot")}, from step ${e[0]} to ${e[e.length-1]}.`)]:[p("h2",{},"No mistakes are recorded in this run"),p("p",{},"Have the callback debug mistakes among the probe images with each snapshot:"),p("pre",{class:"mono"},"NeurFlowCallback(debug_images=4)"),p("p",{},"The probe images need labels. What is already trained is debugged by ",p("code",{class:"mono"},"neurflow debug"),".")]}function pt(e,t){return e==null||t==null?NaN:e<t?-1:e>t?1:e>=t?0:NaN}function Oo(e,t){return e==null||t==null?NaN:t<e?-1:t>e?1:t>=e?0:NaN}function br(e){let t,n,r;e.length!==2?(t=pt,n=(s,u)=>pt(e(s),u),r=(s,u)=>e(s)-u):(t=e===pt||e===Oo?e:Gm,n=e,r=e);function o(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<0?l=f+1:c=f}while(l<c)}return l}function i(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<=0?l=f+1:c=f}while(l<c)}return l}function a(s,u,l=0,c=s.length){let f=o(s,u,l,c-1);return f>l&&r(s[f-1],u)>-r(s[f],u)?f-1:f}return{left:o,center:a,right:i}}function Gm(){return 0}function Po(e){return e===null?NaN:+e}var Yl=br(pt),Zl=Yl.right,Dm=Yl.left,Im=br(Po).center,Go=Zl;var zm=Math.sqrt(50),Vm=Math.sqrt(10),Hm=Math.sqrt(2);function xr(e,t,n){let r=(t-e)/Math.max(0,n),o=Math.floor(Math.log10(r)),i=r/Math.pow(10,o),a=i>=zm?10:i>=Vm?5:i>=Hm?2:1,s,u,l;return o<0?(l=Math.pow(10,-o)/a,s=Math.round(e*l),u=Math.round(t*l),s/l<e&&++s,u/l>t&&--u,l=-l):(l=Math.pow(10,o)*a,s=Math.round(e/l),u=Math.round(t/l),s*l<e&&++s,u*l>t&&--u),u<s&&.5<=n&&n<2?xr(e,t,n*2):[s,u,l]}function wr(e,t,n){if(t=+t,e=+e,n=+n,!(n>0))return[];if(e===t)return[e];let r=t<e,[o,i,a]=r?xr(t,e,n):xr(e,t,n);if(!(i>=o))return[];let s=i-o+1,u=new Array(s);if(r)if(a<0)for(let l=0;l<s;++l)u[l]=(i-l)/-a;else for(let l=0;l<s;++l)u[l]=(i-l)*a;else if(a<0)for(let l=0;l<s;++l)u[l]=(o+l)/-a;else for(let l=0;l<s;++l)u[l]=(o+l)*a;return u}function on(e,t,n){return t=+t,e=+e,n=+n,xr(e,t,n)[2]}function Do(e,t,n){t=+t,e=+e,n=+n;let r=t<e,o=r?on(t,e,n):on(e,t,n);return(r?-1:1)*(o<0?1/-o:o)}function Ql(e,t){switch(arguments.length){case 0:break;case 1:this.range(e);break;default:this.range(t).domain(e);break}return this}function Io(e){return function(){return e}}function zo(e){return+e}var Jl=[0,1];function Ot(e){return e}function Vo(e,t){return(t-=e=+e)?function(n){return(n-e)/t}:Io(isNaN(t)?NaN:.5)}function Fm(e,t){var n;return e>t&&(n=e,e=t,t=n),function(r){return Math.max(e,Math.min(t,r))}}function Bm(e,t,n){var r=e[0],o=e[1],i=t[0],a=t[1];return o<r?(r=Vo(o,r),i=n(a,i)):(r=Vo(r,o),i=n(i,a)),function(s){return i(r(s))}}function jm(e,t,n){var r=Math.min(e.length,t.length)-1,o=new Array(r),i=new Array(r),a=-1;for(e[r]<e[0]&&(e=e.slice().reverse(),t=t.slice().reverse());++a<r;)o[a]=Vo(e[a],e[a+1]),i[a]=n(t[a],t[a+1]);return function(s){var u=Go(e,s,1,r)-1;return i[u](o[u](s))}}function eu(e,t){return t.domain(e.domain()).range(e.range()).interpolate(e.interpolate()).clamp(e.clamp()).unknown(e.unknown())}function qm(){var e=Jl,t=Jl,n=Kn,r,o,i,a=Ot,s,u,l;function c(){var d=Math.min(e.length,t.length);return a!==Ot&&(a=Fm(e[0],e[d-1])),s=d>2?jm:Bm,u=l=null,f}function f(d){return d==null||isNaN(d=+d)?i:(u||(u=s(e.map(r),t,n)))(r(a(d)))}return f.invert=function(d){return a(o((l||(l=s(t,e.map(r),be)))(d)))},f.domain=function(d){return arguments.length?(e=Array.from(d,zo),c()):e.slice()},f.range=function(d){return arguments.length?(t=Array.from(d),c()):t.slice()},f.rangeRound=function(d){return t=Array.from(d),n=os,c()},f.clamp=function(d){return arguments.length?(a=d?!0:Ot,c()):a!==Ot},f.interpolate=function(d){return arguments.length?(n=d,c()):n},f.unknown=function(d){return arguments.length?(i=d,f):i},function(d,h){return r=d,o=h,c()}}function Ho(){return qm()(Ot,Ot)}function Wm(e){return Math.abs(e=Math.round(e))>=1e21?e.toLocaleString("en").replace(/,/g,""):e.toString(10)}function kr(e,t){if(!isFinite(e)||e===0)return null;var n=(e=t?e.toExponential(t-1):e.toExponential()).indexOf("e"),r=e.slice(0,n);return[r.length>1?r[0]+r.slice(2):r,+e.slice(n+1)]}function Pt(e){return e=kr(Math.abs(e)),e?e[1]:NaN}function Xm(e,t){return function(n,r){for(var o=n.length,i=[],a=0,s=e[0],u=0;o>0&&s>0&&(u+s+1>r&&(s=Math.max(1,r-u)),i.push(n.substring(o-=s,o+s)),!((u+=s+1)>r));)s=e[a=(a+1)%e.length];return i.reverse().join(t)}}function Km(e){return function(t){return t.replace(/[0-9]/g,function(n){return e[+n]})}}var Um=/^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;function an(e){if(!(t=Um.exec(e)))throw new Error("invalid format: "+e);var t;return new Fo({fill:t[1],align:t[2],sign:t[3],symbol:t[4],zero:t[5],width:t[6],comma:t[7],precision:t[8]&&t[8].slice(1),trim:t[9],type:t[10]})}an.prototype=Fo.prototype;function Fo(e){this.fill=e.fill===void 0?" ":e.fill+"",this.align=e.align===void 0?">":e.align+"",this.sign=e.sign===void 0?"-":e.sign+"",this.symbol=e.symbol===void 0?"":e.symbol+"",this.zero=!!e.zero,this.width=e.width===void 0?void 0:+e.width,this.comma=!!e.comma,this.precision=e.precision===void 0?void 0:+e.precision,this.trim=!!e.trim,this.type=e.type===void 0?"":e.type+""}Fo.prototype.toString=function(){return this.fill+this.align+this.sign+this.symbol+(this.zero?"0":"")+(this.width===void 0?"":Math.max(1,this.width|0))+(this.comma?",":"")+(this.precision===void 0?"":"."+Math.max(0,this.precision|0))+(this.trim?"~":"")+this.type};function Ym(e){e:for(var t=e.length,n=1,r=-1,o;n<t;++n)switch(e[n]){case".":r=o=n;break;case"0":r===0&&(r=n),o=n;break;default:if(!+e[n])break e;r>0&&(r=0);break}return r>0?e.slice(0,r)+e.slice(o+1):e}var Mr;function Zm(e,t){var n=kr(e,t);if(!n)return Mr=void 0,e.toPrecision(t);var r=n[0],o=n[1],i=o-(Mr=Math.max(-8,Math.min(8,Math.floor(o/3)))*3)+1,a=r.length;return i===a?r:i>a?r+new Array(i-a+1).join("0"):i>0?r.slice(0,i)+"."+r.slice(i):"0."+new Array(1-i).join("0")+kr(e,Math.max(0,t+i-1))[0]}function tu(e,t){var n=kr(e,t);if(!n)return e+"";var r=n[0],o=n[1];return o<0?"0."+new Array(-o).join("0")+r:r.length>o+1?r.slice(0,o+1)+"."+r.slice(o+1):r+new Array(o-r.length+2).join("0")}var nu={"%":(e,t)=>(e*100).toFixed(t),b:e=>Math.round(e).toString(2),c:e=>e+"",d:Wm,e:(e,t)=>e.toExponential(t),f:(e,t)=>e.toFixed(t),g:(e,t)=>e.toPrecision(t),o:e=>Math.round(e).toString(8),p:(e,t)=>tu(e*100,t),r:tu,s:Zm,X:e=>Math.round(e).toString(16).toUpperCase(),x:e=>Math.round(e).toString(16)};function ru(e){return e}var ou=Array.prototype.map,iu=["y","z","a","f","p","n","µ","m","","k","M","G","T","P","E","Z","Y"];function Qm(e){var t=e.grouping===void 0||e.thousands===void 0?ru:Xm(ou.call(e.grouping,Number),e.thousands+""),n=e.currency===void 0?"":e.currency[0]+"",r=e.currency===void 0?"":e.currency[1]+"",o=e.decimal===void 0?".":e.decimal+"",i=e.numerals===void 0?ru:Km(ou.call(e.numerals,String)),a=e.percent===void 0?"%":e.percent+"",s=e.minus===void 0?"−":e.minus+"",u=e.nan===void 0?"NaN":e.nan+"";function l(f,d){f=an(f);var h=f.fill,y=f.align,T=f.sign,b=f.symbol,g=f.zero,C=f.width,A=f.comma,N=f.precision,H=f.trim,$=f.type;$==="n"?(A=!0,$="g"):nu[$]||(N===void 0&&(N=12),H=!0,$="g"),(g||h==="0"&&y==="=")&&(g=!0,h="0",y="=");var D=(d&&d.prefix!==void 0?d.prefix:"")+(b==="$"?n:b==="#"&&/[boxX]/.test($)?"0"+$.toLowerCase():""),B=(b==="$"?r:/[%p]/.test($)?a:"")+(d&&d.suffix!==void 0?d.suffix:""),G=nu[$],I=/[defgprs%]/.test($);N=N===void 0?6:/[gprs]/.test($)?Math.max(1,Math.min(21,N)):Math.max(0,Math.min(20,N));function L(x){var E=D,m=B,M,w,R;if($==="c")m=G(x)+m,x="";else{x=+x;var O=x<0||1/x<0;if(x=isNaN(x)?u:G(Math.abs(x),N),H&&(x=Ym(x)),O&&+x==0&&T!=="+"&&(O=!1),E=(O?T==="("?T:s:T==="-"||T==="("?"":T)+E,m=($==="s"&&!isNaN(x)&&Mr!==void 0?iu[8+Mr/3]:"")+m+(O&&T==="("?")":""),I){for(M=-1,w=x.length;++M<w;)if(R=x.charCodeAt(M),48>R||R>57){m=(R===46?o+x.slice(M+1):x.slice(M))+m,x=x.slice(0,M);break}}}A&&!g&&(x=t(x,1/0));var v=E.length+x.length+m.length,_=v<C?new Array(C-v+1).join(h):"";switch(A&&g&&(x=t(_+x,_.length?C-m.length:1/0),_=""),y){case"<":x=E+x+m+_;break;case"=":x=E+_+x+m;break;case"^":x=_.slice(0,v=_.length>>1)+E+x+m+_.slice(v);break;default:x=_+E+x+m;break}return i(x)}return L.toString=function(){return f+""},L}function c(f,d){var h=Math.max(-8,Math.min(8,Math.floor(Pt(d)/3)))*3,y=Math.pow(10,-h),T=l((f=an(f),f.type="f",f),{suffix:iu[8+h/3]});return function(b){return T(y*b)}}return{format:l,formatPrefix:c}}var vr,Bo,jo;Jm({thousands:",",grouping:[3],currency:["$",""]});function Jm(e){return vr=Qm(e),Bo=vr.format,jo=vr.formatPrefix,vr}function au(e){return Math.max(0,-Pt(Math.abs(e)))}function su(e,t){return Math.max(0,Math.max(-8,Math.min(8,Math.floor(Pt(t)/3)))*3-Pt(Math.abs(e)))}function lu(e,t){return e=Math.abs(e),t=Math.abs(t)-e,Math.max(0,Pt(t)-Pt(e))+1}function qo(e,t,n,r){var o=Do(e,t,n),i;switch(r=an(r??",f"),r.type){case"s":{var a=Math.max(Math.abs(e),Math.abs(t));return r.precision==null&&!isNaN(i=su(o,a))&&(r.precision=i),jo(r,a)}case"":case"e":case"g":case"p":case"r":{r.precision==null&&!isNaN(i=lu(o,Math.max(Math.abs(e),Math.abs(t))))&&(r.precision=i-(r.type==="e"));break}case"f":case"%":{r.precision==null&&!isNaN(i=au(o))&&(r.precision=i-(r.type==="%")*2);break}}return Bo(r)}function eh(e){var t=e.domain;return e.ticks=function(n){var r=t();return wr(r[0],r[r.length-1],n??10)},e.tickFormat=function(n,r){var o=t();return qo(o[0],o[o.length-1],n??10,r)},e.nice=function(n){n==null&&(n=10);var r=t(),o=0,i=r.length-1,a=r[o],s=r[i],u,l,c=10;for(s<a&&(l=a,a=s,s=l,l=o,o=i,i=l);c-- >0;){if(l=on(a,s,n),l===u)return r[o]=a,r[i]=s,t(r);if(l>0)a=Math.floor(a/l)*l,s=Math.ceil(s/l)*l;else if(l<0)a=Math.ceil(a*l)/l,s=Math.floor(s*l)/l;else break;u=l}return e},e}function Je(){var e=Ho();return e.copy=function(){return eu(e,Je())},Ql.apply(e,arguments),eh(e)}var sn={right:26,top:8},Sr={least:56,most:150,letter:6.8},mt={height:18,pitch:23},_e={head:30,least:76,most:170,below:12},Wo=46,th=9,du=[["stable","no edge drift above noise"],["unjudged","no null to judge by"],["drifting","above noise, but not significant or not lasting"],["re-described","significant, but the old neurons still carry the function"],["changed","edge drift is significant"]],pu=e=>{let[t,n]=Ze("Measure"),r=p("p",{class:"muted view-note"}),o=p("div",{class:"view-head"},t,r),i=p("p",{class:"view-empty"}),a=S("g",{class:"verdicts",role:"group","aria-label":"Verdicts"}),s=S("g",{class:"panels"}),u=S("g",{class:"axis","aria-hidden":"true"}),l=S("path",{class:"now"}),c=S("path",{class:"pointer",visibility:"hidden"}),f=S("g",{class:"glyphs","aria-hidden":"true"}),d=S("svg",{class:"drift-chart",role:"group","data-export":!0},a,s,l,c,u,f),h=p("section",{class:"view drift","aria-label":"Drift"},o,i,d),y=null,[T,b]=[0,0],g=null;n.addEventListener("change",()=>e({measure:n.value}));let C=xe(a,".verdict",Oe,G=>e({target:Number(G.getAttribute("data-target")),step:Number(G.getAttribute("data-step"))})),A=xe(s,".point",Oe,G=>N(Number(G.getAttribute("data-place"))));s.addEventListener("click",G=>{if(G.target.closest(".point"))return;let I=H(G);I!==null&&N(I)}),s.addEventListener("pointermove",G=>$(H(G))),s.addEventListener("pointerleave",()=>$(null)),s.addEventListener("focusin",G=>{let I=G.target.closest(".point");$(I?Number(I.getAttribute("data-place")):null)}),s.addEventListener("focusout",()=>$(null)),Nt(h,(G,I)=>{[T,b]=[G,I],D()});function N(G){let I=g?.moments[G];!I||I.since===null||e({view:"compare",compare:"difference",step:I.step,otherRun:null,otherStep:I.since})}function H(G){if(!g)return null;let I=G.clientX-d.getBoundingClientRect().left,L=[...new Set(g.lines.flatMap(({points:E})=>E.map(({place:m})=>m)))],x=E=>Math.abs(g.axes.x(E)-I);return L.sort((E,m)=>x(E)-x(m))[0]??null}function $(G){if(!g||!y)return;c.setAttribute("visibility",G===null?"hidden":"visible"),G!==null&&U(c,{d:uu(g.axes.x(G),g.spans)});let I=g.moments.findIndex(L=>L.step===y.snapshot?.step);[...s.children].forEach((L,x)=>{let E=L.querySelector(".value");E.textContent=sh(g.lines[x],g.moments,G??I)})}function D(){if(!y||T===0)return;let{run:G,state:I}=y,L=se(G,I),x=rh(I),E=`${T} ${b} ${x[0]} ${I.scale}`;if(g?.run===G&&g.target===L&&g.shape===E){B();return}let m=L===null?[]:mu(G.snapshots,L),M=cr(m,x[0],G.layers).reverse(),w=G.snapshots.some(({graph:K})=>K.targets.some(Q=>Q.drift));Ye(n,Rt,x[0]);let R=G.targets.find(K=>K.target===L)?.name??"";if(r.textContent=w?`of “${R}”; choose a point to compare its two steps`:"",i.hidden=w,i.textContent=w?"":"Nothing to compare yet: drift is measured from a run's second snapshot on.",d.toggleAttribute("hidden",!w),g=null,!w)return;let O=oh(m,y,T),{top:v}=sn;U(a,{transform:`translate(0,${v})`}),lh(a,y,L,O);let _=ie(G.layers),k=G.targets.length*mt.pitch,P=nh(b-44-v-k-14-Wo-fu(T),M.length),V=K=>v+k+14+K*(_e.head+P+_e.below),j=M.map((K,Q)=>V(Q)),F=j.map(K=>[K+_e.head,K+_e.head+P]);g={run:G,target:L,shape:E,moments:m,lines:M,axes:O,spans:F};let[X,W]=ah(M);qe(s,M.map((K,Q)=>({one:K,y:j[Q]})),({one:K})=>JSON.stringify([K.layer,K.below]),fh,(K,{one:Q,y:ke})=>dh(K,Q,ke,{axes:O,moments:m,low:X,high:W,width:T,tall:P,measure:x[1],short:_}));let z=V(M.length);M.length===0&&(r.textContent=`No snapshot has ${x[1].toLowerCase()} for ${R}.`),mh(u,O,z),hh(f,T),U(f,{transform:`translate(${O.left+8},${z+Wo+8})`});let q=z+Wo+8+fu(T);U(d,{viewBox:`0 0 ${T} ${q}`,width:T,height:q,"aria-label":`${x[1]} through the run, for ${R}`}),B(),C(),A()}function B(){if(!g||!y)return;let G=y.snapshot?.step??null,I=g.moments.findIndex(L=>L.step===G);U(l,{d:I<0?"":uu(g.axes.x(I),g.spans)});for(let L of a.querySelectorAll("[aria-current]"))L.removeAttribute("aria-current");for(let L of a.querySelectorAll(`.verdict[data-step="${G}"]`))L.setAttribute("aria-current","step");$(null)}return{element:h,update(G){y=G,D()}}},nh=(e,t)=>Math.max(_e.least,Math.min(_e.most,Math.floor(e/Math.max(1,t))-_e.head-_e.below)),uu=(e,t)=>t.map(([n,r])=>`M${e.toFixed(2)},${n}V${r}`).join(""),rh=({measure:e})=>Rt.find(([t])=>t===e)??Rt[0];function mu(e,t){return e.map(({step:n,epoch:r,wallTime:o,graph:i})=>({step:n,name:i.name,epoch:r,wall_time:o,since:i.since,drift:i.targets.find(a=>a.target===t)?.drift??null}))}function oh(e,{run:t,state:n},r){let{unit:o,values:i}=vl(e,n.scale),a=Math.max(0,...t.targets.map(({name:b})=>b.length)),s=Math.ceil(Math.max(Sr.least,Math.min(Sr.most,20+Sr.letter*a))),u=r-sn.right,l=(u-s)/Math.max(1,e.length),c=Math.min(14,l/2),f=Je([i[0]??0,i[i.length-1]??1],[s+c,u-c]),d=b=>e.length===1?(s+u)/2:f(i[b]??0),h=i.map((b,g)=>[g===0?s:(d(g-1)+d(g))/2,g===i.length-1?u:(d(g)+d(g+1))/2]),T=ih(f.domain(),Math.max(2,Math.floor((u-s)/110)),o).map(([b,g])=>({at:f(b),text:g}));return{left:s,x:d,unit:o==="time"?"time since the first snapshot":o,ticks:T,cells:h,pitch:l}}function ih(e,t,n){if(n!=="time")return Je(e,[0,1]).ticks(t).filter(Number.isInteger).map(u=>[u,String(u)]);let r=e[1]-e[0],[o,i]=r<300?["s",1]:r<4*3600?["min",60]:["h",3600];return Je(e.map(s=>s/i),[0,1]).ticks(t).map(s=>[s*i,`${s} ${o}`])}function ah(e){let t=e.flatMap(({points:o})=>o.flatMap(i=>[i.value,i.nullQuantile??0])),[n,r]=[Math.min(0,...t),Math.max(0,...t)];return n<0?[-Math.max(-n,r)*1.1,Math.max(-n,r)*1.1]:[0,r>0?Math.min(Math.max(1,r),r*1.12):1]}function sh(e,t,n){let r=e.points.find(i=>i.place===n),o=t[n];return o===void 0?"":`${Z(o)}: ${r?hu(r):"no value"}`}function hu(e){let t=e.nullQuantile===null?"no null":`noise up to ${Qe(e.nullQuantile)}`,n=e.pAdjusted===null?"":`, adjusted p ${Number(e.pAdjusted.toPrecision(2))}`;return`${Qe(e.value)} · ${t}${n}`}function lh(e,{run:t},n,r){qe(e,t.targets.map((o,i)=>({...o,row:i})),o=>String(o.target),()=>S("g",{class:"ribbon-row"},S("text",{class:"target-name","text-anchor":"end"},S("title"),""),S("g")),(o,i)=>{U(o,{transform:`translate(0,${i.row*mt.pitch})`,"data-current":i.target===n?"":null});let[a,s]=[o.children[0],o.children[1]];U(a,{x:r.left-12,y:mt.height/2,dy:"0.35em"}),a.firstElementChild.textContent=i.name,a.lastChild.textContent=Me(i.name,Math.floor((r.left-20)/Sr.letter));let u=mu(t.snapshots,i.target).map((l,c)=>({moment:l,place:c})).filter(({moment:l})=>l.drift!==null);qe(s,u,({moment:l})=>String(l.step),()=>S("g",{role:"button"},S("title"),S("rect"),S("path")),(l,{moment:c,place:f})=>{let{verdict:d}=c.drift,[h,y]=r.cells[f],T=y-h>6?1:0,b=`${i.name}, ${Z(c)}: ${d}`;U(l,{class:`verdict ${uh(d)}`,"data-target":i.target,"data-step":c.step,"aria-label":b}),l.children[0].textContent=b;let g=y-h<9,C=g?ch[d]??4:mt.height;U(l.children[1],{x:h+T,y:mt.height-C,width:Math.max(1,y-h-2*T),height:C,rx:g?0:3}),U(l.children[2],{d:g?"":gu[d]??"",transform:`translate(${(h+y)/2},${mt.height/2})`})})})}var uh=e=>du.find(([t])=>t===e)?.[0]??"unjudged",ch={stable:4,drifting:9,"re-described":14,changed:mt.height},gu={unjudged:"M-2,-2.4A2.2,2.2 0 1 1 0,0.4V1.4M0,3.6V3.7",drifting:"M-3.6,0.9C-2.4,-2 -1,-2 0,0S2.4,2 3.6,-0.9","re-described":"M0,-4L4,0L0,4L-4,0Z",changed:"M0,-4L4.2,3.4H-4.2Z"};function fh(){return S("g",{class:"panel",role:"group"},S("text",{class:"place",y:19}),S("text",{class:"value",y:19,"text-anchor":"end"}),S("rect",{class:"plot",y:_e.head,rx:4}),S("g",{class:"grid"}),S("path",{class:"null-band"}),S("path",{class:"null-edge"}),S("path",{class:"trace"}),S("g",{class:"points"}))}function cu({layer:e,below:t},n){let r=o=>We(n.get(o)??o,24);return t===null?r(e):`${r(t)} → ${r(e)}`}function dh(e,t,n,r){let{axes:o,moments:i,low:a,high:s,width:u,tall:l,measure:c,short:f}=r,d=Je([a,s],[_e.head+l,_e.head+6]),h=$=>o.x($.place),y=$=>e.querySelector(`:scope > .${$}`);U(e,{transform:`translate(0,${n})`,"aria-label":`${c}, ${cu(t,f)}`}),U(y("place"),{x:o.left}),y("place").textContent=cu(t,f),U(y("value"),{x:u-sn.right}),U(y("plot"),{x:o.left,width:u-sn.right-o.left,height:l});let T=d.ticks(4);qe(y("grid"),T,String,()=>S("g",{},S("line"),S("text",{"text-anchor":"end",dy:"0.35em"})),($,D)=>{U($,{transform:`translate(0,${d(D)})`,class:D===0?"zero":null}),U($.children[0],{x1:o.left,x2:u-sn.right}),U($.children[1],{x:o.left-8}),$.children[1].textContent=Qe(D)});let b=Co(t.points,$=>$.nullQuantile!==null),g=vo($=>$[0],d(0),$=>$[1]),C=At(),A=b.map($=>ph($,h,D=>d(D.nullQuantile),o));U(y("null-band"),{d:A.map($=>g($)).join("")}),U(y("null-edge"),{d:A.map($=>C($)).join("")});let N=At(h,$=>d($.value));U(y("trace"),{d:Co(t.points).map($=>N($)).join("")});let H=o.pitch<th;qe(y("points"),t.points,$=>String(i[$.place].step),()=>S("g",{role:"button"},S("title"),S("circle",{class:"halo",r:8}),S("path")),($,D)=>{let B=i[D.place],{step:G,since:I,drift:L}=B,x=i.find(M=>M.step===I)?.name??I??"none",E=D.alarm?"alarm":D.significant?"significant":"quiet",m=`${De(B)}, compared with ${x}: ${hu(D)}${D.alarm?`. Alarm: ${L.verdict}`:D.significant?". Significant":""}`;U($,{class:`point ${E}`,transform:`translate(${h(D).toFixed(2)},${d(D.value).toFixed(2)})`,"data-place":D.place,"data-step":G,"aria-label":m}),$.children[0].textContent=m,U($.children[2],{d:H&&E==="quiet"?"":Xo[E]})})}function ph(e,t,n,r){let[o,i]=[e[0],e[e.length-1]],a=(s,u)=>{let l=r.cells[s.place][u];return t(s)+Math.sign(l-t(s))*Math.min(14,Math.abs(l-t(s)))};return[[a(o,0),n(o)],...e.map(s=>[t(s),n(s)]),[a(i,1),n(i)]]}var Xo={quiet:"M-2.6,0A2.6,2.6 0 1 1 2.6,0A2.6,2.6 0 1 1 -2.6,0Z",significant:"M0,-4.2L4.2,0L0,4.2L-4.2,0Z",alarm:"M0,-6L6,4.6H-6Z"};function mh(e,t,n){U(e,{transform:`translate(0,${n})`});let r=t.cells.length?(t.cells[0][0]+t.cells[t.cells.length-1][1])/2:0;e.replaceChildren(...t.ticks.map(({at:o,text:i})=>S("g",{},S("line",{x1:o,x2:o,y2:5}),S("text",{x:o,y:19,"text-anchor":"middle"},i))),S("text",{class:"unit",x:r,y:38,"text-anchor":"middle"},t.unit))}var yu=e=>e<1240?2:1,fu=e=>22*yu(e)+8;function hh(e,t){let n=0,r=8,o=(s,u)=>{let l=S("g",{transform:`translate(${n},${r})`},s,S("text",{x:17,dy:"0.35em"},u));return n+=44+u.length*7,l},i=du.map(([s,u])=>o(S("g",{class:`verdict ${s}`},S("title",{},u),S("rect",{x:-8,y:-8,width:16,height:16,rx:3}),S("path",{d:gu[s]??""})),s));yu(t)>1&&([n,r]=[0,30]);let a=[o(S("rect",{class:"null-band",x:-8,y:-8,width:16,height:16,rx:2}),"what noise makes, 99 %"),o(S("g",{class:"point significant"},S("path",{d:Xo.significant})),"significant"),o(S("g",{class:"point alarm"},S("path",{d:Xo.alarm})),"alarm")];e.replaceChildren(...i,...a)}var bu=(e,t)=>e.x<t.x+t.width&&t.x<e.x+e.width&&e.y<t.y+t.height&&t.y<e.y+e.height;function xu(e,t,n,r){let o=[];for(let i of e){let a=-1/0;for(let s of i)s.x-a<n||s.x+s.width>r||t.some(u=>bu(s,u))||o.some(u=>bu(s,u))||(o.push(s),a=s.x)}return o}function vu(e,t,n=[],r=()=>0){if(e<=t)return Array.from({length:e},(a,s)=>s);let o=new Set([0,e-1,...n.filter(a=>a>=0&&a<e)]),i=Math.max(0,t-o.size);for(let a=0;a<i;a+=1){let[s,u]=[a,a+1].map(c=>Math.round(c*e/i)),l=null;for(let c=s;c<u;c+=1)o.has(c)||(l===null||r(c)>r(l))&&(l=c);l!==null&&o.add(l)}return[...o].sort((a,s)=>a-s)}function ku(e,t,n){let r=Math.min(e,Math.max(1,t)),o=Math.max(0,Math.min(e-r,n-Math.floor(r/2)));return Array.from({length:r},(i,a)=>o+a)}var Ko=e=>t=>t.lineage===e;function gh(e,t){let n=new Map,r=(o,i)=>{let a=(s,u)=>s.groups.some(l=>l.number===u);!a(e,o)||!a(t,i)||n.set(o,(n.get(o)??new Set).add(i))};for(let o of e.groups){let i=o.lineage===null?void 0:t.groups.find(Ko(o.lineage));i&&r(o.number,i.number)}if(t.since!==null&&t.since!==e.step)return n;for(let o of t.events)for(let i of o.before)for(let a of o.after)r(i,a);return n}function yh(e,t){let n=r=>new Set([...r].flatMap(o=>[...t.get(o)??[]]));return new Map([...e].map(([r,o])=>[r,n(o)]))}function Mu(e){let[t,n]=[e[0],e[e.length-1]],r=new Map(t.groups.map(i=>[i.number,new Set([i.number])]));for(let i=1;i<e.length;i+=1)r=yh(r,gh(e[i-1],e[i]));let o=[];for(let i of t.groups){if(i.lineage===null)continue;let a=n.groups.some(Ko(i.lineage));for(let s of n.groups){if(s.lineage===null)continue;let l=i.lineage===s.lineage?"same":r.get(i.number)?.has(s.number)?t.groups.some(Ko(s.lineage))?a?null:"merge":"split":null;l&&o.push({source:i.number,target:s.number,become:l})}}return o}function bh(e,t,n,r,o,i){let a=[],s=(c,f)=>c.groups.find(d=>d.number===f)?.lineage??null,u=(c,f)=>f.map(d=>s(c,d)).filter(d=>d!==null),l=(c,f)=>o.some(d=>d.event===c&&d.lineage.includes(f));for(let c of t.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.source===c.number).map(d=>d.target);f.length>1?a.push({turn:"split",column:e-1,number:c.number,lineage:u(n,f)}):f.length===0&&l("disappear",c.lineage)&&a.push({turn:"death",column:e-1,number:c.number,lineage:[c.lineage]})}for(let c of n.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.target===c.number).map(d=>d.source);f.length>1?a.push({turn:"merge",column:e,number:c.number,lineage:u(t,f)}):f.length===0&&i.has(c.lineage)?a.push({turn:"return",column:e,number:c.number,lineage:[c.lineage]}):f.length===0&&a.push({turn:"birth",column:e,number:c.number,lineage:[c.lineage]})}return a}function xh(e){let t=new Map,n=[];return e.forEach((r,o)=>{for(let{lineage:i}of r.groups){if(i===null)continue;let a=t.get(i);a!==void 0&&a<o-1&&n.push({lineage:i,from:a,to:o}),t.set(i,o)}}),n}function Su(e,t){let n=t.map(a=>e[a]),r=[],o=[],i=new Set;return t.forEach((a,s)=>{if(s>0){let u=e.slice(t[s-1],a+1),[l,c]=[u[0],u[u.length-1]],f=Mu(u),d=u.slice(1).flatMap(h=>h.events);r.push(f),o.push(...bh(s,l,c,f,d,i))}for(let{lineage:u}of e[a].groups)u!==null&&i.add(u)}),{moments:n,passages:r,marks:o,gaps:xh(n)}}function wh(e){let t=[];for(let n=1;n<e.length;n+=1){let[r,o]=[e[n-1],e[n]],i=(a,s)=>a.groups.find(u=>u.number===s)?.lineage;for(let a of Mu([r,o]))a.become!=="same"&&t.push([i(r,a.source),i(o,a.target)])}return t}function $u(e){let t=wh(e),n=[];for(let r of e){let o=[...r.groups].sort((i,a)=>a.importance-i.importance);for(let{lineage:i}of o){if(i===null||n.includes(i))continue;let a=t.find(([s,u])=>u===i&&n.includes(s))?.[0];n.splice(a===void 0?n.length:n.indexOf(a)+1,0,i)}}return kh(n,t)}var vh=12;function kh(e,t){let n=new Map(e.map((a,s)=>[a,s])),r=new Map(e.map(a=>[a,[]]));for(let[a,s]of t)r.get(a).push(s),r.get(s).push(a);let o=a=>r.get(a).reduce((s,u)=>s+Math.abs(n.get(a)-n.get(u)),0),i=a=>{[e[a],e[a+1]]=[e[a+1],e[a]],n.set(e[a],a).set(e[a+1],a+1)};for(let a=0;a<vh;a+=1){let s=!1;for(let u=0;u+1<e.length;u+=1){let[l,c]=[e[u],e[u+1]],f=o(l)+o(c);i(u),o(l)+o(c)<f?s=!0:i(u)}if(!s)break}return e}function Eu(e,t){let n=new Map,r=Array.from({length:t},()=>-1);return e.forEach((o,i)=>{let a=o.groups.flatMap(({lineage:u})=>u===null?[]:[u]),s=u=>r[n.get(u)]=i;a.filter(u=>n.has(u)).forEach(s);for(let u of a.filter(l=>!n.has(l)).sort((l,c)=>l-c))n.set(u,r.indexOf(Math.min(...r))),s(u)}),n}var $r=e=>Math.max(0,e.importance);function Mh(e,t){let n=e.map(({groups:o})=>{let i=o.reduce((s,u)=>s+$r(u),0),a=t.height-t.gap*Math.max(0,o.length-1);return i>0?Math.max(0,a)/i:1/0}),r=Math.min(...n,1/0);return Number.isFinite(r)?r:0}function Sh(e,t,n,r,o,i){let a=[...e.groups].sort((c,f)=>r(c)-r(f)||c.number-f.number),s=a.map(c=>$r(c)*o),u=s.reduce((c,f)=>c+f,0)+i.gap*(a.length-1),l=(i.height-u)/2;return a.map((c,f)=>{let d={column:t,group:c,x:n,top:l,bottom:l+s[f]};return l=d.bottom+i.gap,d})}function wu(e,t){let n=t.reduce((o,i)=>o+$r(i.group),0),r=e.top;return t.map(o=>{let i=n>0?$r(o.group)/n:1/t.length,a=[r,r+i*(e.bottom-e.top)];return r=a[1],a})}function _u(e,t,n){let{moments:r,passages:o}=e,i=new Map(t.map((d,h)=>[d,h])),a=d=>d.lineage===null?t.length+1:i.get(d.lineage)??t.length,s=r.length>1?(n.width-n.bar)/(r.length-1):0,u=r.map((d,h)=>h*s),l=Mh(r,n),c=r.map((d,h)=>Sh(d,h,u[h],a,l,n)),f=o.flatMap((d,h)=>$h(c[h],c[h+1],d));return{columns:u,bars:c.flat(),ribbons:f}}function $h(e,t,n){let r=(o,i)=>n.find(a=>a.source===o.group.number&&a.target===i.group.number);return e.flatMap(o=>{let i=t.filter(s=>r(o,s)),a=wu(o,i);return i.map((s,u)=>{let l=e.filter(f=>r(f,s)),c=wu(s,l);return{source:o,target:s,become:r(o,s).become,from:a[u],to:c[l.indexOf(o)]}})})}function Tu(e,t){let[n,r]=[e.source.x+t,e.target.x],o=(n+r)/2,[i,a]=e.from,[s,u]=e.to,l=c=>Math.round(c*100)/100;return`M${l(n)},${l(i)}C${l(o)},${l(i)} ${l(o)},${l(s)} ${l(r)},${l(s)}V${l(u)}C${l(o)},${l(u)} ${l(o)},${l(a)} ${l(n)},${l(a)}Z`}var oe={left:54,right:22,head:42},[Eh,_h]=[260,620],Nu=9,Th=7,Ch=22,Lh=64,Uo=84,Pe={head:44,side:44,least:32,patches:4},Ah=8,Nh=320,ln={width:6.9,bold:8.5,height:13},Rh=46,Ru=(e,t)=>{let[n,r]=Ze("Layer"),[o,i]=Ze("Show"),a=p("p",{class:"muted view-note","aria-live":"polite"}),s=p("div",{class:"view-head"},n,o,a),u=S("g",{class:"columns",role:"group","aria-label":"Snapshots"}),l=S("g",{class:"streams",role:"group","aria-label":"Streams"}),c=S("g",{class:"stream-names","aria-hidden":"true"}),f=S("g",{class:"now","aria-hidden":"true"}),d=S("text",{class:"column-axis",x:4,y:22}),h=S("g",{class:"strip"}),y=S("g",{class:"glyphs","aria-hidden":"true"}),T=S("g",{},d,u,l,c,f),b=S("svg",{class:"lineage-chart",role:"group","data-export":!0},T,h,y),g=p("p",{class:"view-empty"}),C=p("section",{class:"view lineage","aria-label":"Lineage"},s,g,b),A=null,[N,H]=[0,0],$=null,D=xe(u,".column",Oe,I=>e({step:Number(I.getAttribute("data-step"))})),B=xe(l,".stream",sr,I=>{let L=I.getAttribute("data-group"),x=I.getAttribute("data-step"),E=A?.state.group===L,m=$?.layer??null;e({layer:m,group:E?null:L,...x===null?{}:{step:Number(x)}})});r.addEventListener("change",()=>e({layer:r.value,group:null})),i.addEventListener("change",()=>e({span:i.value})),Nt(C,(I,L)=>{[N,H]=[I,L],G()});function G(){if(!A||N===0)return;let{run:I,state:L,snapshot:x}=A,E=se(I,L),m=I.layers.slice(0,-1),w=[E===null?null:Ph(I,E,L.group,m),L.layer].find(W=>W!==null&&m.includes(W))??m[m.length-1],R=w===void 0||E===null?null:Gh(I,E,w),O=R===null||R.moments.length===0;g.textContent=O?"No snapshot has a layer below the target's to follow.":"",g.hidden=!O,b.toggleAttribute("hidden",O);let v=ie(I.layers);if(Ye(r,m.map(W=>[W,v.get(W)??W]),w??""),O||w===void 0||E===null)return;let _=Math.max(2,Math.floor((N-oe.left-oe.right)/Ch)),k=R.moments.length>_;Ye(i,[["run","the whole run"],["around","around this step"]],L.span),o.hidden=!k;let P=Math.max(0,R.snapshots.findIndex(W=>W.step===x?.step)),V=k&&L.span==="around"?ku(R.moments.length,_,P):vu(R.moments.length,_,[],W=>R.moments[W].events.length);a.textContent=Vh(R,V,L.span);let j=Ih(H,N,V.length),F=zh($,{run:I,target:E,layer:w,of:R,shown:V,width:N,height:j});(F!==$||Au(A)!==d.textContent)&&Fh(u,F,A),$||og(y),Xh(l,F,A,F!==$,t),F!==$&&eg(c,F,N);for(let W of c.children){let z=l.classList.contains("has-selection")&&W.getAttribute("data-group")!==L.group;W.classList.toggle("faint",z)}$=F,d.textContent=Au(A),qh(f,u,F,A);let X=rg(h,F,A,t);U(y,{transform:`translate(${oe.left},${X+22})`}),U(b,{viewBox:`0 0 ${N} ${X+40}`,width:N,height:X+40,"aria-label":`Neuron groups of ${w} through the run, for ${Oh(I,E)}`}),D(),B()}return{element:C,update(I){A=I,G()}}},Oh=(e,t)=>e.targets.find(n=>n.target===t)?.name??String(t);function Ph(e,t,n,r){if(n===null)return null;let o=r.find(i=>n.startsWith(`${i}/`));if(o!==void 0)return o;for(let{graph:i}of e.snapshots){let s=(i.targets.find(u=>u.target===t)?.groups??[]).find(u=>`L${u.lineage}`===n);if(s)return r.includes(s.layer)?s.layer:null}return null}var Cu=new WeakMap;function Gh(e,t,n){let r=Cu.get(e)??new Map;Cu.set(e,r);let o=`${t} ${n}`,i=r.get(o);return i||r.set(o,i=Dh(e,t,n)),i}function Dh(e,t,n){let r=[],o=[];for(let i of e.snapshots){let a=i.graph.targets.find(s=>s.target===t);!a||!i.graph.layers.includes(n)||(r.push(i),o.push({step:i.step,since:i.graph.since,groups:Ou(i,t,n).map(({number:s,lineage:u,importance:l})=>({number:s,lineage:u,importance:l??0})),events:(a.drift?.events??[]).filter(s=>s.layer===n)}))}return{snapshots:r,moments:o}}function Ou(e,t,n){return e.graph.targets.find(o=>o.target===t)?.groups.filter(o=>o.layer===n)??[]}var Lu=new WeakMap;function Ih(e,t,n){let{side:r,across:o}=Hu((t-oe.left-oe.right)/Math.max(1,n-1)),i=Pe.head+Math.ceil(Pe.patches/o)*(r+3),a=44+oe.head+i+44;return Math.max(Eh,Math.min(_h,e-a))}function zh(e,t){if(e?.of===t.of&&e.width===t.width&&e.height===t.height&&e.shown.join()===t.shown.join())return e;let r=Lu.get(t.of)??$u(t.of.moments);Lu.set(t.of,r);let o=Su(t.of.moments,t.shown),i=t.width-oe.left-oe.right,a=i-Uo>=Lh*(t.shown.length-1),s=a?i-Uo:i,u=Math.min(Nu,Math.max(3,Math.round(.22*s/t.shown.length))),l={width:s,height:t.height,gap:Th,bar:u},c=_u(o,r,l),f=c.columns[1]??l.width;return{...t,streams:o,layout:c,pitch:f,bar:u,colours:Eu(t.of.moments,Ah),roomy:a}}function Vh(e,t,n){let r=e.moments.length;if(t.length===r)return`${r} snapshots`;if(n==="around"){let[i,a]=[e.moments[t[0]],e.moments[t[t.length-1]]];return`Steps ${i.step} to ${a.step}: ${t.length} of ${r} snapshots in a row`}let o=Math.round(r/t.length);return`${t.length} of ${r} snapshots: the first, the last, and of about every ${o} in between the one with most events`}function Pu(e,{run:t,state:n}){return n.scale==="time"?kl(e.wallTime-(t.snapshots[0]?.wallTime??0)):String((n.scale==="epoch"?e.epoch:e.graph.name)??e.step)}function Hh({graph:e,epoch:t}){return`${De(e)}${e.name!==void 0||t===null?"":`, epoch ${t}`}`}function Au({run:e,state:t}){return t.scale==="step"&&e.snapshots.some(({graph:n})=>n.name!==void 0)?"":t.scale}function Fh(e,t,n){let{layout:r,of:o,shown:i,pitch:a,bar:s}=t,u=Math.max(1,Math.ceil(52/a));qe(e,i.map((l,c)=>({column:c,snapshot:o.snapshots[l]})),({snapshot:l})=>String(l.step),()=>S("g",{class:"column",role:"button"},S("rect",{class:"column-back",rx:6}),S("text",{class:"column-name","text-anchor":"middle",y:22})),(l,{column:c,snapshot:f})=>{let d=oe.left+r.columns[c]+s/2,h=c===0?d-Math.min(oe.left,a/2):d-a/2;U(l,{"data-step":f.step,"data-named":c%u===0?"":null,"aria-label":`${Hh(f)}: ${Bh(t,c)}`});let y=Math.min(d+a/2,t.width-2)-Math.max(2,h);U(l.children[0],{x:Math.max(2,h),y:4,width:y,height:oe.head+t.height+8});let T=Me(Pu(f,n),Math.max(6,Math.floor(a/ln.bold))),b=T.length*ln.bold/2;U(l.children[1],{x:Math.min(Math.max(d,b+4),t.width-b)}),l.children[1].textContent=T})}function Bh({streams:e},t){let n=e.moments[t].groups,r=n.filter(i=>i.lineage===null).length,o=te(n.length,"group");return r?`${o}, ${r} of them unstable`:o}function jh(e,t,n){let r=t.findIndex(s=>s>=e);if(r<0||r===0&&t[0]!==e)return null;if(t[r]===e)return n[r];let[o,i]=[t[r-1],t[r]],a=(e-o)/(i-o);return n[r-1]*(1-a)+n[r]*a}function qh(e,t,n,r){let{layout:o,of:i,shown:a}=n,s=r.snapshot?.step??null,u=i.snapshots.findIndex(h=>h.step===s),l=u<0?null:jh(u,a,o.columns);if([...t.children].forEach((h,y)=>{let T=a[y]===u,b=!T&&l!==null&&Math.abs(o.columns[y]-l)<Rh;U(h,{"aria-current":T?"step":null,"data-near":b?"":null})}),e.replaceChildren(),l===null||a.includes(u))return;let c=oe.left+n.bar/2+l,f=Pu(i.snapshots[u],r),d=12+7*f.length;e.append(S("line",{x1:c,x2:c,y1:32,y2:oe.head+n.height+8}),S("rect",{x:c-d/2,y:6,width:d,height:24,rx:6}),S("text",{x:c,y:22,"text-anchor":"middle"},f))}function Zo({layer:e,streams:t,layout:n}){let r=({column:a,group:s})=>s.lineage===null?`${e}/${s.number}@${a}`:`L${s.lineage}`,o=new Map;for(let a of n.bars){let s=o.get(r(a))??{lineage:a.group.lineage,bars:[],ribbons:[],marks:[]};o.set(r(a),s),s.bars.push(a)}for(let a of n.ribbons)o.get(r(a.become==="split"?a.target:a.source)).ribbons.push(a);for(let a of t.marks){let s=n.bars.find(u=>u.column===a.column&&u.group.number===a.number);o.get(r(s)).marks.push(a)}return[...o].map(([a,s])=>({key:a,...s})).sort((a,s)=>a.bars[0].column-s.bars[0].column||a.bars[0].top-s.bars[0].top)}var Gu=({lineage:e},{colours:t})=>e===null?"unstable":`stream-${t.get(e)}`,Wh=e=>e.key.replace(/@\d+$/,"");function Xh(e,t,{state:n,snapshot:r},o,i){U(e,{transform:`translate(${oe.left},${oe.head})`});let a=t.streams.moments.map(u=>u.step);o&&qe(e,Zo(t),u=>u.key,()=>S("g",{class:"stream",role:"button"}),(u,l)=>{U(u,{class:`stream ${Gu(l,t)}`,"data-group":Wh(l),"data-step":l.lineage===null?a[l.bars[0].column]:null,"aria-label":Du(l,t)}),u.replaceChildren(...Uh(l,t,i))});let s=!1;for(let u of e.children){let l=u.getAttribute("data-step"),c=u.getAttribute("data-group")===n.group&&(l===null||l===String(r?.step));s||=c,U(u,{"aria-pressed":String(c)})}e.classList.toggle("has-selection",s)}function Kh(e,t){let{group:n}=Gt(t,e.bars[0]);return n?.label??String(e.lineage)}function Gt(e,t){let n=e.of.snapshots[e.shown[t.column]],r=Ou(n,e.target,e.layer);return{snapshot:n,group:r.find(o=>o.number===t.group.number)}}function Du(e,t){let n=e.bars.map(f=>Gt(t,f).snapshot.graph),[r,o]=[e.bars[0],e.bars[e.bars.length-1]],i=n.length===1?`at ${Z(n[0])}`:gn(n[0],n[n.length-1]),a=n.length===1?Y(r.group.importance):`${Y(r.group.importance)} to ${Y(o.group.importance)}`,s=e.marks.map(f=>Vu(f,t)).join("; "),{group:u}=Gt(t,r),l=u?ye(u,t.run.layers):"";return`${e.lineage===null?`${l}, unstable`:l}, ${i}, importance ${a}${s&&`. ${s}`}`}function Uh(e,t,n){let{streams:r,layout:o,bar:i}=t,a=S("title",{},Du(e,t)),s=e.ribbons.map(h=>S("path",{class:`ribbon ${h.become}`,d:Tu(h,i)})),u=r.gaps.filter(h=>h.lineage===e.lineage).map(h=>{let y=T=>e.bars.find(b=>b.column===T);return S("path",{class:"sleep",d:Yh(y(h.from),y(h.to),i)})}),l=e.marks.flatMap(h=>Zh(h,e,t)),c=e.bars.map(h=>S("rect",{class:"bar",x:h.x,y:h.top,width:i,height:Math.max(1,h.bottom-h.top),rx:Math.min(2.5,(h.bottom-h.top)/2)})),f=e.bars.flatMap(h=>Qh(h,t,n)),d=e.marks.filter(h=>h.turn!=="birth"||o.bars.length<400).map(h=>ng(h,e,t));return[a,...u,...l,...s,...c,...f,...d]}function Yh(e,t,n){let[r,o]=[e.x+n,(e.top+e.bottom)/2],[i,a]=[t.x,(t.top+t.bottom)/2];return`M${r},${o}C${(r+i)/2},${o} ${(r+i)/2},${a} ${i},${a}`}function Qo(e,{pitch:t,roomy:n}){let r=Math.floor(Math.min(e.bottom-e.top-4,t*.42,44));return n&&r>=14?r:0}function Iu(e,t,n){let[r,o]=[n.pitch-n.bar,un(n)],i=Math.min(24,n.pitch*.3,r/2-o),a=Qo(t,n);return e.turn==="death"&&a>0?Math.min(a+14,r-i-2*o):i}function Zh(e,t,n){if(e.turn==="split"||e.turn==="merge")return[];let r=t.bars.find(c=>c.column===e.column),o=(r.top+r.bottom)/2,i=e.turn==="death",a=i?r.x+n.bar:r.x,s=a+(i?1:-1)*Iu(e,r,n),u=(a+s)/2,l=`M${a},${r.top}C${u},${r.top} ${u},${o} ${s},${o}C${u},${o} ${u},${r.bottom} ${a},${r.bottom}Z`;return[S("path",{class:"ribbon taper",d:l})]}function Qh(e,t,n){let r=Qo(e,t),{snapshot:o,group:i}=Gt(t,e),a=i?.patches[0];if(r===0||a===void 0)return[];let s=de(n,t.run.name,o,a);if(s===null)return[];let u=ne(s,r);return U(u,{x:e.x+t.bar+4,y:(e.top+e.bottom-r)/2,"aria-hidden":"true"}),[u]}function Jh(e,t,{pitch:n,roomy:r}){if(t.lineage===null)return!1;let o=t.ribbons.some(i=>i.source===e);return e.bottom-e.top>=11&&(r||o&&n>=20)}function eg(e,t,n){let r=({bars:u})=>u.reduce((l,c)=>l+c.group.importance,0),o=Zo(t).sort((u,l)=>r(l)-r(u)),i=o.map(u=>u.bars.filter(l=>Jh(l,u,t)).map(l=>tg(l,u,t))),a=un(t),s=o.flatMap(u=>u.marks.map(l=>{let[c,f]=Jo(l,u,t);return{x:c-a,y:f-a,width:2*a,height:2*a}}));U(e,{transform:`translate(${oe.left},${oe.head})`}),e.replaceChildren(...xu(i,s,Nh,n-oe.left).map(({x:u,y:l,height:c,text:f,group:d})=>S("text",{class:"stream-name",x:u,y:l+c/2,dy:"0.35em","data-group":d},f)))}function tg(e,t,n){let r=Qo(e,n),o=t.marks.find(f=>(f.turn==="death"||f.turn==="split")&&f.column===e.column),i=o===void 0?0:Jo(o,t,n)[0]-e.x+un(n)+4,a=Math.max(n.bar+(r>0?r+9:5),i),s=n.roomy?Math.min(n.pitch,Uo+30)-a-16:60,u=Me(Kh(t,n),Math.max(4,Math.floor(s/6.4))),[l,c]=[e.x+a,(e.top+e.bottom-ln.height)/2];return{x:l,y:c,width:u.length*ln.width,height:ln.height,text:u,group:t.key}}var zu={birth:"M0,-3.2L2.9,1.8H-2.9Z",return:"M0,-3.2L2.9,1.8H-2.9Z",death:"M-2.6,-2.6L2.6,2.6M2.6,-2.6L-2.6,2.6",split:"M-3.6,0H-0.8L3.4,-3.4M-0.8,0L3.4,3.4",merge:"M3.6,0H0.8L-3.4,-3.4M0.8,0L-3.4,3.4"},Yo={birth:"emerges",return:"comes back",death:"disappears",split:"splits",merge:"is merged"};function Vu(e,{of:t,shown:n}){let r=i=>Z(t.snapshots[n[i]].graph),o=e.lineage.map(i=>`group ${i}`).join(" and ");return e.turn==="split"?`splits into ${o} by ${r(e.column+1)}`:e.turn==="merge"?`merged from ${o} at ${r(e.column)}`:e.turn==="death"?`disappears after ${r(e.column)}`:`${Yo[e.turn]} at ${r(e.column)}`}var un=({pitch:e})=>Math.max(4,Math.min(6,.2*e));function Jo(e,t,n){let r=t.bars.find(s=>s.column===e.column),[o,i]=[Iu(e,r,n),un(n)],a={birth:-o,return:-o,merge:-i,split:n.bar+i,death:n.bar+o};return[r.x+a[e.turn],(r.top+r.bottom)/2]}function ng(e,t,n){let[r,o]=Jo(e,t,n);return S("g",{class:`turn ${e.turn}`,transform:`translate(${r.toFixed(2)},${o.toFixed(2)})`},S("title",{},Vu(e,n)),S("circle",{r:un(n)}),S("path",{d:zu[e.turn]}))}function Hu(e){let t=r=>Math.floor(Math.min(Pe.side,(e-8)/r-3)),n=[Pe.patches,2].find(r=>t(r)>=Pe.least);return n?{side:t(n),across:n}:{side:Math.floor(Math.min(Pe.side,e-3)),across:1}}function rg(e,t,{state:n},r){let o=oe.head+t.height+Pe.head,i=Zo(t).filter(b=>b.lineage!==null),a=b=>b.bars.reduce((g,C)=>g+C.group.importance,0),s=i.find(b=>b.key===n.group),u=s??[...i].sort((b,g)=>a(g)-a(b))[0];if(e.replaceChildren(),!u||t.of.snapshots.every(({graph:b})=>b.input===null))return o-Pe.head+14;let{side:l,across:c}=Hu(t.pitch),{group:f}=Gt(t,u.bars[0]),d=f?ye(f,t.run.layers):"",h=s?`Patches of ${d} through the run`:`Patches of ${d}, the most important stream here; select another to see its own`,y=S("text",{class:"strip-name",x:oe.left,y:o-12},h),T=u.bars.flatMap(b=>{let{snapshot:g,group:C}=Gt(t,b);return(C?.patches??[]).slice(0,Pe.patches).flatMap((A,N)=>{let H=de(r,t.run.name,g,A);if(H===null)return[];let $=ne(H,l),D=c===1?(t.bar-l)/2:0;return U($,{x:oe.left+b.x+D+N%c*(l+3),y:o+Math.floor(N/c)*(l+3),role:"img","aria-label":`Patch ${N+1} of ${d} at ${Z(g.graph)}`}),[$]})});return U(e,{class:`strip ${Gu(u,t)}`}),e.append(y,...T),o+Math.ceil(Pe.patches/c)*(l+3)}function og(e){let t=["birth","return","death","split","merge"],n=6,r=t.map(a=>{let s=S("g",{class:`turn ${a}`,transform:`translate(${n},0)`},S("circle",{r:6}),S("path",{d:zu[a]}),S("text",{class:"legend-name",x:11,dy:"0.35em"},Yo[a]));return n+=34+Yo[a].length*6.4,s}),o=S("g",{class:"stream unstable",transform:`translate(${n},0)`},S("rect",{class:"bar",x:-4,y:-6,width:Nu,height:12,rx:2.5}),S("text",{class:"legend-name",x:11,dy:"0.35em"},"unstable: in no stream"));n+=168;let i=S("text",{class:"legend-name",x:n,dy:"0.35em"},"height: importance");e.replaceChildren(...r,o,i)}var Fu=`.view.compare {
  container-type: inline-size;
  display: flex;
  flex-direction: column;
}

.compare > .view-head {
  flex: none;
}

.compare .sides {
  display: grid;
  flex: 1;
  grid-template-columns: 1fr 1fr;
  gap: 16px;
  min-height: 380px;
}

.compare .side {
  display: grid;
  grid-template-rows: auto minmax(0, 1fr);
  min-width: 0;
}

.compare .side > h3 {
  padding: 2px 4px 8px;
}

.compare .side .circuit {
  position: relative;
  min-height: 0;
  overflow: hidden;
  border: 1px solid var(--line);
  border-radius: var(--radius);
}

/* Two circuits share the room of one. */
.compare .side .legend output {
  display: none;
}

@container (max-width: 480px) {
  .compare .side .legend .keys {
    display: none;
  }
}

.compare .whole {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 20px;
  align-items: start;
}

@container (min-width: 1160px) {
  .compare .whole.with-evidence {
    grid-template-columns: minmax(0, 1fr) 320px;
  }
}

.compare .difference {
  min-width: 0;
  overflow-x: auto;
}

.difference-chart {
  display: block;
}

.difference-chart .headings text {
  stroke: none;
  fill: var(--ink-2);
  font-size: 13px;
  font-weight: 600;
}

/* --- changes --- */

.difference-chart .gained { --change: var(--gained); }
.difference-chart .lost { --change: var(--lost); }
.difference-chart .stronger { --change: var(--strengthened); }
.difference-chart .weaker { --change: var(--weakened); }
.difference-chart .turned { --change: var(--accent); }
.difference-chart .same { --change: var(--line-strong); }
.difference-chart .unstable { --change: var(--line-strong); }

.difference-chart .edge {
  fill: none;
  stroke: var(--change);
  stroke-linecap: butt;
  stroke-opacity: 0.8;
  transition: stroke-opacity var(--quick);
}

.difference-chart .edge.lost { stroke-dasharray: 9 4; }
.difference-chart .edge.stronger { stroke-opacity: 0.45; }
.difference-chart .edge.weaker { stroke-dasharray: 2.5 3; stroke-opacity: 0.6; }
.difference-chart .edge.turned { stroke-dasharray: 10 3 2.5 3; }
.difference-chart .edge.same { stroke-opacity: 0.5; }
.difference-chart .edge.unstable { stroke-dasharray: 1.5 3.5; stroke-opacity: 0.35; }

.difference-chart .card {
  fill: var(--surface);
  stroke: var(--change);
  stroke-width: 1.5;
}

.difference-chart .gained > .card {
  fill: color-mix(in srgb, var(--change) 9%, var(--surface));
}

.difference-chart .lost > .card {
  fill: color-mix(in srgb, var(--change) 9%, var(--surface));
  stroke-dasharray: 5 3;
}

.difference-chart .same > .card {
  stroke-width: 1;
}

.difference-chart .unstable > .card {
  stroke-dasharray: 2 3;
}

.difference-chart .node.unstable > :is(.picture, .name, .importance) {
  opacity: 0.45;
}

.difference-chart .node {
  cursor: pointer;
  transition: opacity var(--quick);
}

.difference-chart .node[aria-disabled] {
  cursor: default;
}

.difference-chart .name {
  fill: var(--ink);
  font-size: 12.5px;
  font-weight: 550;
}

.difference-chart :is(.name, .importance) {
  text-anchor: start;
}

.difference-chart .importance {
  fill: var(--ink-2);
  font-size: 11.5px;
  font-variant-numeric: tabular-nums;
}

.difference-chart .sign circle {
  fill: var(--change);
}

.difference-chart .sign path {
  fill: none;
  stroke: var(--surface);
  stroke-linecap: round;
  stroke-linejoin: round;
  stroke-width: 1.75;
}

.difference-chart.pointing .node:not(.near) {
  opacity: 0.35;
}

.difference-chart.pointing .edge:not(.near) {
  stroke-opacity: 0.08;
}

.difference-chart.pointing .changes .edge {
  stroke-opacity: 0.8;
}

.difference-chart.pointing .edge.near {
  stroke-opacity: 1;
}

.difference-chart .node[aria-pressed="true"] .card {
  stroke: var(--accent);
  stroke-width: 2.5;
}

.difference-chart :is(.node, .change):focus-visible {
  outline: none;
}

.difference-chart .node:focus-visible .card,
.difference-chart .change:focus-visible .hit {
  stroke: var(--accent);
  stroke-width: 2.5;
}

.difference-chart .change {
  cursor: pointer;
}

.difference-chart .hit {
  fill: transparent;
}

.difference-chart .change:hover .hit {
  fill: var(--surface-2);
}

.difference-chart .change[aria-pressed="false"] > :not(.hit) {
  opacity: 0.4;
}

.difference-chart .change text {
  fill: var(--ink);
  font-size: 12.5px;
}

.difference-chart .change .count {
  fill: var(--ink-3);
  font-size: 11px;
  font-variant-numeric: tabular-nums;
}

/* --- evidence --- */

.evidence {
  display: grid;
  gap: 10px;
}

.evidence h2 {
  display: flex;
  align-items: baseline;
  gap: 8px;
}

.evidence .muted {
  font-size: 12.5px;
}

.evidence table {
  width: 100%;
  border-collapse: collapse;
  font-size: 12.5px;
}

.evidence th {
  color: var(--ink-2);
  font-weight: 400;
  text-align: left;
}

.evidence thead th {
  color: var(--ink-3);
  font-size: 12px;
}

.evidence :is(td, th) {
  padding: 3px 0;
  border-bottom: 1px solid var(--line);
}

.evidence :is(td, thead th:not(:first-child)) {
  text-align: right;
  white-space: nowrap;
}

.evidence tbody th {
  overflow-wrap: anywhere;
}

.evidence .significant td:nth-child(2) {
  color: var(--negative);
  font-weight: 600;
}

.evidence ol {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(280px, 1fr));
  gap: 14px 24px;
  list-style: none;
}

.evidence li {
  display: grid;
  gap: 5px;
  min-width: 0;
}

.evidence .what {
  display: flex;
  align-items: baseline;
  gap: 8px;
  overflow-wrap: anywhere;
}

.evidence .chip {
  flex: none;
}

.evidence .size {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0 12px;
  font-size: 12.5px;
}

.evidence .share {
  width: 100%;
  height: 3px;
}

.evidence .share .track {
  fill: var(--line);
}

.evidence .share .part {
  fill: var(--accent);
}

.evidence .patches {
  display: flex;
  gap: 4px;
}

.compare .whole > div:first-child {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 10px;
  min-width: 0;
}
`;var Bu=`.view.debug {
  container-type: inline-size;
}

.debug-body {
  display: grid;
  grid-template-columns: 222px minmax(0, 1fr);
  gap: 28px;
  align-items: start;
}

.debug nav {
  position: sticky;
  top: 0;
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 12px;
  max-height: calc(100vh - 146px);
  overflow-y: auto;
}

.debug :is(nav > p, .view-note) {
  font-size: 12.5px;
}

.debug .kinds,
.debug .mistakes {
  list-style: none;
}

.debug .kinds {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 12px;
}

.debug .kind {
  display: flex;
  justify-content: space-between;
  gap: 8px;
  margin: 0 5px 2px;
  font-size: 13px;
}

.debug .kind > :first-child {
  min-width: 0;
  font-weight: 600;
}

/* Each class has a line of its own where both have no room in one. */
.debug .kind > :first-child > span {
  display: inline-block;
  max-width: 100%;
  overflow: hidden;
  text-overflow: ellipsis;
  vertical-align: bottom;
  white-space: nowrap;
}

.debug .kind > .number {
  flex: none;
}

.debug .mistakes {
  display: flex;
  flex-wrap: wrap;
}

.debug .mistakes button {
  display: grid;
  justify-items: center;
  gap: 1px;
  width: 55px;
  padding: 5px 0 2px;
  color: inherit;
  font: inherit;
  font-size: 12px;
  background: none;
  border: 1px solid transparent;
  border-radius: var(--radius);
  cursor: pointer;
}

.debug .mistakes button:focus-visible {
  outline-offset: -2px;
}

.debug .mistakes button:hover {
  background: var(--surface-2);
}

.debug .mistakes button[aria-pressed="true"] {
  background: var(--surface);
  border-color: var(--accent);
}

.debug .mistakes button[aria-pressed="true"] .number {
  color: var(--ink);
  font-weight: 600;
}

.debug .unpictured {
  display: grid;
  place-items: center;
  width: 44px;
  height: 44px;
  background: var(--surface-2);
  border-radius: 4px;
}

.debug .picture {
  flex: none;
  border-radius: 4px;
}

.mistake {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 18px;
}

.mistake :is(h2, h3, h4, p, dd) {
  overflow-wrap: anywhere;
}

.mistake :is(h3, h4) {
  color: var(--ink);
  font-size: 14px;
}

.mistake h4 {
  margin: 0;
  font-size: 13px;
  font-weight: 600;
}

.mistake .about {
  display: grid;
  grid-template-areas:
    "figure remedy"
    "figure why"
    "before why";
  grid-template-rows: auto auto 1fr;
  grid-template-columns: 300px minmax(0, 1fr);
  gap: 18px 32px;
}

.mistake .about:not(:has(> figure)) {
  grid-template-areas:
    "remedy remedy"
    "before why";
  grid-template-rows: auto 1fr;
}

.mistake figure {
  display: grid;
  grid-area: figure;
  align-content: start;
  gap: 6px;
}

.mistake :is(figcaption, .note, .columns-said, .path-keys) {
  font-size: 12px;
  line-height: 1.4;
}

.mistake .remedy {
  grid-area: remedy;
}

.mistake .why {
  grid-area: why;
}

.mistake .before {
  grid-area: before;
}

.mistake :is(section, .remedy, .before, .paths) {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  align-content: start;
  gap: 6px;
  min-width: 0;
}

.mistake .why > * + .headed {
  margin-top: 8px;
}

.mistake .headed {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 2px 12px;
}

.mistake .headed > p {
  font-size: 13px;
}

.mistake .notice {
  display: grid;
  gap: 8px;
  max-width: 760px;
  padding: 10px 14px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-left: 3px solid var(--accent);
  border-radius: 6px;
}

.mistake .notice pre {
  margin: 0;
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}

.mistake .columns-said {
  display: grid;
  gap: 1px;
  margin-top: 2px;
}

.mistake .columns-said :is(dt, dd) {
  display: inline;
}

.mistake .columns-said dt {
  color: var(--ink-2);
  font-weight: 600;
}

.mistake .two {
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: 28px;
  margin-top: 4px;
}

.mistake .two.alone {
  grid-template-columns: minmax(0, 1fr);
}

/* The tables go below the image, which stays beside the words. */
@container (max-width: 1160px) {
  .mistake .about {
    grid-template-areas:
      "figure remedy"
      "figure before"
      "why why";
    grid-template-rows: auto 1fr auto;
    grid-template-columns: 240px minmax(0, 1fr);
    gap: 14px 24px;
  }

  .mistake .about:not(:has(> figure)) {
    grid-template-areas:
      "remedy"
      "before"
      "why";
    grid-template-rows: auto;
    grid-template-columns: minmax(0, 1fr);
  }

  .mistake .two {
    grid-template-columns: minmax(0, 1fr);
  }
}

/* The list of mistakes goes above. */
@container (max-width: 860px) {
  .debug-body {
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }

  .debug nav {
    position: static;
    max-height: max(260px, 34vh);
    padding-bottom: 10px;
    border-bottom: 1px solid var(--line);
  }

  .debug .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 18px;
  }

  .debug .kinds > li {
    max-width: min(100%, 300px);
  }
}

/* --- the image --- */

.mistake [data-colour="1"] { --own: #0072b2; }
.mistake [data-colour="2"] { --own: #a34700; }
.mistake [data-colour="3"] { --own: #00694c; }
.mistake [data-colour="4"] { --own: #a0457a; }
.mistake [data-colour="5"] { --own: #7a5c00; }
.mistake [data-colour="6"] { --own: #3b5b73; }

.large {
  --own: #1d2127;
  display: block;
  max-width: 100%;
  height: auto;
  border-radius: 6px;
}

.large .box,
.large .under {
  fill: none;
  stroke: #fff;
  stroke-opacity: 0.7;
  stroke-width: 4;
}

.large .box {
  stroke: var(--own);
  stroke-opacity: 1;
  stroke-width: 2.5;
}

.large .silent .box {
  stroke-dasharray: 5 4;
}

.large .chip {
  fill: var(--own);
}

.large text {
  fill: #fff;
  font-size: 11px;
  font-weight: 600;
  text-anchor: middle;
}

/* --- circuits --- */

.mini {
  display: block;
  width: 100%;
  max-width: 520px;
  height: auto;
  overflow: visible;
}

.mini .layer {
  fill: var(--ink-2);
  font-size: 10.5px;
}

.mini path {
  fill: none;
  stroke: var(--line-strong);
  stroke-opacity: 0.45;
}

.mini .along {
  stroke: var(--positive);
  stroke-opacity: 0.95;
}

.mini .along[data-sign="-"] {
  stroke: var(--negative);
  stroke-dasharray: 6 4;
}

.mini .group {
  cursor: pointer;
  outline: none;
}

.mini .ground {
  fill: var(--surface);
}

.mini .frame {
  fill: none;
  stroke: var(--ink);
  stroke-width: 1.5;
}

.mini .silent .picture {
  opacity: 0.35;
}

.mini .silent .frame {
  stroke: var(--line-strong);
  stroke-dasharray: 3 3;
}

.mini .on-path .frame {
  stroke-width: 3;
}

.mini .group:hover .frame,
.mini .group:focus-visible .frame {
  stroke: var(--accent);
  stroke-width: 3;
}

.path-keys {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 18px;
  list-style: none;
}

.path-keys li {
  display: flex;
  align-items: center;
  gap: 6px;
}

.path-keys i {
  flex: none;
  width: 12px;
  height: 12px;
  border: 1.5px solid var(--ink);
}

.path-keys .silent {
  border: 1.5px dashed var(--line-strong);
}

.path-keys :is(.along, .against) {
  width: 20px;
  height: 0;
  border: 0;
  border-top: 4px solid var(--positive);
}

.path-keys .against {
  border-top: 4px dashed var(--negative);
}

/* --- tables --- */

.mistake table {
  width: 100%;
  border-collapse: collapse;
  font-size: 12.5px;
}

.mistake thead th {
  color: var(--ink-3);
  font-size: 12px;
  font-weight: 400;
}

.mistake :is(td, th) {
  padding: 4px 10px 4px 0;
  border-bottom: 1px solid var(--line);
  text-align: left;
}

.mistake .before table :is(td, th) {
  padding: 3px 8px 3px 0;
}

.mistake .before tbody th {
  white-space: nowrap;
}

.mistake .before .taken {
  display: -webkit-box;
  overflow: hidden;
  overflow-wrap: anywhere;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
}

.mistake tbody th {
  font-weight: 500;
}

.mistake .groups tbody th {
  min-width: 116px;
  overflow-wrap: anywhere;
}

.mistake .groups thead th {
  vertical-align: bottom;
}

.mistake .effect .then {
  display: block;
  max-width: 130px;
  overflow: hidden;
  text-overflow: ellipsis;
}

.mistake .effect .right {
  font-weight: 600;
}

.mistake .id {
  display: block;
  font-size: 12px;
  font-weight: 400;
}

.mistake th .chip {
  margin-left: 6px;
  padding: 0 6px;
  font-size: 11px;
}

.mistake .number {
  white-space: nowrap;
}

.mistake .now > * {
  font-weight: 600;
}

.mistake .score {
  min-width: 76px;
}

.mistake .level {
  display: block;
  width: 100%;
  height: 8px;
}

.mistake .level .track {
  fill: var(--line);
}

.mistake .level .part {
  fill: var(--ink-3);
}

.mistake .level.fired .part {
  fill: var(--accent);
}

.mistake .level .tick {
  fill: var(--ink);
}

.mistake .here {
  position: relative;
  display: block;
  width: fit-content;
}

.mistake .here b {
  position: absolute;
  top: 0;
  left: 0;
  min-width: 15px;
  padding: 0 3px;
  color: #fff;
  font-size: 11px;
  line-height: 15px;
  text-align: center;
  background: var(--own);
}

.mistake .here .picture {
  display: block;
}

.mistake .usual {
  display: flex;
  gap: 3px;
}

.debug .view-empty {
  display: grid;
  gap: 12px;
  justify-items: center;
}

.debug .view-empty pre {
  margin: 0;
  padding: 12px 16px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: var(--radius);
}
`;var ju=`.drift-chart {
  display: block;
}

.drift text {
  font-size: 12px;
}

.drift .target-name {
  fill: var(--ink-2);
}

.drift [data-current] > .target-name {
  fill: var(--ink);
  font-weight: 600;
}

.drift .verdict {
  margin: 0;
  cursor: pointer;
}

.drift .verdict rect {
  fill: var(--verdict);
}

.drift .verdict path {
  fill: none;
  stroke: var(--verdict-sign);
  stroke-linecap: round;
  stroke-linejoin: round;
  stroke-width: 1.5;
}

.drift .verdict.stable {
  --verdict: color-mix(in srgb, var(--positive) 20%, var(--bg));
  --verdict-sign: var(--ink-2);
}

.drift .verdict.unjudged {
  --verdict: var(--surface-2);
  --verdict-sign: var(--ink-3);
}

.drift .verdict.drifting {
  --verdict: color-mix(in srgb, var(--negative) 28%, var(--bg));
  --verdict-sign: var(--ink);
}

.drift .verdict.re-described {
  --verdict: var(--accent);
  --verdict-sign: var(--surface);
}

.drift .verdict.changed {
  --verdict: var(--alarm);
  --verdict-sign: var(--surface);
}

.drift .verdict:is(.changed, .re-described) path {
  fill: var(--verdict-sign);
}

.drift .verdict:hover rect,
.drift .verdict[aria-current] rect {
  stroke: var(--ink);
  stroke-width: 1.25;
}

.drift .verdict:focus-visible {
  outline: none;
}

.drift .verdict:focus-visible rect {
  stroke: var(--accent);
  stroke-width: 3;
}

.drift .plot {
  fill: transparent;
  cursor: pointer;
}

.drift .place {
  fill: var(--ink);
  font-size: 13px;
  font-weight: 600;
}

.drift .value {
  fill: var(--ink-2);
  font-variant-numeric: tabular-nums;
}

.drift .grid line,
.drift .axis line {
  stroke: var(--line);
}

.drift .grid .zero line {
  stroke: var(--line-strong);
}

.drift .grid,
.drift .null-edge,
.drift .trace {
  pointer-events: none;
}

.drift .grid text,
.drift .axis text {
  fill: var(--ink-3);
  font-variant-numeric: tabular-nums;
}

.drift .null-band {
  fill: var(--null-band);
  pointer-events: none;
}

.drift .null-edge {
  fill: none;
  stroke: var(--line-strong);
  stroke-dasharray: 3 3;
}

.drift .trace {
  fill: none;
  stroke: var(--ink-2);
  stroke-linejoin: round;
  stroke-width: 1.75;
}

.drift .point {
  cursor: pointer;
}

.drift .point .halo {
  fill: transparent;
}

.drift .point path {
  fill: var(--ink-2);
  stroke: var(--bg);
  stroke-linejoin: round;
  stroke-width: 1.25;
}

.drift .point.significant path {
  fill: var(--negative);
}

.drift .point.alarm path {
  fill: var(--alarm);
}

.drift .point:hover .halo {
  fill: var(--ink);
  fill-opacity: 0.1;
}

.drift .point:focus-visible {
  outline: none;
}

.drift .point:focus-visible .halo {
  fill: var(--accent-soft);
  stroke: var(--accent);
  stroke-width: 2;
}

.drift .now {
  fill: none;
  pointer-events: none;
  stroke: var(--accent);
  stroke-opacity: 0.6;
  stroke-width: 1.5;
}

.drift .pointer {
  fill: none;
  pointer-events: none;
  stroke: var(--ink-3);
  stroke-dasharray: 2 3;
}

.drift .glyphs text {
  fill: var(--ink-2);
}
`;var qu=`.lineage-chart {
  display: block;
}

.lineage .column {
  cursor: pointer;
}

.lineage .column-back {
  fill: transparent;
}

.lineage .column:hover .column-back {
  fill: var(--surface-2);
}

.lineage .column[aria-current] .column-back {
  fill: var(--accent-soft);
}

.lineage .column-name {
  display: none;
  fill: var(--ink-3);
  font-size: 12px;
  font-variant-numeric: tabular-nums;
}

.lineage .column[data-named] .column-name {
  display: inline;
}

.lineage .column[data-near] .column-name {
  display: none;
}

/* The current step has its name wherever it is; its neighbours make room. */
.lineage .column[aria-current] .column-name {
  display: inline;
  fill: var(--accent);
  font-weight: 600;
}

.lineage .now line {
  stroke: var(--accent);
  stroke-width: 1.5;
}

.lineage .now rect {
  fill: var(--accent-soft);
}

.lineage .now text {
  fill: var(--accent);
  font-size: 12px;
  font-weight: 600;
}

.lineage .column-axis {
  fill: var(--ink-3);
  font-size: 12px;
}

.lineage .stream {
  --stream: var(--ink-3);
  cursor: pointer;
  transition: opacity var(--quick);
}

.lineage .stream-0 { --stream: var(--cat-1); }
.lineage .stream-1 { --stream: var(--cat-2); }
.lineage .stream-2 { --stream: var(--cat-3); }
.lineage .stream-3 { --stream: var(--cat-4); }
.lineage .stream-4 { --stream: var(--cat-5); }
.lineage .stream-5 { --stream: var(--cat-6); }
.lineage .stream-6 { --stream: var(--cat-7); }
.lineage .stream-7 { --stream: var(--cat-8); }

.lineage .bar {
  fill: var(--stream);
}

.lineage .ribbon {
  fill: var(--stream);
  fill-opacity: 0.34;
  transition: fill-opacity var(--quick);
}

.lineage .ribbon.taper {
  fill-opacity: 0.26;
}

.lineage .sleep {
  fill: none;
  stroke: var(--stream);
  stroke-dasharray: 2 4;
  stroke-linecap: round;
  stroke-opacity: 0.55;
  stroke-width: 1.5;
}

.lineage .stream:hover .ribbon,
.lineage .stream:focus-visible .ribbon {
  fill-opacity: 0.55;
}

.lineage .has-selection .stream:not([aria-pressed="true"]) {
  opacity: 0.3;
}

.lineage .has-selection .stream:not([aria-pressed="true"]):is(:hover, :focus-visible) {
  opacity: 0.75;
}

.lineage .stream[aria-pressed="true"] .ribbon {
  fill-opacity: 0.62;
}

.lineage .stream[aria-pressed="true"] .bar {
  stroke: var(--ink);
  stroke-width: 1.5;
}

.lineage .stream:focus-visible {
  outline: none;
}

.lineage .stream:focus-visible .bar {
  stroke: var(--accent);
  stroke-width: 2.5;
}

.lineage .stream-name {
  fill: var(--ink);
  font-size: 12px;
  paint-order: stroke;
  pointer-events: none;
  stroke: var(--bg);
  stroke-opacity: 0.6;
  stroke-width: 3px;
}

.lineage .stream-name.faint {
  opacity: 0.3;
}

.lineage .turn circle {
  fill: var(--bg);
}

.lineage .turn path {
  fill: none;
  stroke: var(--ink-2);
  stroke-linecap: round;
  stroke-linejoin: round;
  stroke-width: 1.5;
}

.lineage .turn.birth path {
  fill: var(--ink-2);
}

.lineage .turn.return path {
  fill: var(--bg);
}

.lineage .legend-name,
.lineage .strip-name {
  fill: var(--ink-2);
  font-size: 12px;
}
`;var Wu=`/* What the lineage, drift, compare and debug views have in common. */
.view:is(.lineage, .drift, .compare, .debug) {
  padding: 14px 20px;
  overflow: auto;
  scrollbar-gutter: stable;
}

.view-head {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px 18px;
  min-height: 32px;
  margin-bottom: 12px;
}

.view-note {
  font-size: 12.5px;
}

.view-empty {
  padding: 64px 12px;
  color: var(--ink-2);
  text-align: center;
}
`;var Xu=[Wu,qu,ju,Fu,Bu];var Ku={circuit:nn,lineage:Ru,drift:pu,compare:Tl,debug:Ul},cg=[Ni,Ri,...Xu];function fg(){let e=document.createElement("style");e.textContent=cg.join(`
`),document.head.append(e),document.documentElement.lang||="en";let t=document.getElementById("neurflow-data");if(t===null){Ir(document.body,Li(),zr(window),{},Ku);return}let n=JSON.parse(t.textContent??""),r=document.body.appendChild(document.createElement("div"));Ir(r,Ai(n),zr(window),n.state??{},Ku)}document.getElementById("neurflow-data")!==null&&fg();export{fg as render};
