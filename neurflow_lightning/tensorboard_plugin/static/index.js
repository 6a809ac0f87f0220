/* Built from frontend/; licences: THIRD_PARTY_LICENSES.txt */
var Fu="http://www.w3.org/2000/svg";function p(e,t={},...n){return Xo(document.createElement(e),t,n)}function k(e,t={},...n){return Xo(document.createElementNS(Fu,e),t,n)}function Xo(e,t,n){for(let[r,o]of Object.entries(t))o===null||o===!1||e.setAttribute(r,o===!0?"":String(o));return e.append(...n.filter(r=>r!==null)),e}function _e(e){return k("svg",{viewBox:"0 0 24 24","aria-hidden":"true"},k("path",{d:e}))}var ge={play:"M7 4.5v15l12-7.5z",pause:"M8 5v14M16 5v14",plus:"M12 5v14M5 12h14",minus:"M5 12h14",fit:"M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",close:"M6 6l12 12M18 6L6 18",save:"M12 4v11M7 11l5 5 5-5M5 20h14",search:"M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16.5 16.5L20 20",warning:"M12 4l9 16H3zM12 10v4M12 17v.5"};function ln(){return matchMedia("(prefers-reduced-motion: reduce)").matches}function K(e){if(e==null)return"–";let t=100*e;if(t===0)return"0 %";let n=Math.abs(t);return n<.05?t<0?">−0.1 %":"<0.1 %":`${Yo(t.toFixed(n<1?1:0))} %`}function et(e){let t=Math.abs(e),n=t!==0&&t<.005?t.toExponential(0):t.toFixed(2);return`${e<0?"−":"+"}${n}`}function pt(e){let t=K(e);return e>=5e-4?`+${t}`:t}var Ko="share of its input that the upper group gets through this edge";function ue(e){return e==null?"–":Yo(String(Math.round(e*100)/100))}function ee(e,t){return`${e} ${t}${e===1?"":"s"}`}function Uo(e){return new Date(e*1e3).toLocaleString(void 0,{month:"short",day:"numeric",hour:"2-digit",minute:"2-digit"})}function qe(e,t){return e.length<=t?e:`…${e.slice(e.length-Math.max(1,t-1))}`}function ie(e){let t=e.map(o=>o.split(".")),n=e.length===0?0:Math.min(...t.map(o=>o.length))-1,r=0;for(;r<n&&t.every(o=>o[r]===t[0][r]);)r++;return new Map(e.map((o,i)=>[o,t[i].slice(r).join(".")]))}function ke(e,t){return e.length<=t?e:`${e.slice(0,Math.max(1,t-1)).trimEnd()}…`}function Yo(e){return e.replace("-","−")}var Bu=.75,Pe=e=>e===null||e>=Bu;function Jo(e,t){let n=t.restarted||e===null?[]:e.snapshots,r=t.snapshots.map(qu),o=new Set(r.map(a=>a.step)),i=[...n.filter(a=>!o.has(a.step)),...r].sort((a,s)=>a.step-s.step);return{name:t.run,layers:ju(i),snapshots:i,targets:Wu(i),problems:t.problems}}function qu(e){return{step:e.step,epoch:e.epoch,wallTime:e.wall_time??0,graph:e}}function ju(e){let t=e[e.length-1]?.graph.layers??[],n=e.flatMap(r=>r.graph.layers);return[...new Set(n.filter(r=>!t.includes(r))),...t]}function Wu(e){let t=new Map;for(let{graph:n}of e)for(let{target:r,name:o}of n.targets)t.set(r,o);return[...t].map(([n,r])=>({target:n,name:r})).sort((n,r)=>n.target-r.target)}function Pt(e,t){let{snapshots:n}=e;if(t===null)return n[n.length-1]??null;for(let r=n.length-1;r>=0;r--)if(n[r].step<=t)return n[r];return n[0]??null}function ae(e,t){return e.targets.some(({target:r})=>r===t.target)?t.target:e.targets[0]?.target??null}function Xu(e,t){return t==="epoch"?e.epoch??e.step:t==="time"?e.wallTime:e.step}function ei(e,t){let n=e.snapshots.map(i=>Xu(i,t));if(t!=="epoch"||e.snapshots.some(i=>i.epoch===null))return t==="epoch"?e.snapshots.map(i=>i.step):n;let r=new Map;for(let i of n)r.set(i,(r.get(i)??0)+1);let o=new Map;return n.map(i=>{let a=o.get(i)??0;return o.set(i,a+1),i+a/r.get(i)})}function ti(e,t){return e.graph.targets.some(n=>(t===null||n.target===t)&&n.drift?.verdict==="changed")}function Te(e){return e.lineage===null?Q(e):`L${e.lineage}`}function Q({layer:e,number:t}){return`${e}/${t}`}function ye(e,t){if(e.label!==null)return e.label;if(e.lineage!==null)return`group ${e.lineage}`;let{layer:n,number:r}=e;return Q({layer:ie(t).get(n)??n,number:r})}function Ce(e,t){let{layers:n}=e.snapshot.graph;return t.group.layer===n[n.length-1]&&t.group.label===null?e.target.name:ye(t.group,n)}var Zo=new WeakMap;function de(e,t){if(t===null)return null;let n=Zo.get(e.graph)??new Map;Zo.set(e.graph,n);let r=n.get(t);if(r===void 0){let o=e.graph.targets.find(i=>i.target===t);r=o===void 0?null:Ku(e,o),n.set(t,r)}return r}function Ku(e,t){let n=t.groups.map((o,i)=>({key:Te(o),position:i,group:o,size:o.members?.length??o.size??1,importance:o.importance??0})),r=t.edges.flatMap(([o,i,a,s])=>{let[u,l]=[n[o],n[i]];if(u===void 0||l===void 0)return[];let c=a/Math.max(1,l.size);return[{source:u.key,target:l.key,weight:a,share:c,stability:s}]});return{snapshot:e,target:t,nodes:n,links:r,byKey:new Map(n.map(o=>[o.key,o])),strongest:Math.max(0,...r.map(o=>Math.abs(o.share)))}}function un(e,t){let n=Qo(e.links,"target"),r=Qo(e.links,"source");return e.links.filter(o=>{let i=Math.abs(o.share),a=i>=t*n.get(o.target);return i>0&&(a||i===r.get(o.source))})}function Qo(e,t){let n=new Map;for(let r of e)n.set(r[t],Math.max(n.get(r[t])??0,Math.abs(r.share)));return n}function vr(e,t,n){return e.snapshots.map(r=>({snapshot:r,node:de(r,t)?.byKey.get(n)??null}))}var Mr=["circuit","lineage","drift","compare","debug"],Sr=["step","epoch","time"],dn=Object.freeze({view:"circuit",run:"",target:null,step:null,otherRun:null,otherStep:null,compare:"sides",group:null,layer:null,span:"run",image:null,measure:"edge_drift",scale:"step",threshold:.1,query:"",live:!1,playing:!1}),kr="nf.",mt=e=>e,Uu=e=>e==="1"?!0:e==="0"?!1:void 0,cn=e=>/^\d{1,15}$/.test(e)?Number(e):void 0,fn=(...e)=>t=>e.find(n=>n===t),Yu=e=>{let t=Number(e);return e!==""&&t>=0&&t<=1?t:void 0},ni={view:fn(...Mr),run:mt,target:cn,step:cn,otherRun:mt,otherStep:cn,compare:fn("sides","difference"),group:mt,layer:mt,span:fn("run","around"),image:cn,measure:mt,scale:fn(...Sr),threshold:Yu,query:mt,live:Uu},ri=Object.keys(ni);function pn(e,t){return Object.keys(t).every(r=>Object.is(e[r],t[r]))?e:Object.freeze({...e,...t})}function $r(e){let t={};for(let[n,r]of Qu(e)){let o=ri.find(a=>kr+a===n),i=o===void 0?void 0:ni[o](r);o!==void 0&&i!==void 0&&(t[o]=i)}return t}function oi(e,t){let r=t.replace(/^#/,"").split("&").filter(i=>i!==""&&!i.startsWith(kr)),o=ri.filter(i=>e[i]!==null&&e[i]!==dn[i]).map(i=>`${kr}${i}=${encodeURIComponent(Zu(e[i]))}`);return`#${[...r,...o].join("&")}`}function Zu(e){return typeof e=="boolean"?e?"1":"0":String(e)}function Qu(e){return e.replace(/^#/,"").split("&").map(t=>{let n=t.indexOf("=");return n<0?[t,""]:[t.slice(0,n),Ju(t.slice(n+1))]})}function Ju(e){try{return decodeURIComponent(e)}catch{return e}}function U({name:e,step:t}){return e??`step ${t}`}function Ge({name:e,step:t}){return e??`Step ${t}`}function mn(e,t){return e.name===void 0&&t.name===void 0?`steps ${e.step} to ${t.step}`:`${U(e)} to ${U(t)}`}var ii=" ⇒ ",ai=" → ";function si({kind:e,name:t,before:n,after:r},o){if(e==="image")return t;let i=[e==="edge"||n!==null,e==="edge"||r!==null];return t.split(ai).map(a=>{let s=a.split(ii),u=[s[0],s[s.length-1]],l=o.flatMap(({groups:c},f)=>{let d=c.find(x=>Q(x)===u[f]);return!i[f]||d===void 0?[]:[d.label===null&&d.lineage===null?Q(d):`${ye(d,[])} of ${d.layer}`]});return l.length>0?[...new Set(l)].join(ii):a}).join(ai)}var ec={step:"Step",epoch:"Epoch",time:"Time"},ht=10;function li(e){let t=p("input",{type:"range",min:0,step:1,class:"visually-hidden","aria-label":"Snapshot"}),n=k("svg",{class:"track","aria-hidden":"true"}),r=p("div",{class:"slider"},n,t),o=p("button",{type:"button",class:"button icon play"}),i=p("p",{class:"moment number"}),a=p("p",{class:"visually-hidden","aria-live":"polite"}),s=ic("Time scale",Sr,ec,L=>e({scale:L})),u=p("button",{type:"button",class:"button live","aria-pressed":"false"},p("i",{}),"Live"),l=p("footer",{class:"time","aria-label":"Time"},o,r,i,s.element,u,a),c=null,f=0,d;o.addEventListener("click",()=>c&&e(Er(c))),u.addEventListener("click",()=>{c!==null&&e(c.state.live?{live:!1}:{live:!0,step:null,playing:!1})}),t.addEventListener("input",()=>h(Number(t.value))),n.addEventListener("pointerdown",L=>{n.setPointerCapture(L.pointerId),t.focus({preventScroll:!0}),x(L)}),n.addEventListener("pointermove",L=>{n.hasPointerCapture(L.pointerId)&&x(L)}),new ResizeObserver(()=>{f=r.clientWidth,c!==null&&b(c)}).observe(r);function h(L){let A=c?.run.snapshots[L];A!==void 0&&e({step:A.step,playing:!1})}function x(L){if(c===null)return;let A=L.clientX-n.getBoundingClientRect().left;h(nc(_(c),A))}function _({run:L,state:A}){return tc(ei(L,A.scale),f)}function b(L){let{run:A,state:N,snapshot:V}=L,$=_(L),D=V===null?-1:A.snapshots.indexOf(V),[H,G]=[f,16],S=ae(A,N),C=A.snapshots.findIndex(T=>T.step===N.otherStep);n.setAttribute("viewBox",`0 0 ${Math.max(1,H)} 32`),n.replaceChildren(k("path",{class:"rail",d:`M${ht} ${G}H${Math.max(ht,H-ht)}`}),...D<0?[]:[k("path",{class:"past",d:`M${ht} ${G}H${$[D]}`})],k("path",{class:"ticks",d:$.map(T=>`M${T} ${G-4}v8`).join("")}),...A.snapshots.flatMap((T,E)=>ti(T,S)?[k("path",{class:"alarm",d:`M${$[E]} ${G-7}l4 -7h-8z`},k("title",{},`${U(T.graph)}: the circuit changed`))]:[]),...C<0||N.view!=="compare"?[]:[k("circle",{class:"other",cx:$[C],cy:G,r:6})],...D<0?[]:[k("circle",{class:"thumb",cx:$[D],cy:G,r:8})])}function y(L,A){let{run:N,state:V,snapshot:$}=L;c=L;let D=$===null?0:N.snapshots.indexOf($);t.max=String(Math.max(0,N.snapshots.length-1)),t.value=String(D),t.disabled=N.snapshots.length===0;let H=$===null?"no snapshot":rc($);t.setAttribute("aria-valuetext",H),i.replaceChildren(...$===null?[H]:oc($,N)),clearTimeout(d),d=setTimeout(()=>{a.textContent!==H&&(a.textContent=H)},400),o.replaceChildren(_e(V.playing?ge.pause:ge.play)),o.setAttribute("aria-label",V.playing?"Pause":"Play"),o.disabled=N.snapshots.length<2,u.hidden=!A,u.setAttribute("aria-pressed",String(V.live)),s.show(V.scale),b(L)}return{element:l,update:y}}function Er({run:e,state:t,snapshot:n}){if(t.playing)return{playing:!1};let r=e.snapshots[e.snapshots.length-1],o=e.snapshots[0];return{playing:!0,live:!1,step:n===r&&o!==void 0?o.step:n?.step??null}}function hn(e,t,n){let r=t===null?-1:e.snapshots.indexOf(t);return e.snapshots[r+n]?.step??null}function tc(e,t){let n=Math.min(...e),r=Math.max(...e)-n,o=Math.max(0,t-2*ht);return e.map(i=>ht+(r>0?o*(i-n)/r:o/2))}function nc(e,t){let n=0;return e.forEach((r,o)=>{Math.abs(r-t)<Math.abs(e[n]-t)&&(n=o)}),n}function rc(e){let t=e.epoch===null?"":`, epoch ${e.epoch}`;return e.graph.name??`${U(e.graph)}${t}`}function oc(e,t){let n=t.snapshots.indexOf(e),r=[e.epoch===null?null:`epoch ${e.epoch}`,e.wallTime>0?Uo(e.wallTime):null,`${n+1}/${t.snapshots.length}`].filter(i=>i!==null),o=Ge(e.graph);return[p("b",{title:o},o),p("span",{class:"muted"},r.join(" · "))]}function ic(e,t,n,r){let o=t.map(a=>{let s=p("button",{type:"button",role:"radio","data-value":a},n[a]);return s.addEventListener("click",()=>r(a)),s}),i=p("div",{class:"segments",role:"radiogroup","aria-label":e},...o);return i.addEventListener("keydown",a=>_r(a,o)),{element:i,show(a){for(let s of o){let u=s.dataset.value===a;s.setAttribute("aria-checked",String(u)),s.tabIndex=u?0:-1}}}}function _r(e,t){let n={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[e.key],r=t.indexOf(document.activeElement);if(n===void 0||r<0)return;e.preventDefault(),e.stopPropagation();let o=t[(r+n+t.length)%t.length];o.focus(),o.click()}var ac={circuit:"Circuit",lineage:"Lineage",drift:"Drift",compare:"Compare",debug:"Debug"};function fi(e,t){let n=ui("Run",c=>e({run:c,step:null,group:null,otherStep:null,playing:!1})),r=ui("Target",c=>e({target:Number(c),group:null})),o=Mr.map(c=>{let f=p("button",{type:"button",role:"tab",id:`tab-${c}`,"aria-controls":"stage","data-view":c},ac[c]);return f.addEventListener("click",()=>e({view:c})),f}),i=p("div",{class:"segments",role:"tablist","aria-label":"Views"},...o);i.addEventListener("keydown",c=>_r(c,o));let a=p("input",{type:"search",class:"field",placeholder:"Neuron or label","aria-label":"Search for a neuron or a label",spellcheck:"false"}),s=p("output",{class:"hits number","aria-live":"polite"});a.addEventListener("input",()=>e({query:a.value}));let u=p("details",{class:"menu problems",hidden:!0});return{element:p("header",{class:"top"},p("h1",{class:"visually-hidden"},"NeurFlow"),p("div",{class:"pickers"},n.element,r.element),i,p("div",{class:"tools"},u,p("span",{class:"search",role:"search"},_e(ge.search),a,s),sc(t))),hits(c){s.textContent=c===null?"":c===0?"none":String(c)},update(c,f,d){n.show(c.map(x=>({value:x,text:x})),f?.run.name??null);let h=f===null?null:ae(f.run,f.state);r.show((f?.run.targets??[]).map(x=>({value:String(x.target),text:x.name})),h===null?null:String(h)),r.element.hidden=d==="debug";for(let x of o){let _=x.dataset.view===d;x.setAttribute("aria-selected",String(_)),x.tabIndex=_?0:-1}f!==null&&a.value!==f.state.query&&(a.value=f.state.query),lc(u,f?.run.problems??[])}}}function ui(e,t){let n=p("select",{class:"select","aria-label":e});n.addEventListener("change",()=>t(n.value));let r="";return{element:p("label",{class:"labelled"},p("span",{"aria-hidden":"true"},e),n),show(o,i){let a=JSON.stringify(o);a!==r&&(n.replaceChildren(...o.map(({value:s,text:u})=>p("option",{value:s},u))),r=a),i!==null&&(n.value=i),n.disabled=o.length===0,n.title=o.find(({value:s})=>s===i)?.text??""}}}function sc(e){let t=p("details",{class:"menu save"}),n=(r,o)=>{let i=p("button",{type:"button",class:"button bare"},o);return i.addEventListener("click",()=>{t.open=!1,e(r)}),i};return t.append(p("summary",{class:"button icon","aria-label":"Save this view",title:"Save this view"},_e(ge.save)),p("div",{class:"popup"},n("svg","Save as SVG"),n("png","Save as PNG"))),di(t),t}function lc(e,t){if(e.hidden=t.length===0,e.hidden)return;let n=t.length===1?"1 snapshot could not be read":`${t.length} snapshots could not be read`;e.replaceChildren(p("summary",{class:"button icon","aria-label":n,title:n},_e(ge.warning)),p("div",{class:"popup"},p("h3",{},n),p("ul",{},...t.map(({step:r,message:o})=>p("li",{},p("b",{class:"number"},r===null?"":`Step ${r}: `),o))))),di(e)}var ci=new WeakSet;function di(e){ci.has(e)||(ci.add(e),document.addEventListener("pointerdown",t=>{e.contains(t.target)||(e.open=!1)}),e.addEventListener("keydown",t=>{t.key!=="Escape"||!e.open||(e.open=!1,e.querySelector("summary")?.focus())}))}var uc=["fill","fill-opacity","stroke","stroke-width","stroke-dasharray","stroke-opacity","stroke-linecap","opacity","visibility","display","font-family","font-size","font-weight","font-variant-numeric","letter-spacing","text-anchor","dominant-baseline","paint-order"],gn=16,yn=2;async function pi(e,t){let n=[...e.querySelectorAll("svg[data-export]")].filter(f=>f.getClientRects().length>0),r=n.map(f=>f.getBoundingClientRect()),o=Math.min(...r.map(f=>f.left),1/0),i=Math.min(...r.map(f=>f.top),1/0),a=Math.max(...r.map(f=>f.right),o)-o+2*gn,s=Math.max(...r.map(f=>f.bottom),i)-i+2*gn,u=getComputedStyle(document.body),l=new Map,c=await Promise.all(n.map(async(f,d)=>{let h=await cc(f,l);return h.setAttribute("x",String(r[d].left-o+gn)),h.setAttribute("y",String(r[d].top-i+gn)),h.setAttribute("width",String(r[d].width)),h.setAttribute("height",String(r[d].height)),h}));return k("svg",{xmlns:"http://www.w3.org/2000/svg",width:a,height:s,viewBox:`0 0 ${a} ${s}`},k("title",{},t),k("rect",{width:"100%",height:"100%",fill:u.backgroundColor}),...c)}function Tr(e){return`<?xml version="1.0" encoding="UTF-8"?>
${new XMLSerializer().serializeToString(e)}`}async function mi(e){let t=Number(e.getAttribute("width")),n=Number(e.getAttribute("height")),r=await gi(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(Tr(e))}`),o=document.createElement("canvas");o.width=Math.ceil(t*yn),o.height=Math.ceil(n*yn);let i=o.getContext("2d");return i.scale(yn,yn),i.drawImage(r,0,0,t,n),new Promise((a,s)=>{o.toBlob(u=>{u===null?s(new Error("This browser made no PNG of the drawing.")):a(u)},"image/png")})}function hi(e,t){let n=URL.createObjectURL(e),r=document.createElement("a");r.href=n,r.download=t,r.click(),setTimeout(()=>URL.revokeObjectURL(n),1e4)}async function cc(e,t){let n=e.cloneNode(!0),r=[e,...e.querySelectorAll("*")],o=[n,...n.querySelectorAll("*")];return r.forEach((i,a)=>fc(i,o[a])),await Promise.all([...n.querySelectorAll("image")].map(async i=>{let a=i.getAttribute("href"),s=i.parentElement;a===null||!(s instanceof SVGSVGElement)||(t.has(a)||t.set(a,gi(a)),dc(await t.get(a),s,i))})),n}function fc(e,t){let n=getComputedStyle(e);t.setAttribute("style",uc.map(r=>`${r}:${n.getPropertyValue(r)}`).join(";"));for(let r of["class","tabindex","role","aria-pressed"])t.removeAttribute(r)}function dc(e,t,n){let{x:r,y:o,width:i,height:a}=t.viewBox.baseVal,s=document.createElement("canvas");s.width=i,s.height=a,s.getContext("2d").drawImage(e,r,o,i,a,0,0,i,a),t.setAttribute("viewBox",`0 0 ${i} ${a}`),n.setAttribute("href",s.toDataURL("image/png")),n.setAttribute("width",String(i)),n.setAttribute("height",String(a))}function gi(e){return new Promise((t,n)=>{let r=new Image;r.onload=()=>t(r),r.onerror=()=>n(new Error("A picture of this view could not be read.")),r.src=e})}var yi="http://www.w3.org/2000/svg";function ce(e,t,n,r){let o="graph"in n?n.graph:n,i=o.patches[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function bi(e,t,n,r){let o="graph"in n?n.graph:n,i=o.images[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function te(e,t=null){let n=document.createElementNS(yi,"svg");return n.classList.add("picture"),t!==null&&(n.setAttribute("width",String(t)),n.setAttribute("height",String(t))),n.append(document.createElementNS(yi,"image")),Cr(n,e),n}function Cr(e,t){let n=`${t.x} ${t.y} ${t.width} ${t.height}`;e.getAttribute("viewBox")!==n&&e.setAttribute("viewBox",n),e.setAttribute("preserveAspectRatio","xMidYMid slice");let r=e.firstElementChild;r.getAttribute("href")!==t.href&&r.setAttribute("href",t.href)}var pc=120;function wi(e,t){let n=p("aside",{class:"detail","aria-label":"Details"}),r=null,o=null,i=0,a,s=0;n.addEventListener("scroll",()=>s=n.scrollTop,{passive:!0});function u(S){r?.state.group!==S.state.group&&(i=0),r=S,clearTimeout(a);let{snapshot:C,run:T,state:E}=S;n.classList.toggle("open",E.group!==null),!mc(E)&&(C!==null&&l(S)===null&&(a=setTimeout(()=>{t.detail(T.name,C.step).then(m=>{o={run:T.name,graph:m},r?.snapshot===C&&f()},m=>{r?.snapshot===C&&c(String(m instanceof Error?m.message:m))})},pc)),f())}function l({run:S,snapshot:C}){return o!==null&&o.run===S.name&&o.graph.step===C?.step?o.graph:null}function c(S){n.append(p("p",{class:"muted",role:"status"},S))}function f(){if(r===null)return;let{snapshot:S,state:C,run:T}=r,E=S&&de(S,ae(T,C)),m=C.group===null?null:E?.byKey.get(C.group)??null,M=n.contains(document.activeElement)?document.activeElement.dataset.focus:void 0;E===null?n.replaceChildren():C.group===null?n.replaceChildren(...V(E)):m===null?n.replaceChildren(...x(E,r,C.group)):n.replaceChildren(...h(E,m,r)),s>0&&(n.scrollTop=s),M!==void 0&&n.querySelector(`[data-focus="${CSS.escape(M)}"]`)?.focus()}function d(S,C,T){let E=p("button",{type:"button",class:"button icon bare","aria-label":"Close details","data-focus":"close"},_e(ge.close));return E.addEventListener("click",()=>e({group:null})),p("header",{},p("div",{},p("h2",{},S),p("p",{class:"muted"},C.filter(Boolean).join(" · "))),T?E:null)}function h(S,C,T){let E=l(T)?.targets.find(M=>M.target===S.target.target),m=E?.groups.find(M=>Te(M)===C.key)??C.group,{stability:w}=C.group;return[d(Ce(S,C),[Q(C.group),C.group.lineage===null?null:`lineage ${C.group.lineage}`],!0),p("div",{class:"facts"},Lr("importance",K(C.group.importance)),Lr("members",String(C.size)),...w===null?[]:[Lr(Pe(w)?"stable":"stable (too little)",K(w))]),..._(m.patches,T),je("History",G(T,S,C.key)),...y("Fed by",S,C,"target","source"),...y("Feeds",S,C,"source","target"),je("Neurons",A(m.members,C,E))]}function x(S,C,T){let E=vr(C.run,S.target.target,T).filter(M=>M.node!==null),m=E[E.length-1]?.node,w=E.map(({snapshot:M})=>M.graph);return[d(m?ye(m.group,C.run.layers):T,[m?.group.layer??null],!0),p("p",{class:"muted"},w.length===0?"No snapshot of this target holds this group.":`Not in the circuit at ${U(S.snapshot.graph)}. It is there in ${ee(w.length,"snapshot")}, ${mn(w[0],w[w.length-1])}.`),...w.length===0?[]:[je("History",G(C,S,T))]]}function _(S,C){let{run:T,snapshot:E}=C;if(E===null)return[];let m=l(C)??E.graph,w=S.flatMap(P=>{let v=ce(t,T.name,m,P);return v===null?[]:[{row:P,cut:v}]});if(w.length===0)return[];let M=w[Math.min(i,w.length-1)],R=p("div",{class:"strip",role:"group","aria-label":"Patches, best first"});return w.forEach(({row:P,cut:v},g)=>{let O=xi(m,P),I=p("button",{type:"button","aria-pressed":String(P===M.row),"aria-label":`Patch ${g+1} of ${w.length}${O===null?"":`, from an image of ${O}`}`,"data-focus":`patch ${g}`},te(v));I.addEventListener("click",()=>{i=g,f()}),R.append(I)}),[p("figure",{class:"gallery"},b(M.row,m,T.name),R)]}function b(S,C,T){let[,,,E,m,w,M,R,P,v]=C.patches[S],g=bi(t,T,C,w),O=xi(C,S),I=p("figcaption",{class:"muted"},`image ${w}${O===null?"":`, labelled “${O}”`}`);if(g===null||C.input===null){let W=te(ce(t,T,C,S));return W.setAttribute("style",`aspect-ratio: ${E} / ${m}`),p("div",{class:"source"},W,I)}let[j,F]=C.input,z=k("svg",{class:"whole",viewBox:`0 0 ${F} ${j}`,role:"img","aria-label":`Patch on image ${w}${O===null?"":` of ${O}`}`}),q=te(g);q.setAttribute("width",String(F)),q.setAttribute("height",String(j));let B={x:R,y:M,width:v,height:P};return z.append(q,k("path",{class:"veil","fill-rule":"evenodd",d:`M0 0H${F}V${j}H0ZM${R} ${M}h${v}v${P}h${-v}Z`}),k("rect",{class:"box",...B})),p("div",{class:"source"},z,I)}function y(S,C,T,E,m){let w=C.links.filter(g=>g[E]===T.key&&g.share!==0).sort((g,O)=>Math.abs(O.share)-Math.abs(g.share));if(w.length===0)return[];let M=Math.abs(w[0].share),R=w.map(g=>L(g,C.byKey.get(g[m]),C,M)),P=p("ul",{class:"links"},...R.slice(0,6));if(R.length<=6)return[je(S,P)];let v=p("details",{class:"more"},p("summary",{},`${R.length-6} more`),p("ul",{class:"links"},...R.slice(6)));return[je(S,P,v)]}function L(S,C,T,E){let m=S.share<0?"-":"+",w=49*Math.abs(S.share)/E,M=k("svg",{class:"diverging",viewBox:"0 0 100 6",preserveAspectRatio:"none","aria-hidden":"true"},k("path",{class:"zero",d:"M50 0V6"}),k("rect",{"data-sign":m,x:m==="-"?50-w:50,y:.5,width:w,height:5})),R=Ce(T,C),P=p("button",{type:"button",class:"link","data-focus":`group ${C.key}`},R);return P.addEventListener("click",()=>e({group:C.key})),p("li",{},P,M,p("span",{class:"number",title:Ko},pt(S.share)),S.stability===null?null:p("span",{class:"number muted",title:"share of resamples in which the sign is the same"},K(S.stability)))}function A(S,C,T){if(S===void 0||T===void 0)return p("p",{class:"muted"},`${ee(C.size,"member")} …`);let E=new Map((T.neurons??[]).filter(R=>R.layer===C.group.layer).map(R=>[R.index,R])),m=p("tbody");for(let[R,P,v]of S){let g=E.get(R);m.append(p("tr",{},p("th",{scope:"row",class:"number"},String(R)),p("td",{},g===void 0||g.meanings<2?"only":`${P+1} of ${g.meanings}`),p("td",{class:"number"},K(v)),p("td",{class:"number"},K(g?.importance)),p("td",{class:"number"},K(g?.gap)),p("td",{class:"number"},K(g?.stability)))),g!==void 0&&g.inputs.length>0&&m.append(N(g))}let M=[["neuron","its index in the layer"],["meaning","which of its semantic groups"],["share","share of the neuron's patches that have this meaning"],["imp.","importance: path weight to the target"],["gap","completeness gap: error of the attribution's integral"],["stab.","share of resamples in which it is core"]].map(([R,P])=>p("th",{scope:"col",title:P},R));return p("div",{class:"scroll",tabindex:0,role:"region","aria-label":"Member neurons"},p("table",{class:"members"},p("thead",{},p("tr",{},...M)),m))}function N(S){let C=S.inputs.flatMap(([T,E])=>[p("span",{class:"input","data-sign":E<0?"-":"+"},`${T} `,p("b",{},et(E)))," "]);return p("tr",{class:"inputs"},p("td",{colspan:6},p("span",{class:"muted"},"from "),...C))}function V(S){let{target:C,snapshot:T}=S,{graph:E}=T,m=["layer","neurons","groups","meanings","gap"].map(P=>p("th",{scope:"col"},P)),w=ie(E.layers),M=[...E.layers].reverse().flatMap(P=>{let v=C.statistics[P];if(v===void 0)return[];let g=[ue(v.core_neurons),ue(v.neuron_groups),ue(v.semantic_groups),K(v.completeness_gap)];return[p("tr",{},p("th",{scope:"row",class:"layer",title:P},p("span",{},w.get(P))),...g.map(O=>p("td",{class:"number"},O)))]}),R=Object.values(C.left_out).reduce((P,v)=>P+v,0);return[d(C.name,[`class ${C.target}`,E.weights==="averaged"?"averaged weights":null],!1),...$(C,E),je("Layers, deep to shallow",p("div",{class:"scroll"},p("table",{class:"members"},p("thead",{},p("tr",{},...m)),p("tbody",{},...M))),...R>0?[p("p",{class:"muted"},`${ee(R,"core neuron")} left out by max_neurons_per_layer.`)]:[]),...D(S),je("Made with",yc(E)),p("p",{class:"muted hint"},"Choose a group for its patches, neurons and links. Hover to see what it lies on.")]}function $(S,C){if(S.drift===null)return[];let T=S.drift.verdict,E=r?.run.snapshots.find(M=>M.step===C.since)?.graph,m=C.since===null?"":` since ${U(E??{step:C.since})}`,w=p("button",{type:"button",class:"link","data-focus":"drift"},"Show drift");return w.addEventListener("click",()=>e({view:"drift"})),[p("p",{class:"verdict"},p("span",{class:T==="changed"?"chip alarm":"chip"},T),p("span",{class:"muted"},`${m.trim()} `),w)]}function D(S){let C=S.target.drift?.events??[],T=new Map;for(let m of C){if(m.event==="survive")continue;let w=`${m.layer} ${m.event}`;T.set(w,[...T.get(w)??[],m])}if(T.size===0)return[];let E=[...T.values()].map(m=>p("li",{},...H(m,S)));return[je("What happened at this step",p("ul",{class:"events"},...E))]}function H(S,C){let T=[...new Set(S.flatMap(M=>M.lineage))],E=T.flatMap((M,R)=>{let P=`L${M}`,v=C.byKey.get(P),g=R<T.length-1?",":"";if(v===void 0)return[`${M}${g} `];let O=v.group.label??String(M),I=p("button",{type:"button",class:"link","data-focus":`event ${P}`,"aria-label":ye(v.group,C.snapshot.graph.layers)},O);return I.addEventListener("click",()=>e({group:P})),[p("span",{class:"whole-word"},I,g)," "]}),{event:m,layer:w}=S[0];return[p("span",{class:"chip"},m),p("span",{class:"muted",title:w},` ${ie(C.snapshot.graph.layers).get(w)??w}: `),T.length===1?"group ":"groups ",...E]}function G(S,C,T){let{run:E}=S,m=vr(E,C.target.target,T),w=E.snapshots.flatMap(({graph:R})=>(R.targets.find(P=>P.target===C.target.target)?.drift?.events??[]).filter(P=>P.event!=="survive"&&P.lineage.some(v=>`L${v}`===T)).map(P=>({graph:R,event:P}))),M=w.slice(-6).map(({graph:R,event:P})=>{let{step:v}=R,g=p("button",{type:"button",class:"link number","data-focus":`step ${v}`},U(R));return g.addEventListener("click",()=>e({step:v})),p("li",{},g," ",p("span",{class:"muted"},gc(P,T)))});return p("div",{},hc(m.map(({node:R})=>R?.importance??null),E.snapshots.indexOf(C.snapshot),new Set(w.map(({graph:R})=>E.snapshots.findIndex(P=>P.graph===R)))),M.length===0?null:p("ul",{class:"events"},...M))}return{element:n,update:u}}var mc=({view:e,group:t})=>e==="debug"||e!=="circuit"&&t===null;function hc(e,t,n){let[r,o,i]=[300,46,5],a=Math.max(...e.map(f=>f??0),1e-9),s=f=>e.length<2?r/2:i+(r-2*i)*f/(e.length-1),u=f=>o-i-(o-2*i)*f/a,l=e.map((f,d)=>f===null?"":`${d===0||e[d-1]===null?"M":"L"}${s(d).toFixed(1)} ${u(f).toFixed(1)}`).join(""),c=e[t]??null;return k("svg",{class:"sparkline",viewBox:`0 0 ${r} ${o}`,role:"img","aria-label":`Importance through the run, at most ${K(a)}`},k("path",{class:"base",d:`M${i} ${o-i}H${r-i}`}),k("path",{class:"now",d:`M${s(t)} 0V${o}`}),k("path",{class:"line",d:l||"M0 0"}),...e.flatMap((f,d)=>f!==null&&(e[d-1]??null)===null&&(e[d+1]??null)===null?[k("circle",{class:"alone",cx:s(d),cy:u(f),r:2})]:[]),...[...n].map(f=>k("circle",{class:"mark",cx:s(f),cy:o-i,r:2.5})),c===null?null:k("circle",{class:"dot",cx:s(t),cy:u(c),r:4}))}function gc(e,t){let n=e.lineage.map(i=>`L${i}`).filter(i=>i!==t);return{emerge:"appears",disappear:"disappears",split:`comes of a split${n.length===0?"":` with ${n.map(i=>`group ${i.slice(1)}`).join(", ")}`}`,merge:"is merged of several"}[e.event]??e.event}function xi(e,t){let n=e.patches[t]?.[5],r=n===void 0?null:e.images[n]?.[5]??null;return r===null?null:String(r)}function yc(e){let t=[...new Set(Object.values(e.methods))].join(", "),n=[...Object.entries(e.config).map(([r,o])=>[r,String(o)]),...t===""?[]:[["method",t]],["probe images",e.fingerprint.slice(0,12)]];return p("dl",{class:"pairs"},...n.flatMap(([r,o])=>[p("dt",{},r),p("dd",{class:"mono"},o)]))}function Lr(e,t){return p("div",{},p("b",{class:"number"},t),p("span",{},e))}function je(e,...t){return p("section",{},p("h3",{},e),...t)}var bc=`from neurflow_lightning import NeurFlowCallback

neurflow = NeurFlowCallback(targets=["cat", "dog"], every_n_epochs=1)
trainer = Trainer(callbacks=[neurflow])`;function vi(){let e=p("section",{class:"view welcome","aria-live":"polite",hidden:!0}),t=(...r)=>{e.replaceChildren(p("div",{},...r))},n=()=>p("p",{class:"muted waiting"},p("i",{}),"This page looks again every few seconds.");return{element:e,loading:()=>t(p("p",{class:"muted waiting"},p("i",{}),"Loading circuits …")),nothing:r=>t(p("h2",{},"No circuits yet"),p("p",{},"Add the callback to your training. Each snapshot it takes appears here, while the training runs."),p("pre",{class:"mono"},bc),p("p",{},"The run needs a TensorBoard logger, and TensorBoard its log folder: ",p("code",{class:"mono"},"tensorboard --logdir lightning_logs")),...r?[n()]:[]),noSnapshots:r=>t(p("h2",{},"No snapshot yet"),p("p",{},`The run ${r} has begun and holds no circuit so far. The first comes with the first validation that the callback’s schedule allows.`),n()),failed(r,o){let i=p("button",{type:"button",class:"button"},"Try again");i.addEventListener("click",o),t(p("h2",{},"The circuits could not be loaded"),p("p",{},r),i)}}}var xc=3e3,wc=250;function Ar(e,t,n,r,o){let i=pn(dn,{...r,...n.link()}),a=null,s=null,u=!1,l,c,f,d=new Map,h=new Set,x=new Map,_=p("div",{class:"stage",id:"stage",role:"tabpanel"}),b=vi(),y=fi(V,v=>void R(v)),L=li(V),A=wi(V,t),N=p("div",{class:"middle"},p("main",{},_),A.element);_.append(b.element),e.replaceChildren(p("div",{class:"app"},y.element,N,L.element)),_.addEventListener("hits",v=>y.hits(v.detail)),document.addEventListener("keydown",M),n.onTheme(v=>{document.documentElement.dataset.theme=v?"dark":"light"}),n.onLink(v=>{Object.keys(v).length>0?V({...dn,run:i.run,...v}):n.write(i)}),n.onReload(()=>void H()),window.addEventListener("focus",()=>{t.canGrow&&H()}),H();function V(v){let g=i;i=pn(i,v),i!==g&&((i.run!==g.run||i.otherRun!==g.otherRun)&&H(),i.live&&!g.live&&H(),i.playing!==g.playing&&D(),C())}function $(){let v=d.get(i.run);if(v===void 0)return null;let g=i.otherRun===null?v:d.get(i.otherRun)??null;return{run:v,other:g,state:i,snapshot:Pt(v,i.step)}}function D(){if(clearTimeout(f),!i.playing)return;let v=d.get(i.run),g=Math.min(900,Math.max(90,2e4/(v?.snapshots.length??1)));f=setTimeout(()=>{let O=$(),I=O===null?null:hn(O.run,O.snapshot,1);V(I===null?{playing:!1}:{step:I}),D()},g)}async function H(){clearTimeout(c);try{a=await t.runs(),a.includes(i.run)||G(a[0]??"");let g=[i.run,i.otherRun].filter(O=>O!==null&&a.includes(O));await Promise.all([...new Set(g)].map(S)),s=null}catch(g){let O=g instanceof Error?g.message:String(g);O!==s&&d.has(i.run)&&P(O),s=O}C();let v=s!==null||(d.get(i.run)?.snapshots.length??0)===0;clearTimeout(c),t.canGrow&&(i.live||v)&&(c=setTimeout(()=>void H(),xc))}function G(v){i.run!==""&&v!==""&&P(`There is no run ${i.run} any more: this is ${v}.`),i=pn(i,i.run===""?{run:v}:{run:v,step:null,group:null})}async function S(v){if(!h.has(v)){h.add(v);try{let g=d.get(v)??null,O=g?.snapshots[g.snapshots.length-1],I=await t.series(v,O??null);g!==null&&I.snapshots.length===0&&!I.restarted&&I.problems.length===g.problems.length||d.set(v,Jo(g,I))}finally{h.delete(v)}}}function C(){u||(u=!0,requestAnimationFrame(()=>{u=!1,T()}),clearTimeout(l),l=setTimeout(()=>n.write(i),wc))}function T(){let v=$(),g=document.documentElement;y.update(a??[],v,i.view),_.setAttribute("aria-labelledby",`tab-${i.view}`);let O=v!==null&&v.run.snapshots.length>0;b.element.hidden=O,N.classList.toggle("bare",!O||i.view==="debug"),N.classList.toggle("roomy",i.view!=="circuit"),L.element.hidden=!O;for(let[I,j]of x)j.element.hidden=!O||I!==i.view;if(v===null||!O){m(v),g.dataset.ready=a===null&&s===null?"":"empty";return}L.update(v,t.canGrow),E(i.view).update(v),i.view!=="circuit"&&y.hits(null),A.update(v),g.dataset.view=i.view,g.dataset.step=String(v.snapshot?.step??""),g.dataset.target=String(ae(v.run,i)??""),g.dataset.ready="true",w(v)}function E(v){let g=x.get(v);return g===void 0&&(g=o[v](V,t),x.set(v,g),_.append(g.element)),g.element.hidden=!1,g}function m(v){s!==null?b.failed(s,()=>void H()):a===null?b.loading():a.length===0?b.nothing(t.canGrow):v===null?b.loading():b.noSnapshots(v.run.name)}function w({run:v,snapshot:g,state:O}){if(g===null)return;let I=v.snapshots.indexOf(g);for(let j of[v.snapshots[I+1],v.snapshots[I-1]]){let F=j===void 0?null:de(j,ae(v,O));if(F===null)continue;let{graph:z}=F.snapshot,q=F.nodes.flatMap(({group:W})=>W.patches.slice(0,4)),B=new Set(q.flatMap(W=>z.patches[W]?.[0]??[]));for(let W of B)new Image().src=t.sheet(v.name,z.step,W)}}function M(v){let g=$(),O=v.target;if(g===null||v.defaultPrevented||v.ctrlKey||v.metaKey||v.altKey)return;if(v.key==="Escape"){V({group:null});return}if(O.closest("input, select, textarea, [role=tablist], [role=radiogroup], .scroll")!==null&&(v.key!==" "||!O.matches("input[type=range]")))return;let{snapshots:I}=g.run,j={ArrowLeft:hn(g.run,g.snapshot,-1),ArrowRight:hn(g.run,g.snapshot,1),Home:I[0]?.step,End:I[I.length-1]?.step};if(v.key in j){let F=j[v.key];F!=null&&V({step:F,playing:!1}),v.preventDefault()}else v.key===" "&&O.closest("button, summary, [role=button]")===null&&(V(Er(g)),v.preventDefault())}async function R(v){let g=$(),O=x.get(i.view);if(g===null||O===void 0)return;let I=g.run.targets.find(z=>z.target===ae(g.run,i)),j=g.snapshot===null?"":U(g.snapshot.graph),F=`${i.view} ${I?.name??""} ${j}`;try{let z=await pi(O.element,`${F}, ${g.run.name}`),q=v==="svg"?new Blob([Tr(z)],{type:"image/svg+xml"}):await mi(z);hi(q,`neurflow-${F.replace(/[^\p{L}\p{N}]+/gu,"-")}.${v}`)}catch(z){P(`This view could not be saved: ${z instanceof Error?z.message:String(z)}`)}}function P(v){let g=p("p",{class:"toast",role:"alert"},v);e.append(g),setTimeout(()=>g.remove(),6e3)}}var vc="neurflow",[kc,Mc]=["experimental.bootstrap","experimental.DataReloaded"];function Nr(e){let t=Sc(e),n=t!==e,r=()=>!n||/^#?([^&=]*)/.exec(t.location.hash)?.[1]===vc;return{link:()=>r()?$r(t.location.hash):{},write(o){if(!r())return;let i=oi(o,t.location.hash);if(i!==(t.location.hash||"#"))try{t.history.replaceState(t.history.state,"",i)}catch{}},onLink(o){t.addEventListener("hashchange",()=>{r()&&o($r(t.location.hash))})},onTheme(o){if(!n){let s=e.matchMedia("(prefers-color-scheme: dark)");s.addEventListener("change",()=>o(s.matches)),o(s.matches);return}let{body:i}=t.document,a=()=>o(i.classList.contains("dark-mode"));new MutationObserver(a).observe(i,{attributes:!0,attributeFilter:["class"]}),a()},onReload(o){if(!n)return;let{port1:i,port2:a}=new MessageChannel;i.onmessage=({data:s})=>{let{type:u,id:l,isReply:c}=JSON.parse(s);c||(u===Mc&&o(),i.postMessage(JSON.stringify({type:u,id:l,payload:null,error:null,isReply:!0})))},t.postMessage(kc,e.location.origin,[a])}}}function Sc(e){try{if(e.parent!==e&&e.parent.document.body!==null)return e.parent}catch{}return e}function ki(e=t=>fetch(t)){let t=new Map,n=(r,o)=>`${r}?${Object.entries(o).map(([i,a])=>`${i}=${encodeURIComponent(a)}`).join("&")}`;return{canGrow:!0,async runs(){return(await bn(e,"runs")).runs.map(o=>o.name)},series:(r,o)=>bn(e,n("series",{run:r,...o===null?{}:{since_step:o.step,since_time:o.wallTime}})),detail(r,o){let i=n("detail",{run:r,step:o}),a=t.get(i);if(a!==void 0)return a;let s=bn(e,i);return t.set(i,s),s.catch(()=>t.delete(i)),s},sheet:(r,o,i)=>n("sheet",{run:r,step:o,sheet:i}),mistakes:(r,o)=>bn(e,n("mistakes",{run:r,step:o})),mistakenImage:(r,o,i)=>n("mistaken_image",{run:r,step:o,sheet:i})}}async function bn(e,t){let n=await e(t);if(n.ok)return await n.json();throw new Error(await $c(n,t))}async function $c(e,t){try{let{error:n}=await e.json();if(typeof n=="string")return n}catch{}return`${t}: TensorBoard answered ${e.status} ${e.statusText}.`}function Mi(e){let t=r=>{let o=e.runs[r];if(o===void 0)throw new Error(`This page holds no run named ${r}.`);return o},n=(r,o)=>{let i=t(r).graphs.findIndex(a=>a.step===o);if(i<0)throw new Error(`Run ${r} has no snapshot of step ${o} in this page.`);return i};return{canGrow:!1,runs:async()=>Object.keys(e.runs),async series(r,o){let{graphs:i,wall_times:a}=t(r),s=i.map((l,c)=>({...l,wall_time:a[c]??0})).filter(l=>o===null||l.step>o.step),u=i[i.length-1]?.layers??[];return{run:r,layers:u,snapshots:s,problems:[],restarted:!1}},detail:async(r,o)=>t(r).graphs[n(r,o)],sheet:(r,o,i)=>t(r).sheets[n(r,o)]?.[i]??"",async mistakes(r,o){let{mistakes:i={}}=t(r);return{steps:Object.keys(i).map(Number),record:i[o]?.record??null,problem:null}},mistakenImage:(r,o,i)=>t(r).mistakes?.[o]?.sheets[i]??""}}var Si=`/* Calm: paper, ink, one accent. Colour says sign (with dash), alarm and selection, nothing else. */
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
`;var $i=`/* --- header -------------------------------------------------------------------------- */

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
`;var xn="http://www.w3.org/1999/xhtml",Rr={svg:"http://www.w3.org/2000/svg",xhtml:xn,xlink:"http://www.w3.org/1999/xlink",xml:"http://www.w3.org/XML/1998/namespace",xmlns:"http://www.w3.org/2000/xmlns/"};function De(e){var t=e+="",n=t.indexOf(":");return n>=0&&(t=e.slice(0,n))!=="xmlns"&&(e=e.slice(n+1)),Rr.hasOwnProperty(t)?{space:Rr[t],local:e}:e}function Tc(e){return function(){var t=this.ownerDocument,n=this.namespaceURI;return n===xn&&t.documentElement.namespaceURI===xn?t.createElement(e):t.createElementNS(n,e)}}function Cc(e){return function(){return this.ownerDocument.createElementNS(e.space,e.local)}}function wn(e){var t=De(e);return(t.local?Cc:Tc)(t)}function Lc(){}function tt(e){return e==null?Lc:function(){return this.querySelector(e)}}function Ei(e){typeof e!="function"&&(e=tt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=new Array(a),u,l,c=0;c<a;++c)(u=i[c])&&(l=e.call(u,u.__data__,c,i))&&("__data__"in u&&(l.__data__=u.__data__),s[c]=l);return new ne(r,this._parents)}function Or(e){return e==null?[]:Array.isArray(e)?e:Array.from(e)}function Ac(){return[]}function Gt(e){return e==null?Ac:function(){return this.querySelectorAll(e)}}function Nc(e){return function(){return Or(e.apply(this,arguments))}}function _i(e){typeof e=="function"?e=Nc(e):e=Gt(e);for(var t=this._groups,n=t.length,r=[],o=[],i=0;i<n;++i)for(var a=t[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&(r.push(e.call(u,u.__data__,l,a)),o.push(u));return new ne(r,o)}function Dt(e){return function(){return this.matches(e)}}function vn(e){return function(t){return t.matches(e)}}var Rc=Array.prototype.find;function Oc(e){return function(){return Rc.call(this.children,e)}}function Pc(){return this.firstElementChild}function Ti(e){return this.select(e==null?Pc:Oc(typeof e=="function"?e:vn(e)))}var Gc=Array.prototype.filter;function Dc(){return Array.from(this.children)}function Ic(e){return function(){return Gc.call(this.children,e)}}function Ci(e){return this.selectAll(e==null?Dc:Ic(typeof e=="function"?e:vn(e)))}function Li(e){typeof e!="function"&&(e=Dt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new ne(r,this._parents)}function kn(e){return new Array(e.length)}function Ai(){return new ne(this._enter||this._groups.map(kn),this._parents)}function It(e,t){this.ownerDocument=e.ownerDocument,this.namespaceURI=e.namespaceURI,this._next=null,this._parent=e,this.__data__=t}It.prototype={constructor:It,appendChild:function(e){return this._parent.insertBefore(e,this._next)},insertBefore:function(e,t){return this._parent.insertBefore(e,t)},querySelector:function(e){return this._parent.querySelector(e)},querySelectorAll:function(e){return this._parent.querySelectorAll(e)}};function Ni(e){return function(){return e}}function zc(e,t,n,r,o,i){for(var a=0,s,u=t.length,l=i.length;a<l;++a)(s=t[a])?(s.__data__=i[a],r[a]=s):n[a]=new It(e,i[a]);for(;a<u;++a)(s=t[a])&&(o[a]=s)}function Vc(e,t,n,r,o,i,a){var s,u,l=new Map,c=t.length,f=i.length,d=new Array(c),h;for(s=0;s<c;++s)(u=t[s])&&(d[s]=h=a.call(u,u.__data__,s,t)+"",l.has(h)?o[s]=u:l.set(h,u));for(s=0;s<f;++s)h=a.call(e,i[s],s,i)+"",(u=l.get(h))?(r[s]=u,u.__data__=i[s],l.delete(h)):n[s]=new It(e,i[s]);for(s=0;s<c;++s)(u=t[s])&&l.get(d[s])===u&&(o[s]=u)}function Hc(e){return e.__data__}function Ri(e,t){if(!arguments.length)return Array.from(this,Hc);var n=t?Vc:zc,r=this._parents,o=this._groups;typeof e!="function"&&(e=Ni(e));for(var i=o.length,a=new Array(i),s=new Array(i),u=new Array(i),l=0;l<i;++l){var c=r[l],f=o[l],d=f.length,h=Fc(e.call(c,c&&c.__data__,l,r)),x=h.length,_=s[l]=new Array(x),b=a[l]=new Array(x),y=u[l]=new Array(d);n(c,f,_,b,y,h,t);for(var L=0,A=0,N,V;L<x;++L)if(N=_[L]){for(L>=A&&(A=L+1);!(V=b[A])&&++A<x;);N._next=V||null}}return a=new ne(a,r),a._enter=s,a._exit=u,a}function Fc(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function Oi(){return new ne(this._exit||this._groups.map(kn),this._parents)}function Pi(e,t,n){var r=this.enter(),o=this,i=this.exit();return typeof e=="function"?(r=e(r),r&&(r=r.selection())):r=r.append(e+""),t!=null&&(o=t(o),o&&(o=o.selection())),n==null?i.remove():n(i),r&&o?r.merge(o).order():o}function Gi(e){for(var t=e.selection?e.selection():e,n=this._groups,r=t._groups,o=n.length,i=r.length,a=Math.min(o,i),s=new Array(o),u=0;u<a;++u)for(var l=n[u],c=r[u],f=l.length,d=s[u]=new Array(f),h,x=0;x<f;++x)(h=l[x]||c[x])&&(d[x]=h);for(;u<o;++u)s[u]=n[u];return new ne(s,this._parents)}function Di(){for(var e=this._groups,t=-1,n=e.length;++t<n;)for(var r=e[t],o=r.length-1,i=r[o],a;--o>=0;)(a=r[o])&&(i&&a.compareDocumentPosition(i)^4&&i.parentNode.insertBefore(a,i),i=a);return this}function Ii(e){e||(e=Bc);function t(f,d){return f&&d?e(f.__data__,d.__data__):!f-!d}for(var n=this._groups,r=n.length,o=new Array(r),i=0;i<r;++i){for(var a=n[i],s=a.length,u=o[i]=new Array(s),l,c=0;c<s;++c)(l=a[c])&&(u[c]=l);u.sort(t)}return new ne(o,this._parents).order()}function Bc(e,t){return e<t?-1:e>t?1:e>=t?0:NaN}function zi(){var e=arguments[0];return arguments[0]=this,e.apply(null,arguments),this}function Vi(){return Array.from(this)}function Hi(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length;o<i;++o){var a=r[o];if(a)return a}return null}function Fi(){let e=0;for(let t of this)++e;return e}function Bi(){return!this.node()}function qi(e){for(var t=this._groups,n=0,r=t.length;n<r;++n)for(var o=t[n],i=0,a=o.length,s;i<a;++i)(s=o[i])&&e.call(s,s.__data__,i,o);return this}function qc(e){return function(){this.removeAttribute(e)}}function jc(e){return function(){this.removeAttributeNS(e.space,e.local)}}function Wc(e,t){return function(){this.setAttribute(e,t)}}function Xc(e,t){return function(){this.setAttributeNS(e.space,e.local,t)}}function Kc(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttribute(e):this.setAttribute(e,n)}}function Uc(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttributeNS(e.space,e.local):this.setAttributeNS(e.space,e.local,n)}}function ji(e,t){var n=De(e);if(arguments.length<2){var r=this.node();return n.local?r.getAttributeNS(n.space,n.local):r.getAttribute(n)}return this.each((t==null?n.local?jc:qc:typeof t=="function"?n.local?Uc:Kc:n.local?Xc:Wc)(n,t))}function Mn(e){return e.ownerDocument&&e.ownerDocument.defaultView||e.document&&e||e.defaultView}function Yc(e){return function(){this.style.removeProperty(e)}}function Zc(e,t,n){return function(){this.style.setProperty(e,t,n)}}function Qc(e,t,n){return function(){var r=t.apply(this,arguments);r==null?this.style.removeProperty(e):this.style.setProperty(e,r,n)}}function Wi(e,t,n){return arguments.length>1?this.each((t==null?Yc:typeof t=="function"?Qc:Zc)(e,t,n??"")):We(this.node(),e)}function We(e,t){return e.style.getPropertyValue(t)||Mn(e).getComputedStyle(e,null).getPropertyValue(t)}function Jc(e){return function(){delete this[e]}}function ef(e,t){return function(){this[e]=t}}function tf(e,t){return function(){var n=t.apply(this,arguments);n==null?delete this[e]:this[e]=n}}function Xi(e,t){return arguments.length>1?this.each((t==null?Jc:typeof t=="function"?tf:ef)(e,t)):this.node()[e]}function Ki(e){return e.trim().split(/^|\s+/)}function Pr(e){return e.classList||new Ui(e)}function Ui(e){this._node=e,this._names=Ki(e.getAttribute("class")||"")}Ui.prototype={add:function(e){var t=this._names.indexOf(e);t<0&&(this._names.push(e),this._node.setAttribute("class",this._names.join(" ")))},remove:function(e){var t=this._names.indexOf(e);t>=0&&(this._names.splice(t,1),this._node.setAttribute("class",this._names.join(" ")))},contains:function(e){return this._names.indexOf(e)>=0}};function Yi(e,t){for(var n=Pr(e),r=-1,o=t.length;++r<o;)n.add(t[r])}function Zi(e,t){for(var n=Pr(e),r=-1,o=t.length;++r<o;)n.remove(t[r])}function nf(e){return function(){Yi(this,e)}}function rf(e){return function(){Zi(this,e)}}function of(e,t){return function(){(t.apply(this,arguments)?Yi:Zi)(this,e)}}function Qi(e,t){var n=Ki(e+"");if(arguments.length<2){for(var r=Pr(this.node()),o=-1,i=n.length;++o<i;)if(!r.contains(n[o]))return!1;return!0}return this.each((typeof t=="function"?of:t?nf:rf)(n,t))}function af(){this.textContent=""}function sf(e){return function(){this.textContent=e}}function lf(e){return function(){var t=e.apply(this,arguments);this.textContent=t??""}}function Ji(e){return arguments.length?this.each(e==null?af:(typeof e=="function"?lf:sf)(e)):this.node().textContent}function uf(){this.innerHTML=""}function cf(e){return function(){this.innerHTML=e}}function ff(e){return function(){var t=e.apply(this,arguments);this.innerHTML=t??""}}function ea(e){return arguments.length?this.each(e==null?uf:(typeof e=="function"?ff:cf)(e)):this.node().innerHTML}function df(){this.nextSibling&&this.parentNode.appendChild(this)}function ta(){return this.each(df)}function pf(){this.previousSibling&&this.parentNode.insertBefore(this,this.parentNode.firstChild)}function na(){return this.each(pf)}function ra(e){var t=typeof e=="function"?e:wn(e);return this.select(function(){return this.appendChild(t.apply(this,arguments))})}function mf(){return null}function oa(e,t){var n=typeof e=="function"?e:wn(e),r=t==null?mf:typeof t=="function"?t:tt(t);return this.select(function(){return this.insertBefore(n.apply(this,arguments),r.apply(this,arguments)||null)})}function hf(){var e=this.parentNode;e&&e.removeChild(this)}function ia(){return this.each(hf)}function gf(){var e=this.cloneNode(!1),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function yf(){var e=this.cloneNode(!0),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function aa(e){return this.select(e?yf:gf)}function sa(e){return arguments.length?this.property("__data__",e):this.node().__data__}function bf(e){return function(t){e.call(this,t,this.__data__)}}function xf(e){return e.trim().split(/^|\s+/).map(function(t){var n="",r=t.indexOf(".");return r>=0&&(n=t.slice(r+1),t=t.slice(0,r)),{type:t,name:n}})}function wf(e){return function(){var t=this.__on;if(t){for(var n=0,r=-1,o=t.length,i;n<o;++n)i=t[n],(!e.type||i.type===e.type)&&i.name===e.name?this.removeEventListener(i.type,i.listener,i.options):t[++r]=i;++r?t.length=r:delete this.__on}}}function vf(e,t,n){return function(){var r=this.__on,o,i=bf(t);if(r){for(var a=0,s=r.length;a<s;++a)if((o=r[a]).type===e.type&&o.name===e.name){this.removeEventListener(o.type,o.listener,o.options),this.addEventListener(o.type,o.listener=i,o.options=n),o.value=t;return}}this.addEventListener(e.type,i,n),o={type:e.type,name:e.name,value:t,listener:i,options:n},r?r.push(o):this.__on=[o]}}function la(e,t,n){var r=xf(e+""),o,i=r.length,a;if(arguments.length<2){var s=this.node().__on;if(s){for(var u=0,l=s.length,c;u<l;++u)for(o=0,c=s[u];o<i;++o)if((a=r[o]).type===c.type&&a.name===c.name)return c.value}return}for(s=t?vf:wf,o=0;o<i;++o)this.each(s(r[o],t,n));return this}function ua(e,t,n){var r=Mn(e),o=r.CustomEvent;typeof o=="function"?o=new o(t,n):(o=r.document.createEvent("Event"),n?(o.initEvent(t,n.bubbles,n.cancelable),o.detail=n.detail):o.initEvent(t,!1,!1)),e.dispatchEvent(o)}function kf(e,t){return function(){return ua(this,e,t)}}function Mf(e,t){return function(){return ua(this,e,t.apply(this,arguments))}}function ca(e,t){return this.each((typeof t=="function"?Mf:kf)(e,t))}function*fa(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length,a;o<i;++o)(a=r[o])&&(yield a)}var Gr=[null];function ne(e,t){this._groups=e,this._parents=t}function da(){return new ne([[document.documentElement]],Gr)}function Sf(){return this}ne.prototype=da.prototype={constructor:ne,select:Ei,selectAll:_i,selectChild:Ti,selectChildren:Ci,filter:Li,data:Ri,enter:Ai,exit:Oi,join:Pi,merge:Gi,selection:Sf,order:Di,sort:Ii,call:zi,nodes:Vi,node:Hi,size:Fi,empty:Bi,each:qi,attr:ji,style:Wi,property:Xi,classed:Qi,text:Ji,html:ea,raise:ta,lower:na,append:ra,insert:oa,remove:ia,clone:aa,datum:sa,on:la,dispatch:ca,[Symbol.iterator]:fa};var Ie=da;function pe(e){return typeof e=="string"?new ne([[document.querySelector(e)]],[document.documentElement]):new ne([[e]],Gr)}function pa(e){let t;for(;t=e.sourceEvent;)e=t;return e}function Le(e,t){if(e=pa(e),t===void 0&&(t=e.currentTarget),t){var n=t.ownerSVGElement||t;if(n.createSVGPoint){var r=n.createSVGPoint();return r.x=e.clientX,r.y=e.clientY,r=r.matrixTransform(t.getScreenCTM().inverse()),[r.x,r.y]}if(t.getBoundingClientRect){var o=t.getBoundingClientRect();return[e.clientX-o.left-t.clientLeft,e.clientY-o.top-t.clientTop]}}return[e.pageX,e.pageY]}var $f={value:()=>{}};function zt(){for(var e=0,t=arguments.length,n={},r;e<t;++e){if(!(r=arguments[e]+"")||r in n||/[\s.]/.test(r))throw new Error("illegal type: "+r);n[r]=[]}return new Sn(n)}function Sn(e){this._=e}function Ef(e,t){return e.trim().split(/^|\s+/).map(function(n){var r="",o=n.indexOf(".");if(o>=0&&(r=n.slice(o+1),n=n.slice(0,o)),n&&!t.hasOwnProperty(n))throw new Error("unknown type: "+n);return{type:n,name:r}})}Sn.prototype=zt.prototype={constructor:Sn,on:function(e,t){var n=this._,r=Ef(e+"",n),o,i=-1,a=r.length;if(arguments.length<2){for(;++i<a;)if((o=(e=r[i]).type)&&(o=_f(n[o],e.name)))return o;return}if(t!=null&&typeof t!="function")throw new Error("invalid callback: "+t);for(;++i<a;)if(o=(e=r[i]).type)n[o]=ma(n[o],e.name,t);else if(t==null)for(o in n)n[o]=ma(n[o],e.name,null);return this},copy:function(){var e={},t=this._;for(var n in t)e[n]=t[n].slice();return new Sn(e)},call:function(e,t){if((o=arguments.length-2)>0)for(var n=new Array(o),r=0,o,i;r<o;++r)n[r]=arguments[r+2];if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(i=this._[e],r=0,o=i.length;r<o;++r)i[r].value.apply(t,n)},apply:function(e,t,n){if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(var r=this._[e],o=0,i=r.length;o<i;++o)r[o].value.apply(t,n)}};function _f(e,t){for(var n=0,r=e.length,o;n<r;++n)if((o=e[n]).name===t)return o.value}function ma(e,t,n){for(var r=0,o=e.length;r<o;++r)if(e[r].name===t){e[r]=$f,e=e.slice(0,r).concat(e.slice(r+1));break}return n!=null&&e.push({name:t,value:n}),e}var gt=0,Ht=0,Vt=0,ga=1e3,$n,Ft,En=0,nt=0,Tn=0,Bt=typeof performance=="object"&&performance.now?performance:Date,ya=typeof window=="object"&&window.requestAnimationFrame?window.requestAnimationFrame.bind(window):function(e){setTimeout(e,17)};function Cn(){return nt||(ya(Tf),nt=Bt.now()+Tn)}function Tf(){nt=0}function _n(){this._call=this._time=this._next=null}_n.prototype=Ir.prototype={constructor:_n,restart:function(e,t,n){if(typeof e!="function")throw new TypeError("callback is not a function");n=(n==null?Cn():+n)+(t==null?0:+t),!this._next&&Ft!==this&&(Ft?Ft._next=this:$n=this,Ft=this),this._call=e,this._time=n,Dr()},stop:function(){this._call&&(this._call=null,this._time=1/0,Dr())}};function Ir(e,t,n){var r=new _n;return r.restart(e,t,n),r}function Cf(){Cn(),++gt;for(var e=$n,t;e;)(t=nt-e._time)>=0&&e._call.call(void 0,t),e=e._next;--gt}function ha(){nt=(En=Bt.now())+Tn,gt=Ht=0;try{Cf()}finally{gt=0,Af(),nt=0}}function Lf(){var e=Bt.now(),t=e-En;t>ga&&(Tn-=t,En=e)}function Af(){for(var e,t=$n,n,r=1/0;t;)t._call?(r>t._time&&(r=t._time),e=t,t=t._next):(n=t._next,t._next=null,t=e?e._next=n:$n=n);Ft=e,Dr(r)}function Dr(e){if(!gt){Ht&&(Ht=clearTimeout(Ht));var t=e-nt;t>24?(e<1/0&&(Ht=setTimeout(ha,Math.ceil(e-Bt.now()-Tn)+1)),Vt&&(Vt=clearInterval(Vt))):(Vt||(En=Bt.now(),Vt=setInterval(Lf,ga)),gt=1,ya(ha))}}function zr(e,t,n){var r=new _n;return t=t==null?0:+t,r.restart(o=>{r.stop(),e(o+t)},t,n),r}var Nf=zt("start","end","cancel","interrupt"),Rf=[],wa=0,ba=1,An=2,Ln=3,xa=4,Nn=5,qt=6;function Xe(e,t,n,r,o,i){var a=e.__transition;if(!a)e.__transition={};else if(n in a)return;Of(e,n,{name:t,index:r,group:o,on:Nf,tween:Rf,time:i.time,delay:i.delay,duration:i.duration,ease:i.ease,timer:null,state:wa})}function jt(e,t){var n=oe(e,t);if(n.state>wa)throw new Error("too late; already scheduled");return n}function le(e,t){var n=oe(e,t);if(n.state>Ln)throw new Error("too late; already running");return n}function oe(e,t){var n=e.__transition;if(!n||!(n=n[t]))throw new Error("transition not found");return n}function Of(e,t,n){var r=e.__transition,o;r[t]=n,n.timer=Ir(i,0,n.time);function i(l){n.state=ba,n.timer.restart(a,n.delay,n.time),n.delay<=l&&a(l-n.delay)}function a(l){var c,f,d,h;if(n.state!==ba)return u();for(c in r)if(h=r[c],h.name===n.name){if(h.state===Ln)return zr(a);h.state===xa?(h.state=qt,h.timer.stop(),h.on.call("interrupt",e,e.__data__,h.index,h.group),delete r[c]):+c<t&&(h.state=qt,h.timer.stop(),h.on.call("cancel",e,e.__data__,h.index,h.group),delete r[c])}if(zr(function(){n.state===Ln&&(n.state=xa,n.timer.restart(s,n.delay,n.time),s(l))}),n.state=An,n.on.call("start",e,e.__data__,n.index,n.group),n.state===An){for(n.state=Ln,o=new Array(d=n.tween.length),c=0,f=-1;c<d;++c)(h=n.tween[c].value.call(e,e.__data__,n.index,n.group))&&(o[++f]=h);o.length=f+1}}function s(l){for(var c=l<n.duration?n.ease.call(null,l/n.duration):(n.timer.restart(u),n.state=Nn,1),f=-1,d=o.length;++f<d;)o[f].call(e,c);n.state===Nn&&(n.on.call("end",e,e.__data__,n.index,n.group),u())}function u(){n.state=qt,n.timer.stop(),delete r[t];for(var l in r)return;delete e.__transition}}function rt(e,t){var n=e.__transition,r,o,i=!0,a;if(n){t=t==null?null:t+"";for(a in n){if((r=n[a]).name!==t){i=!1;continue}o=r.state>An&&r.state<Nn,r.state=qt,r.timer.stop(),r.on.call(o?"interrupt":"cancel",e,e.__data__,r.index,r.group),delete n[a]}i&&delete e.__transition}}function va(e){return this.each(function(){rt(this,e)})}function wt(e,t,n){e.prototype=t.prototype=n,n.constructor=e}function Kt(e,t){var n=Object.create(e.prototype);for(var r in t)n[r]=t[r];return n}function Ke(){}var st=.7,xt=1/st,yt="\\s*([+-]?\\d+)\\s*",Wt="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*",Ae="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*",Pf=/^#([0-9a-f]{3,8})$/,Gf=new RegExp(`^rgb\\(${yt},${yt},${yt}\\)$`),Df=new RegExp(`^rgb\\(${Ae},${Ae},${Ae}\\)$`),If=new RegExp(`^rgba\\(${yt},${yt},${yt},${Wt}\\)$`),zf=new RegExp(`^rgba\\(${Ae},${Ae},${Ae},${Wt}\\)$`),Vf=new RegExp(`^hsl\\(${Wt},${Ae},${Ae}\\)$`),Hf=new RegExp(`^hsla\\(${Wt},${Ae},${Ae},${Wt}\\)$`),ka={aliceblue:15792383,antiquewhite:16444375,aqua:65535,aquamarine:8388564,azure:15794175,beige:16119260,bisque:16770244,black:0,blanchedalmond:16772045,blue:255,blueviolet:9055202,brown:10824234,burlywood:14596231,cadetblue:6266528,chartreuse:8388352,chocolate:13789470,coral:16744272,cornflowerblue:6591981,cornsilk:16775388,crimson:14423100,cyan:65535,darkblue:139,darkcyan:35723,darkgoldenrod:12092939,darkgray:11119017,darkgreen:25600,darkgrey:11119017,darkkhaki:12433259,darkmagenta:9109643,darkolivegreen:5597999,darkorange:16747520,darkorchid:10040012,darkred:9109504,darksalmon:15308410,darkseagreen:9419919,darkslateblue:4734347,darkslategray:3100495,darkslategrey:3100495,darkturquoise:52945,darkviolet:9699539,deeppink:16716947,deepskyblue:49151,dimgray:6908265,dimgrey:6908265,dodgerblue:2003199,firebrick:11674146,floralwhite:16775920,forestgreen:2263842,fuchsia:16711935,gainsboro:14474460,ghostwhite:16316671,gold:16766720,goldenrod:14329120,gray:8421504,green:32768,greenyellow:11403055,grey:8421504,honeydew:15794160,hotpink:16738740,indianred:13458524,indigo:4915330,ivory:16777200,khaki:15787660,lavender:15132410,lavenderblush:16773365,lawngreen:8190976,lemonchiffon:16775885,lightblue:11393254,lightcoral:15761536,lightcyan:14745599,lightgoldenrodyellow:16448210,lightgray:13882323,lightgreen:9498256,lightgrey:13882323,lightpink:16758465,lightsalmon:16752762,lightseagreen:2142890,lightskyblue:8900346,lightslategray:7833753,lightslategrey:7833753,lightsteelblue:11584734,lightyellow:16777184,lime:65280,limegreen:3329330,linen:16445670,magenta:16711935,maroon:8388608,mediumaquamarine:6737322,mediumblue:205,mediumorchid:12211667,mediumpurple:9662683,mediumseagreen:3978097,mediumslateblue:8087790,mediumspringgreen:64154,mediumturquoise:4772300,mediumvioletred:13047173,midnightblue:1644912,mintcream:16121850,mistyrose:16770273,moccasin:16770229,navajowhite:16768685,navy:128,oldlace:16643558,olive:8421376,olivedrab:7048739,orange:16753920,orangered:16729344,orchid:14315734,palegoldenrod:15657130,palegreen:10025880,paleturquoise:11529966,palevioletred:14381203,papayawhip:16773077,peachpuff:16767673,peru:13468991,pink:16761035,plum:14524637,powderblue:11591910,purple:8388736,rebeccapurple:6697881,red:16711680,rosybrown:12357519,royalblue:4286945,saddlebrown:9127187,salmon:16416882,sandybrown:16032864,seagreen:3050327,seashell:16774638,sienna:10506797,silver:12632256,skyblue:8900331,slateblue:6970061,slategray:7372944,slategrey:7372944,snow:16775930,springgreen:65407,steelblue:4620980,tan:13808780,teal:32896,thistle:14204888,tomato:16737095,turquoise:4251856,violet:15631086,wheat:16113331,white:16777215,whitesmoke:16119285,yellow:16776960,yellowgreen:10145074};wt(Ke,Ve,{copy(e){return Object.assign(new this.constructor,this,e)},displayable(){return this.rgb().displayable()},hex:Ma,formatHex:Ma,formatHex8:Ff,formatHsl:Bf,formatRgb:Sa,toString:Sa});function Ma(){return this.rgb().formatHex()}function Ff(){return this.rgb().formatHex8()}function Bf(){return Ra(this).formatHsl()}function Sa(){return this.rgb().formatRgb()}function Ve(e){var t,n;return e=(e+"").trim().toLowerCase(),(t=Pf.exec(e))?(n=t[1].length,t=parseInt(t[1],16),n===6?$a(t):n===3?new se(t>>8&15|t>>4&240,t>>4&15|t&240,(t&15)<<4|t&15,1):n===8?Rn(t>>24&255,t>>16&255,t>>8&255,(t&255)/255):n===4?Rn(t>>12&15|t>>8&240,t>>8&15|t>>4&240,t>>4&15|t&240,((t&15)<<4|t&15)/255):null):(t=Gf.exec(e))?new se(t[1],t[2],t[3],1):(t=Df.exec(e))?new se(t[1]*255/100,t[2]*255/100,t[3]*255/100,1):(t=If.exec(e))?Rn(t[1],t[2],t[3],t[4]):(t=zf.exec(e))?Rn(t[1]*255/100,t[2]*255/100,t[3]*255/100,t[4]):(t=Vf.exec(e))?Ta(t[1],t[2]/100,t[3]/100,1):(t=Hf.exec(e))?Ta(t[1],t[2]/100,t[3]/100,t[4]):ka.hasOwnProperty(e)?$a(ka[e]):e==="transparent"?new se(NaN,NaN,NaN,0):null}function $a(e){return new se(e>>16&255,e>>8&255,e&255,1)}function Rn(e,t,n,r){return r<=0&&(e=t=n=NaN),new se(e,t,n,r)}function jr(e){return e instanceof Ke||(e=Ve(e)),e?(e=e.rgb(),new se(e.r,e.g,e.b,e.opacity)):new se}function Ut(e,t,n,r){return arguments.length===1?jr(e):new se(e,t,n,r??1)}function se(e,t,n,r){this.r=+e,this.g=+t,this.b=+n,this.opacity=+r}wt(se,Ut,Kt(Ke,{brighter(e){return e=e==null?xt:Math.pow(xt,e),new se(this.r*e,this.g*e,this.b*e,this.opacity)},darker(e){return e=e==null?st:Math.pow(st,e),new se(this.r*e,this.g*e,this.b*e,this.opacity)},rgb(){return this},clamp(){return new se(it(this.r),it(this.g),it(this.b),Pn(this.opacity))},displayable(){return-.5<=this.r&&this.r<255.5&&-.5<=this.g&&this.g<255.5&&-.5<=this.b&&this.b<255.5&&0<=this.opacity&&this.opacity<=1},hex:Ea,formatHex:Ea,formatHex8:qf,formatRgb:_a,toString:_a}));function Ea(){return`#${ot(this.r)}${ot(this.g)}${ot(this.b)}`}function qf(){return`#${ot(this.r)}${ot(this.g)}${ot(this.b)}${ot((isNaN(this.opacity)?1:this.opacity)*255)}`}function _a(){let e=Pn(this.opacity);return`${e===1?"rgb(":"rgba("}${it(this.r)}, ${it(this.g)}, ${it(this.b)}${e===1?")":`, ${e})`}`}function Pn(e){return isNaN(e)?1:Math.max(0,Math.min(1,e))}function it(e){return Math.max(0,Math.min(255,Math.round(e)||0))}function ot(e){return e=it(e),(e<16?"0":"")+e.toString(16)}function Ta(e,t,n,r){return r<=0?e=t=n=NaN:n<=0||n>=1?e=t=NaN:t<=0&&(e=NaN),new Me(e,t,n,r)}function Ra(e){if(e instanceof Me)return new Me(e.h,e.s,e.l,e.opacity);if(e instanceof Ke||(e=Ve(e)),!e)return new Me;if(e instanceof Me)return e;e=e.rgb();var t=e.r/255,n=e.g/255,r=e.b/255,o=Math.min(t,n,r),i=Math.max(t,n,r),a=NaN,s=i-o,u=(i+o)/2;return s?(t===i?a=(n-r)/s+(n<r)*6:n===i?a=(r-t)/s+2:a=(t-n)/s+4,s/=u<.5?i+o:2-i-o,a*=60):s=u>0&&u<1?0:a,new Me(a,s,u,e.opacity)}function Dn(e,t,n,r){return arguments.length===1?Ra(e):new Me(e,t,n,r??1)}function Me(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}wt(Me,Dn,Kt(Ke,{brighter(e){return e=e==null?xt:Math.pow(xt,e),new Me(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?st:Math.pow(st,e),new Me(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=this.h%360+(this.h<0)*360,t=isNaN(e)||isNaN(this.s)?0:this.s,n=this.l,r=n+(n<.5?n:1-n)*t,o=2*n-r;return new se(Vr(e>=240?e-240:e+120,o,r),Vr(e,o,r),Vr(e<120?e+240:e-120,o,r),this.opacity)},clamp(){return new Me(Ca(this.h),On(this.s),On(this.l),Pn(this.opacity))},displayable(){return(0<=this.s&&this.s<=1||isNaN(this.s))&&0<=this.l&&this.l<=1&&0<=this.opacity&&this.opacity<=1},formatHsl(){let e=Pn(this.opacity);return`${e===1?"hsl(":"hsla("}${Ca(this.h)}, ${On(this.s)*100}%, ${On(this.l)*100}%${e===1?")":`, ${e})`}`}}));function Ca(e){return e=(e||0)%360,e<0?e+360:e}function On(e){return Math.max(0,Math.min(1,e||0))}function Vr(e,t,n){return(e<60?t+(n-t)*e/60:e<180?n:e<240?t+(n-t)*(240-e)/60:t)*255}var Oa=Math.PI/180,Pa=180/Math.PI,Gn=18,Ga=.96422,Da=1,Ia=.82521,za=4/29,bt=6/29,Va=3*bt*bt,jf=bt*bt*bt;function Ha(e){if(e instanceof Ne)return new Ne(e.l,e.a,e.b,e.opacity);if(e instanceof ze)return Ba(e);e instanceof se||(e=jr(e));var t=qr(e.r),n=qr(e.g),r=qr(e.b),o=Hr((.2225045*t+.7168786*n+.0606169*r)/Da),i,a;return t===n&&n===r?i=a=o:(i=Hr((.4360747*t+.3850649*n+.1430804*r)/Ga),a=Hr((.0139322*t+.0971045*n+.7141733*r)/Ia)),new Ne(116*o-16,500*(i-o),200*(o-a),e.opacity)}function Fa(e,t,n,r){return arguments.length===1?Ha(e):new Ne(e,t,n,r??1)}function Ne(e,t,n,r){this.l=+e,this.a=+t,this.b=+n,this.opacity=+r}wt(Ne,Fa,Kt(Ke,{brighter(e){return new Ne(this.l+Gn*(e??1),this.a,this.b,this.opacity)},darker(e){return new Ne(this.l-Gn*(e??1),this.a,this.b,this.opacity)},rgb(){var e=(this.l+16)/116,t=isNaN(this.a)?e:e+this.a/500,n=isNaN(this.b)?e:e-this.b/200;return t=Ga*Fr(t),e=Da*Fr(e),n=Ia*Fr(n),new se(Br(3.1338561*t-1.6168667*e-.4906146*n),Br(-.9787684*t+1.9161415*e+.033454*n),Br(.0719453*t-.2289914*e+1.4052427*n),this.opacity)}}));function Hr(e){return e>jf?Math.pow(e,1/3):e/Va+za}function Fr(e){return e>bt?e*e*e:Va*(e-za)}function Br(e){return 255*(e<=.0031308?12.92*e:1.055*Math.pow(e,1/2.4)-.055)}function qr(e){return(e/=255)<=.04045?e/12.92:Math.pow((e+.055)/1.055,2.4)}function Wf(e){if(e instanceof ze)return new ze(e.h,e.c,e.l,e.opacity);if(e instanceof Ne||(e=Ha(e)),e.a===0&&e.b===0)return new ze(NaN,0<e.l&&e.l<100?0:NaN,e.l,e.opacity);var t=Math.atan2(e.b,e.a)*Pa;return new ze(t<0?t+360:t,Math.sqrt(e.a*e.a+e.b*e.b),e.l,e.opacity)}function In(e,t,n,r){return arguments.length===1?Wf(e):new ze(e,t,n,r??1)}function ze(e,t,n,r){this.h=+e,this.c=+t,this.l=+n,this.opacity=+r}function Ba(e){if(isNaN(e.h))return new Ne(e.l,0,0,e.opacity);var t=e.h*Oa;return new Ne(e.l,Math.cos(t)*e.c,Math.sin(t)*e.c,e.opacity)}wt(ze,In,Kt(Ke,{brighter(e){return new ze(this.h,this.c,this.l+Gn*(e??1),this.opacity)},darker(e){return new ze(this.h,this.c,this.l-Gn*(e??1),this.opacity)},rgb(){return Ba(this).rgb()}}));var qa=-.14861,Wr=1.78277,Xr=-.29227,zn=-.90649,Xt=1.97294,La=Xt*zn,Aa=Xt*Wr,Na=Wr*Xr-zn*qa;function Xf(e){if(e instanceof at)return new at(e.h,e.s,e.l,e.opacity);e instanceof se||(e=jr(e));var t=e.r/255,n=e.g/255,r=e.b/255,o=(Na*r+La*t-Aa*n)/(Na+La-Aa),i=r-o,a=(Xt*(n-o)-Xr*i)/zn,s=Math.sqrt(a*a+i*i)/(Xt*o*(1-o)),u=s?Math.atan2(a,i)*Pa-120:NaN;return new at(u<0?u+360:u,s,o,e.opacity)}function Vn(e,t,n,r){return arguments.length===1?Xf(e):new at(e,t,n,r??1)}function at(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}wt(at,Vn,Kt(Ke,{brighter(e){return e=e==null?xt:Math.pow(xt,e),new at(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?st:Math.pow(st,e),new at(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=isNaN(this.h)?0:(this.h+120)*Oa,t=+this.l,n=isNaN(this.s)?0:this.s*t*(1-t),r=Math.cos(e),o=Math.sin(e);return new se(255*(t+n*(qa*r+Wr*o)),255*(t+n*(Xr*r+zn*o)),255*(t+n*(Xt*r)),this.opacity)}}));function Xa(e,t,n,r,o){var i=e*e,a=i*e;return((1-3*e+3*i-a)*t+(4-6*i+3*a)*n+(1+3*e+3*i-3*a)*r+a*o)/6}function Kf(e){var t=e.length-1;return function(n){var r=n<=0?n=0:n>=1?(n=1,t-1):Math.floor(n*t),o=e[r],i=e[r+1],a=r>0?e[r-1]:2*o-i,s=r<t-1?e[r+2]:2*i-o;return Xa((n-r/t)*t,a,o,i,s)}}function Uf(e){var t=e.length;return function(n){var r=Math.floor(((n%=1)<0?++n:n)*t),o=e[(r+t-1)%t],i=e[r%t],a=e[(r+1)%t],s=e[(r+2)%t];return Xa((n-r/t)*t,o,i,a,s)}}var Fn=e=>()=>e;function Ka(e,t){return function(n){return e+n*t}}function Yf(e,t,n){return e=Math.pow(e,n),t=Math.pow(t,n)-e,n=1/n,function(r){return Math.pow(e+r*t,n)}}function Zr(e,t){var n=t-e;return n?Ka(e,n>180||n<-180?n-360*Math.round(n/360):n):Fn(isNaN(e)?t:e)}function Zf(e){return(e=+e)==1?he:function(t,n){return n-t?Yf(t,n,e):Fn(isNaN(t)?n:t)}}function he(e,t){var n=t-e;return n?Ka(e,n):Fn(isNaN(e)?t:e)}var Yt=(function e(t){var n=Zf(t);function r(o,i){var a=n((o=Ut(o)).r,(i=Ut(i)).r),s=n(o.g,i.g),u=n(o.b,i.b),l=he(o.opacity,i.opacity);return function(c){return o.r=a(c),o.g=s(c),o.b=u(c),o.opacity=l(c),o+""}}return r.gamma=e,r})(1);function Ua(e){return function(t){var n=t.length,r=new Array(n),o=new Array(n),i=new Array(n),a,s;for(a=0;a<n;++a)s=Ut(t[a]),r[a]=s.r||0,o[a]=s.g||0,i[a]=s.b||0;return r=e(r),o=e(o),i=e(i),s.opacity=1,function(u){return s.r=r(u),s.g=o(u),s.b=i(u),s+""}}}var b0=Ua(Kf),x0=Ua(Uf);function Qf(e,t){t||(t=[]);var n=e?Math.min(t.length,e.length):0,r=t.slice(),o;return function(i){for(o=0;o<n;++o)r[o]=e[o]*(1-i)+t[o]*i;return r}}function Jf(e){return ArrayBuffer.isView(e)&&!(e instanceof DataView)}function ed(e,t){var n=t?t.length:0,r=e?Math.min(n,e.length):0,o=new Array(r),i=new Array(n),a;for(a=0;a<r;++a)o[a]=Bn(e[a],t[a]);for(;a<n;++a)i[a]=t[a];return function(s){for(a=0;a<r;++a)i[a]=o[a](s);return i}}function td(e,t){var n=new Date;return e=+e,t=+t,function(r){return n.setTime(e*(1-r)+t*r),n}}function be(e,t){return e=+e,t=+t,function(n){return e*(1-n)+t*n}}function nd(e,t){var n={},r={},o;(e===null||typeof e!="object")&&(e={}),(t===null||typeof t!="object")&&(t={});for(o in t)o in e?n[o]=Bn(e[o],t[o]):r[o]=t[o];return function(i){for(o in n)r[o]=n[o](i);return r}}var Ur=/[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g,Kr=new RegExp(Ur.source,"g");function rd(e){return function(){return e}}function od(e){return function(t){return e(t)+""}}function Qr(e,t){var n=Ur.lastIndex=Kr.lastIndex=0,r,o,i,a=-1,s=[],u=[];for(e=e+"",t=t+"";(r=Ur.exec(e))&&(o=Kr.exec(t));)(i=o.index)>n&&(i=t.slice(n,i),s[a]?s[a]+=i:s[++a]=i),(r=r[0])===(o=o[0])?s[a]?s[a]+=o:s[++a]=o:(s[++a]=null,u.push({i:a,x:be(r,o)})),n=Kr.lastIndex;return n<t.length&&(i=t.slice(n),s[a]?s[a]+=i:s[++a]=i),s.length<2?u[0]?od(u[0].x):rd(t):(t=u.length,function(l){for(var c=0,f;c<t;++c)s[(f=u[c]).i]=f.x(l);return s.join("")})}function Bn(e,t){var n=typeof t,r;return t==null||n==="boolean"?Fn(t):(n==="number"?be:n==="string"?(r=Ve(t))?(t=r,Yt):Qr:t instanceof Ve?Yt:t instanceof Date?td:Jf(t)?Qf:Array.isArray(t)?ed:typeof t.valueOf!="function"&&typeof t.toString!="function"||isNaN(t)?nd:be)(e,t)}function Ya(e,t){return e=+e,t=+t,function(n){return Math.round(e*(1-n)+t*n)}}var ja=180/Math.PI,Yr={translateX:0,translateY:0,rotate:0,skewX:0,scaleX:1,scaleY:1};function Za(e,t,n,r,o,i){var a,s,u;return(a=Math.sqrt(e*e+t*t))&&(e/=a,t/=a),(u=e*n+t*r)&&(n-=e*u,r-=t*u),(s=Math.sqrt(n*n+r*r))&&(n/=s,r/=s,u/=s),e*r<t*n&&(e=-e,t=-t,u=-u,a=-a),{translateX:o,translateY:i,rotate:Math.atan2(t,e)*ja,skewX:Math.atan(u)*ja,scaleX:a,scaleY:s}}var Hn;function id(e){let t=new(typeof DOMMatrix=="function"?DOMMatrix:WebKitCSSMatrix)(e+"");return t.isIdentity?Yr:Za(t.a,t.b,t.c,t.d,t.e,t.f)}function ad(e){return e==null||(Hn||(Hn=document.createElementNS("http://www.w3.org/2000/svg","g")),Hn.setAttribute("transform",e),!(e=Hn.transform.baseVal.consolidate()))?Yr:(e=e.matrix,Za(e.a,e.b,e.c,e.d,e.e,e.f))}function Qa(e,t,n,r){function o(l){return l.length?l.pop()+" ":""}function i(l,c,f,d,h,x){if(l!==f||c!==d){var _=h.push("translate(",null,t,null,n);x.push({i:_-4,x:be(l,f)},{i:_-2,x:be(c,d)})}else(f||d)&&h.push("translate("+f+t+d+n)}function a(l,c,f,d){l!==c?(l-c>180?c+=360:c-l>180&&(l+=360),d.push({i:f.push(o(f)+"rotate(",null,r)-2,x:be(l,c)})):c&&f.push(o(f)+"rotate("+c+r)}function s(l,c,f,d){l!==c?d.push({i:f.push(o(f)+"skewX(",null,r)-2,x:be(l,c)}):c&&f.push(o(f)+"skewX("+c+r)}function u(l,c,f,d,h,x){if(l!==f||c!==d){var _=h.push(o(h)+"scale(",null,",",null,")");x.push({i:_-4,x:be(l,f)},{i:_-2,x:be(c,d)})}else(f!==1||d!==1)&&h.push(o(h)+"scale("+f+","+d+")")}return function(l,c){var f=[],d=[];return l=e(l),c=e(c),i(l.translateX,l.translateY,c.translateX,c.translateY,f,d),a(l.rotate,c.rotate,f,d),s(l.skewX,c.skewX,f,d),u(l.scaleX,l.scaleY,c.scaleX,c.scaleY,f,d),l=c=null,function(h){for(var x=-1,_=d.length,b;++x<_;)f[(b=d[x]).i]=b.x(h);return f.join("")}}}var Ja=Qa(id,"px, ","px)","deg)"),es=Qa(ad,", ",")",")"),sd=1e-12;function Wa(e){return((e=Math.exp(e))+1/e)/2}function ld(e){return((e=Math.exp(e))-1/e)/2}function ud(e){return((e=Math.exp(2*e))-1)/(e+1)}var ts=(function e(t,n,r){function o(i,a){var s=i[0],u=i[1],l=i[2],c=a[0],f=a[1],d=a[2],h=c-s,x=f-u,_=h*h+x*x,b,y;if(_<sd)y=Math.log(d/l)/t,b=function(D){return[s+D*h,u+D*x,l*Math.exp(t*D*y)]};else{var L=Math.sqrt(_),A=(d*d-l*l+r*_)/(2*l*n*L),N=(d*d-l*l-r*_)/(2*d*n*L),V=Math.log(Math.sqrt(A*A+1)-A),$=Math.log(Math.sqrt(N*N+1)-N);y=($-V)/t,b=function(D){var H=D*y,G=Wa(V),S=l/(n*L)*(G*ud(t*H+V)-ld(V));return[s+S*h,u+S*x,l*G/Wa(t*H+V)]}}return b.duration=Math.abs(y)*1e3*t/Math.SQRT2,b}return o.rho=function(i){var a=Math.max(.001,+i),s=a*a,u=s*s;return e(a,s,u)},o})(Math.SQRT2,2,4);function ns(e){return function(t,n){var r=e((t=Dn(t)).h,(n=Dn(n)).h),o=he(t.s,n.s),i=he(t.l,n.l),a=he(t.opacity,n.opacity);return function(s){return t.h=r(s),t.s=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var w0=ns(Zr),v0=ns(he);function rs(e){return function(t,n){var r=e((t=In(t)).h,(n=In(n)).h),o=he(t.c,n.c),i=he(t.l,n.l),a=he(t.opacity,n.opacity);return function(s){return t.h=r(s),t.c=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var k0=rs(Zr),M0=rs(he);function os(e){return(function t(n){n=+n;function r(o,i){var a=e((o=Vn(o)).h,(i=Vn(i)).h),s=he(o.s,i.s),u=he(o.l,i.l),l=he(o.opacity,i.opacity);return function(c){return o.h=a(c),o.s=s(c),o.l=u(Math.pow(c,n)),o.opacity=l(c),o+""}}return r.gamma=t,r})(1)}var S0=os(Zr),$0=os(he);function cd(e,t){var n,r;return function(){var o=le(this,e),i=o.tween;if(i!==n){r=n=i;for(var a=0,s=r.length;a<s;++a)if(r[a].name===t){r=r.slice(),r.splice(a,1);break}}o.tween=r}}function fd(e,t,n){var r,o;if(typeof n!="function")throw new Error;return function(){var i=le(this,e),a=i.tween;if(a!==r){o=(r=a).slice();for(var s={name:t,value:n},u=0,l=o.length;u<l;++u)if(o[u].name===t){o[u]=s;break}u===l&&o.push(s)}i.tween=o}}function is(e,t){var n=this._id;if(e+="",arguments.length<2){for(var r=oe(this.node(),n).tween,o=0,i=r.length,a;o<i;++o)if((a=r[o]).name===e)return a.value;return null}return this.each((t==null?cd:fd)(n,e,t))}function vt(e,t,n){var r=e._id;return e.each(function(){var o=le(this,r);(o.value||(o.value={}))[t]=n.apply(this,arguments)}),function(o){return oe(o,r).value[t]}}function qn(e,t){var n;return(typeof t=="number"?be:t instanceof Ve?Yt:(n=Ve(t))?(t=n,Yt):Qr)(e,t)}function dd(e){return function(){this.removeAttribute(e)}}function pd(e){return function(){this.removeAttributeNS(e.space,e.local)}}function md(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttribute(e);return a===o?null:a===r?i:i=t(r=a,n)}}function hd(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttributeNS(e.space,e.local);return a===o?null:a===r?i:i=t(r=a,n)}}function gd(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttribute(e):(a=this.getAttribute(e),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function yd(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttributeNS(e.space,e.local):(a=this.getAttributeNS(e.space,e.local),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function as(e,t){var n=De(e),r=n==="transform"?es:qn;return this.attrTween(e,typeof t=="function"?(n.local?yd:gd)(n,r,vt(this,"attr."+e,t)):t==null?(n.local?pd:dd)(n):(n.local?hd:md)(n,r,t))}function bd(e,t){return function(n){this.setAttribute(e,t.call(this,n))}}function xd(e,t){return function(n){this.setAttributeNS(e.space,e.local,t.call(this,n))}}function wd(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&xd(e,i)),n}return o._value=t,o}function vd(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&bd(e,i)),n}return o._value=t,o}function ss(e,t){var n="attr."+e;if(arguments.length<2)return(n=this.tween(n))&&n._value;if(t==null)return this.tween(n,null);if(typeof t!="function")throw new Error;var r=De(e);return this.tween(n,(r.local?wd:vd)(r,t))}function kd(e,t){return function(){jt(this,e).delay=+t.apply(this,arguments)}}function Md(e,t){return t=+t,function(){jt(this,e).delay=t}}function ls(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?kd:Md)(t,e)):oe(this.node(),t).delay}function Sd(e,t){return function(){le(this,e).duration=+t.apply(this,arguments)}}function $d(e,t){return t=+t,function(){le(this,e).duration=t}}function us(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?Sd:$d)(t,e)):oe(this.node(),t).duration}function Ed(e,t){if(typeof t!="function")throw new Error;return function(){le(this,e).ease=t}}function cs(e){var t=this._id;return arguments.length?this.each(Ed(t,e)):oe(this.node(),t).ease}function _d(e,t){return function(){var n=t.apply(this,arguments);if(typeof n!="function")throw new Error;le(this,e).ease=n}}function fs(e){if(typeof e!="function")throw new Error;return this.each(_d(this._id,e))}function ds(e){typeof e!="function"&&(e=Dt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new me(r,this._parents,this._name,this._id)}function ps(e){if(e._id!==this._id)throw new Error;for(var t=this._groups,n=e._groups,r=t.length,o=n.length,i=Math.min(r,o),a=new Array(r),s=0;s<i;++s)for(var u=t[s],l=n[s],c=u.length,f=a[s]=new Array(c),d,h=0;h<c;++h)(d=u[h]||l[h])&&(f[h]=d);for(;s<r;++s)a[s]=t[s];return new me(a,this._parents,this._name,this._id)}function Td(e){return(e+"").trim().split(/^|\s+/).every(function(t){var n=t.indexOf(".");return n>=0&&(t=t.slice(0,n)),!t||t==="start"})}function Cd(e,t,n){var r,o,i=Td(t)?jt:le;return function(){var a=i(this,e),s=a.on;s!==r&&(o=(r=s).copy()).on(t,n),a.on=o}}function ms(e,t){var n=this._id;return arguments.length<2?oe(this.node(),n).on.on(e):this.each(Cd(n,e,t))}function Ld(e){return function(){var t=this.parentNode;for(var n in this.__transition)if(+n!==e)return;t&&t.removeChild(this)}}function hs(){return this.on("end.remove",Ld(this._id))}function gs(e){var t=this._name,n=this._id;typeof e!="function"&&(e=tt(e));for(var r=this._groups,o=r.length,i=new Array(o),a=0;a<o;++a)for(var s=r[a],u=s.length,l=i[a]=new Array(u),c,f,d=0;d<u;++d)(c=s[d])&&(f=e.call(c,c.__data__,d,s))&&("__data__"in c&&(f.__data__=c.__data__),l[d]=f,Xe(l[d],t,n,d,l,oe(c,n)));return new me(i,this._parents,t,n)}function ys(e){var t=this._name,n=this._id;typeof e!="function"&&(e=Gt(e));for(var r=this._groups,o=r.length,i=[],a=[],s=0;s<o;++s)for(var u=r[s],l=u.length,c,f=0;f<l;++f)if(c=u[f]){for(var d=e.call(c,c.__data__,f,u),h,x=oe(c,n),_=0,b=d.length;_<b;++_)(h=d[_])&&Xe(h,t,n,_,d,x);i.push(d),a.push(c)}return new me(i,a,t,n)}var Ad=Ie.prototype.constructor;function bs(){return new Ad(this._groups,this._parents)}function Nd(e,t){var n,r,o;return function(){var i=We(this,e),a=(this.style.removeProperty(e),We(this,e));return i===a?null:i===n&&a===r?o:o=t(n=i,r=a)}}function xs(e){return function(){this.style.removeProperty(e)}}function Rd(e,t,n){var r,o=n+"",i;return function(){var a=We(this,e);return a===o?null:a===r?i:i=t(r=a,n)}}function Od(e,t,n){var r,o,i;return function(){var a=We(this,e),s=n(this),u=s+"";return s==null&&(u=s=(this.style.removeProperty(e),We(this,e))),a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s))}}function Pd(e,t){var n,r,o,i="style."+t,a="end."+i,s;return function(){var u=le(this,e),l=u.on,c=u.value[i]==null?s||(s=xs(t)):void 0;(l!==n||o!==c)&&(r=(n=l).copy()).on(a,o=c),u.on=r}}function ws(e,t,n){var r=(e+="")=="transform"?Ja:qn;return t==null?this.styleTween(e,Nd(e,r)).on("end.style."+e,xs(e)):typeof t=="function"?this.styleTween(e,Od(e,r,vt(this,"style."+e,t))).each(Pd(this._id,e)):this.styleTween(e,Rd(e,r,t),n).on("end.style."+e,null)}function Gd(e,t,n){return function(r){this.style.setProperty(e,t.call(this,r),n)}}function Dd(e,t,n){var r,o;function i(){var a=t.apply(this,arguments);return a!==o&&(r=(o=a)&&Gd(e,a,n)),r}return i._value=t,i}function vs(e,t,n){var r="style."+(e+="");if(arguments.length<2)return(r=this.tween(r))&&r._value;if(t==null)return this.tween(r,null);if(typeof t!="function")throw new Error;return this.tween(r,Dd(e,t,n??""))}function Id(e){return function(){this.textContent=e}}function zd(e){return function(){var t=e(this);this.textContent=t??""}}function ks(e){return this.tween("text",typeof e=="function"?zd(vt(this,"text",e)):Id(e==null?"":e+""))}function Vd(e){return function(t){this.textContent=e.call(this,t)}}function Hd(e){var t,n;function r(){var o=e.apply(this,arguments);return o!==n&&(t=(n=o)&&Vd(o)),t}return r._value=e,r}function Ms(e){var t="text";if(arguments.length<1)return(t=this.tween(t))&&t._value;if(e==null)return this.tween(t,null);if(typeof e!="function")throw new Error;return this.tween(t,Hd(e))}function Ss(){for(var e=this._name,t=this._id,n=jn(),r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)if(u=a[l]){var c=oe(u,t);Xe(u,e,n,l,a,{time:c.time+c.delay+c.duration,delay:0,duration:c.duration,ease:c.ease})}return new me(r,this._parents,e,n)}function $s(){var e,t,n=this,r=n._id,o=n.size();return new Promise(function(i,a){var s={value:a},u={value:function(){--o===0&&i()}};n.each(function(){var l=le(this,r),c=l.on;c!==e&&(t=(e=c).copy(),t._.cancel.push(s),t._.interrupt.push(s),t._.end.push(u)),l.on=t}),o===0&&i()})}var Fd=0;function me(e,t,n,r){this._groups=e,this._parents=t,this._name=n,this._id=r}function Es(e){return Ie().transition(e)}function jn(){return++Fd}var He=Ie.prototype;me.prototype=Es.prototype={constructor:me,select:gs,selectAll:ys,selectChild:He.selectChild,selectChildren:He.selectChildren,filter:ds,merge:ps,selection:bs,transition:Ss,call:He.call,nodes:He.nodes,node:He.node,size:He.size,empty:He.empty,each:He.each,on:ms,attr:as,attrTween:ss,style:ws,styleTween:vs,text:ks,textTween:Ms,remove:hs,tween:is,delay:ls,duration:us,ease:cs,easeVarying:fs,end:$s,[Symbol.iterator]:He[Symbol.iterator]};function Ts(e){return((e*=2)<=1?e*e*e:(e-=2)*e*e+2)/2}var Jr=3,Kx=(function e(t){t=+t;function n(r){return Math.pow(r,t)}return n.exponent=e,n})(Jr),Ux=(function e(t){t=+t;function n(r){return 1-Math.pow(1-r,t)}return n.exponent=e,n})(Jr),Yx=(function e(t){t=+t;function n(r){return((r*=2)<=1?Math.pow(r,t):2-Math.pow(2-r,t))/2}return n.exponent=e,n})(Jr),Bd=Math.PI,Zx=Bd/2;function Wn(e){return(Math.pow(2,-10*e)-.0009765625)*1.0009775171065494}var _s=4/11,Qx=6/11,Jx=8/11,ew=3/4,tw=9/11,nw=10/11,rw=15/16,ow=21/22,iw=63/64,aw=1/_s/_s;var eo=1.70158,sw=(function e(t){t=+t;function n(r){return(r=+r)*r*(t*(r-1)+r)}return n.overshoot=e,n})(eo),lw=(function e(t){t=+t;function n(r){return--r*r*((r+1)*t+r)+1}return n.overshoot=e,n})(eo),uw=(function e(t){t=+t;function n(r){return((r*=2)<1?r*r*((t+1)*r-t):(r-=2)*r*((t+1)*r+t)+2)/2}return n.overshoot=e,n})(eo),kt=2*Math.PI,to=1,no=.3,cw=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=kt);function o(i){return t*Wn(- --i)*Math.sin((r-i)/n)}return o.amplitude=function(i){return e(i,n*kt)},o.period=function(i){return e(t,i)},o})(to,no),fw=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=kt);function o(i){return 1-t*Wn(i=+i)*Math.sin((i+r)/n)}return o.amplitude=function(i){return e(i,n*kt)},o.period=function(i){return e(t,i)},o})(to,no),dw=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=kt);function o(i){return((i=i*2-1)<0?t*Wn(-i)*Math.sin((r-i)/n):2-t*Wn(i)*Math.sin((r+i)/n))/2}return o.amplitude=function(i){return e(i,n*kt)},o.period=function(i){return e(t,i)},o})(to,no);var qd={time:null,delay:0,duration:250,ease:Ts};function jd(e,t){for(var n;!(n=e.__transition)||!(n=n[t]);)if(!(e=e.parentNode))throw new Error(`transition ${t} not found`);return n}function Cs(e){var t,n;e instanceof me?(t=e._id,e=e._name):(t=jn(),(n=qd).time=Cn(),e=e==null?null:e+"");for(var r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&Xe(u,e,t,l,a,n||jd(u,t));return new me(r,this._parents,e,t)}Ie.prototype.interrupt=va;Ie.prototype.transition=Cs;var ro={capture:!0,passive:!1};function oo(e){e.preventDefault(),e.stopImmediatePropagation()}function Ls(e){var t=e.document.documentElement,n=pe(e).on("dragstart.drag",oo,ro);"onselectstart"in t?n.on("selectstart.drag",oo,ro):(t.__noselect=t.style.MozUserSelect,t.style.MozUserSelect="none")}function As(e,t){var n=e.document.documentElement,r=pe(e).on("dragstart.drag",null);t&&(r.on("click.drag",oo,ro),setTimeout(function(){r.on("click.drag",null)},0)),"onselectstart"in n?r.on("selectstart.drag",null):(n.style.MozUserSelect=n.__noselect,delete n.__noselect)}function Wd(e,{sourceEvent:t,subject:n,target:r,identifier:o,active:i,x:a,y:s,dx:u,dy:l,dispatch:c}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},subject:{value:n,enumerable:!0,configurable:!0},target:{value:r,enumerable:!0,configurable:!0},identifier:{value:o,enumerable:!0,configurable:!0},active:{value:i,enumerable:!0,configurable:!0},x:{value:a,enumerable:!0,configurable:!0},y:{value:s,enumerable:!0,configurable:!0},dx:{value:u,enumerable:!0,configurable:!0},dy:{value:l,enumerable:!0,configurable:!0},_:{value:c}})}Wd.prototype.on=function(){var e=this._.on.apply(this._,arguments);return e===this._?this:e};var Zt=e=>()=>e;function io(e,{sourceEvent:t,target:n,transform:r,dispatch:o}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},target:{value:n,enumerable:!0,configurable:!0},transform:{value:r,enumerable:!0,configurable:!0},_:{value:o}})}function Se(e,t,n){this.k=e,this.x=t,this.y=n}Se.prototype={constructor:Se,scale:function(e){return e===1?this:new Se(this.k*e,this.x,this.y)},translate:function(e,t){return e===0&t===0?this:new Se(this.k,this.x+this.k*e,this.y+this.k*t)},apply:function(e){return[e[0]*this.k+this.x,e[1]*this.k+this.y]},applyX:function(e){return e*this.k+this.x},applyY:function(e){return e*this.k+this.y},invert:function(e){return[(e[0]-this.x)/this.k,(e[1]-this.y)/this.k]},invertX:function(e){return(e-this.x)/this.k},invertY:function(e){return(e-this.y)/this.k},rescaleX:function(e){return e.copy().domain(e.range().map(this.invertX,this).map(e.invert,e))},rescaleY:function(e){return e.copy().domain(e.range().map(this.invertY,this).map(e.invert,e))},toString:function(){return"translate("+this.x+","+this.y+") scale("+this.k+")"}};var lt=new Se(1,0,0);Mt.prototype=Se.prototype;function Mt(e){for(;!e.__zoom;)if(!(e=e.parentNode))return lt;return e.__zoom}function Xn(e){e.stopImmediatePropagation()}function St(e){e.preventDefault(),e.stopImmediatePropagation()}function Xd(e){return(!e.ctrlKey||e.type==="wheel")&&!e.button}function Kd(){var e=this;return e instanceof SVGElement?(e=e.ownerSVGElement||e,e.hasAttribute("viewBox")?(e=e.viewBox.baseVal,[[e.x,e.y],[e.x+e.width,e.y+e.height]]):[[0,0],[e.width.baseVal.value,e.height.baseVal.value]]):[[0,0],[e.clientWidth,e.clientHeight]]}function Ns(){return this.__zoom||lt}function Ud(e){return-e.deltaY*(e.deltaMode===1?.05:e.deltaMode?1:.002)*(e.ctrlKey?10:1)}function Yd(){return navigator.maxTouchPoints||"ontouchstart"in this}function Zd(e,t,n){var r=e.invertX(t[0][0])-n[0][0],o=e.invertX(t[1][0])-n[1][0],i=e.invertY(t[0][1])-n[0][1],a=e.invertY(t[1][1])-n[1][1];return e.translate(o>r?(r+o)/2:Math.min(0,r)||Math.max(0,o),a>i?(i+a)/2:Math.min(0,i)||Math.max(0,a))}function ao(){var e=Xd,t=Kd,n=Zd,r=Ud,o=Yd,i=[0,1/0],a=[[-1/0,-1/0],[1/0,1/0]],s=250,u=ts,l=zt("start","zoom","end"),c,f,d,h=500,x=150,_=0,b=10;function y(m){m.property("__zoom",Ns).on("wheel.zoom",H,{passive:!1}).on("mousedown.zoom",G).on("dblclick.zoom",S).filter(o).on("touchstart.zoom",C).on("touchmove.zoom",T).on("touchend.zoom touchcancel.zoom",E).style("-webkit-tap-highlight-color","rgba(0,0,0,0)")}y.transform=function(m,w,M,R){var P=m.selection?m.selection():m;P.property("__zoom",Ns),m!==P?V(m,w,M,R):P.interrupt().each(function(){$(this,arguments).event(R).start().zoom(null,typeof w=="function"?w.apply(this,arguments):w).end()})},y.scaleBy=function(m,w,M,R){y.scaleTo(m,function(){var P=this.__zoom.k,v=typeof w=="function"?w.apply(this,arguments):w;return P*v},M,R)},y.scaleTo=function(m,w,M,R){y.transform(m,function(){var P=t.apply(this,arguments),v=this.__zoom,g=M==null?N(P):typeof M=="function"?M.apply(this,arguments):M,O=v.invert(g),I=typeof w=="function"?w.apply(this,arguments):w;return n(A(L(v,I),g,O),P,a)},M,R)},y.translateBy=function(m,w,M,R){y.transform(m,function(){return n(this.__zoom.translate(typeof w=="function"?w.apply(this,arguments):w,typeof M=="function"?M.apply(this,arguments):M),t.apply(this,arguments),a)},null,R)},y.translateTo=function(m,w,M,R,P){y.transform(m,function(){var v=t.apply(this,arguments),g=this.__zoom,O=R==null?N(v):typeof R=="function"?R.apply(this,arguments):R;return n(lt.translate(O[0],O[1]).scale(g.k).translate(typeof w=="function"?-w.apply(this,arguments):-w,typeof M=="function"?-M.apply(this,arguments):-M),v,a)},R,P)};function L(m,w){return w=Math.max(i[0],Math.min(i[1],w)),w===m.k?m:new Se(w,m.x,m.y)}function A(m,w,M){var R=w[0]-M[0]*m.k,P=w[1]-M[1]*m.k;return R===m.x&&P===m.y?m:new Se(m.k,R,P)}function N(m){return[(+m[0][0]+ +m[1][0])/2,(+m[0][1]+ +m[1][1])/2]}function V(m,w,M,R){m.on("start.zoom",function(){$(this,arguments).event(R).start()}).on("interrupt.zoom end.zoom",function(){$(this,arguments).event(R).end()}).tween("zoom",function(){var P=this,v=arguments,g=$(P,v).event(R),O=t.apply(P,v),I=M==null?N(O):typeof M=="function"?M.apply(P,v):M,j=Math.max(O[1][0]-O[0][0],O[1][1]-O[0][1]),F=P.__zoom,z=typeof w=="function"?w.apply(P,v):w,q=u(F.invert(I).concat(j/F.k),z.invert(I).concat(j/z.k));return function(B){if(B===1)B=z;else{var W=q(B),Y=j/W[2];B=new Se(Y,I[0]-W[0]*Y,I[1]-W[1]*Y)}g.zoom(null,B)}})}function $(m,w,M){return!M&&m.__zooming||new D(m,w)}function D(m,w){this.that=m,this.args=w,this.active=0,this.sourceEvent=null,this.extent=t.apply(m,w),this.taps=0}D.prototype={event:function(m){return m&&(this.sourceEvent=m),this},start:function(){return++this.active===1&&(this.that.__zooming=this,this.emit("start")),this},zoom:function(m,w){return this.mouse&&m!=="mouse"&&(this.mouse[1]=w.invert(this.mouse[0])),this.touch0&&m!=="touch"&&(this.touch0[1]=w.invert(this.touch0[0])),this.touch1&&m!=="touch"&&(this.touch1[1]=w.invert(this.touch1[0])),this.that.__zoom=w,this.emit("zoom"),this},end:function(){return--this.active===0&&(delete this.that.__zooming,this.emit("end")),this},emit:function(m){var w=pe(this.that).datum();l.call(m,this.that,new io(m,{sourceEvent:this.sourceEvent,target:y,type:m,transform:this.that.__zoom,dispatch:l}),w)}};function H(m,...w){if(!e.apply(this,arguments))return;var M=$(this,w).event(m),R=this.__zoom,P=Math.max(i[0],Math.min(i[1],R.k*Math.pow(2,r.apply(this,arguments)))),v=Le(m);if(M.wheel)(M.mouse[0][0]!==v[0]||M.mouse[0][1]!==v[1])&&(M.mouse[1]=R.invert(M.mouse[0]=v)),clearTimeout(M.wheel);else{if(R.k===P)return;M.mouse=[v,R.invert(v)],rt(this),M.start()}St(m),M.wheel=setTimeout(g,x),M.zoom("mouse",n(A(L(R,P),M.mouse[0],M.mouse[1]),M.extent,a));function g(){M.wheel=null,M.end()}}function G(m,...w){if(d||!e.apply(this,arguments))return;var M=m.currentTarget,R=$(this,w,!0).event(m),P=pe(m.view).on("mousemove.zoom",I,!0).on("mouseup.zoom",j,!0),v=Le(m,M),g=m.clientX,O=m.clientY;Ls(m.view),Xn(m),R.mouse=[v,this.__zoom.invert(v)],rt(this),R.start();function I(F){if(St(F),!R.moved){var z=F.clientX-g,q=F.clientY-O;R.moved=z*z+q*q>_}R.event(F).zoom("mouse",n(A(R.that.__zoom,R.mouse[0]=Le(F,M),R.mouse[1]),R.extent,a))}function j(F){P.on("mousemove.zoom mouseup.zoom",null),As(F.view,R.moved),St(F),R.event(F).end()}}function S(m,...w){if(e.apply(this,arguments)){var M=this.__zoom,R=Le(m.changedTouches?m.changedTouches[0]:m,this),P=M.invert(R),v=M.k*(m.shiftKey?.5:2),g=n(A(L(M,v),R,P),t.apply(this,w),a);St(m),s>0?pe(this).transition().duration(s).call(V,g,R,m):pe(this).call(y.transform,g,R,m)}}function C(m,...w){if(e.apply(this,arguments)){var M=m.touches,R=M.length,P=$(this,w,m.changedTouches.length===R).event(m),v,g,O,I;for(Xn(m),g=0;g<R;++g)O=M[g],I=Le(O,this),I=[I,this.__zoom.invert(I),O.identifier],P.touch0?!P.touch1&&P.touch0[2]!==I[2]&&(P.touch1=I,P.taps=0):(P.touch0=I,v=!0,P.taps=1+!!c);c&&(c=clearTimeout(c)),v&&(P.taps<2&&(f=I[0],c=setTimeout(function(){c=null},h)),rt(this),P.start())}}function T(m,...w){if(this.__zooming){var M=$(this,w).event(m),R=m.changedTouches,P=R.length,v,g,O,I;for(St(m),v=0;v<P;++v)g=R[v],O=Le(g,this),M.touch0&&M.touch0[2]===g.identifier?M.touch0[0]=O:M.touch1&&M.touch1[2]===g.identifier&&(M.touch1[0]=O);if(g=M.that.__zoom,M.touch1){var j=M.touch0[0],F=M.touch0[1],z=M.touch1[0],q=M.touch1[1],B=(B=z[0]-j[0])*B+(B=z[1]-j[1])*B,W=(W=q[0]-F[0])*W+(W=q[1]-F[1])*W;g=L(g,Math.sqrt(B/W)),O=[(j[0]+z[0])/2,(j[1]+z[1])/2],I=[(F[0]+q[0])/2,(F[1]+q[1])/2]}else if(M.touch0)O=M.touch0[0],I=M.touch0[1];else return;M.zoom("touch",n(A(g,O,I),M.extent,a))}}function E(m,...w){if(this.__zooming){var M=$(this,w).event(m),R=m.changedTouches,P=R.length,v,g;for(Xn(m),d&&clearTimeout(d),d=setTimeout(function(){d=null},h),v=0;v<P;++v)g=R[v],M.touch0&&M.touch0[2]===g.identifier?delete M.touch0:M.touch1&&M.touch1[2]===g.identifier&&delete M.touch1;if(M.touch1&&!M.touch0&&(M.touch0=M.touch1,delete M.touch1),M.touch0)M.touch0[1]=this.__zoom.invert(M.touch0[0]);else if(M.end(),M.taps===2&&(g=Le(g,this),Math.hypot(f[0]-g[0],f[1]-g[1])<b)){var O=pe(this).on("dblclick.zoom");O&&O.apply(this,arguments)}}}return y.wheelDelta=function(m){return arguments.length?(r=typeof m=="function"?m:Zt(+m),y):r},y.filter=function(m){return arguments.length?(e=typeof m=="function"?m:Zt(!!m),y):e},y.touchable=function(m){return arguments.length?(o=typeof m=="function"?m:Zt(!!m),y):o},y.extent=function(m){return arguments.length?(t=typeof m=="function"?m:Zt([[+m[0][0],+m[0][1]],[+m[1][0],+m[1][1]]]),y):t},y.scaleExtent=function(m){return arguments.length?(i[0]=+m[0],i[1]=+m[1],y):[i[0],i[1]]},y.translateExtent=function(m){return arguments.length?(a[0][0]=+m[0][0],a[1][0]=+m[1][0],a[0][1]=+m[0][1],a[1][1]=+m[1][1],y):[[a[0][0],a[0][1]],[a[1][0],a[1][1]]]},y.constrain=function(m){return arguments.length?(n=m,y):n},y.duration=function(m){return arguments.length?(s=+m,y):s},y.interpolate=function(m){return arguments.length?(u=m,y):u},y.on=function(){var m=l.on.apply(l,arguments);return m===l?y:m},y.clickDistance=function(m){return arguments.length?(_=(m=+m)*m,y):Math.sqrt(_)},y.tapDistance=function(m){return arguments.length?(b=+m,y):b},y}var Qd=10,Rs=new WeakMap;function Un(e,t){let n=Rs.get(e)??new Map;Rs.set(e,n);let r=n.get(t);return r===void 0&&n.set(t,r=np(e,t)),r}function Kn(e,t){let n=Jd(t),r=e.map(a=>[...a]),o=r,i=Ps(r,t);for(let a=0;a<Qd&&i>0;a++){r=ep(r,n,a%2===0);let s=Ps(r,t);s<i&&([o,i]=[r,s])}return o}function Jd(e){let t=new Map;for(let[n,r,o]of e)t.set(n,[...t.get(n)??[],[r,o]]),t.set(r,[...t.get(r)??[],[n,o]]);return t}function ep(e,t,n){let r=n?[...e]:[...e].reverse();for(let o=1;o<r.length;o++){let i=Os(r[o-1]),a=Os(r[o]),s=new Map(r[o].map(u=>[u,tp(u,i,t)??a.get(u)]));r[o]=[...r[o]].sort((u,l)=>s.get(u)-s.get(l))}return n?r:r.reverse()}function tp(e,t,n){let r=0,o=0;for(let[i,a]of n.get(e)??[]){let s=t.get(i);s!==void 0&&(r+=a,o+=a*s)}return r>0?o/r:null}function Os(e){return new Map(e.map((t,n)=>[t,(n+.5)/e.length]))}function Ps(e,t){let n=new Map(e.flatMap(a=>a.map((s,u)=>[s,u]))),r=new Map(e.flatMap((a,s)=>a.map(u=>[u,s]))),o=new Map;for(let[a,s,u]of t){let[l,c]=[n.get(a),n.get(s)],f=r.get(a);l===void 0||c===void 0||f===void 0||o.set(f,[...o.get(f)??[],[l,c,u]])}let i=0;for(let a of o.values())a.forEach(([s,u,l],c)=>{for(let f=c+1;f<a.length;f++){let[d,h,x]=a[f];(s-d)*(u-h)<0&&(i+=l*x)}});return i}function np(e,t){let n=e.snapshots.flatMap(b=>de(b,t)??[]),r=e.layers,o=rp(n,r),i=Gs(n,b=>b),a=Kn(o.map(b=>b.map(y=>y.key)),i),s=new Map,u=o.map((b,y)=>op(b,a[y],r[y],s)),l=n.map(b=>ap(b,r,u,s)),c=new Map(n.map((b,y)=>[b.snapshot,l[y]])),f=Gs(n,(b,y)=>c.get(y.snapshot).get(b)),d=new Map;for(let b of l.flatMap(y=>[...y.values()]))d.set(b,(d.get(b)??0)+1);let h=Kn(u,f).map(b=>ip(b,d)),x=new Map(h.flatMap(b=>b.map((y,L)=>[y,L]))),_=new Map([...c].map(([b,y])=>[b,new Map([...y].map(([L,A])=>[L,x.get(A)]))]));return{layers:r,counts:new Map(r.map((b,y)=>[b,h[y].length])),at:b=>_.get(b)??new Map}}function rp(e,t){let n=new Map,r=new Map(t.map(o=>[o,[]]));return e.forEach((o,i)=>{for(let{key:a,group:s}of o.nodes){if(s.lineage===null)continue;let u=n.get(a);if(u!==void 0){u.last=i;continue}let l={key:a,first:i,last:i};n.set(a,l),r.get(s.layer)?.push(l)}}),t.map(o=>r.get(o))}function Gs(e,t){let n=new Map;for(let r of e)for(let o of r.links){let[i,a]=[t(o.source,r),t(o.target,r)],s=n.get(i)??new Map;n.set(i,s),s.set(a,(s.get(a)??0)+Math.abs(o.share))}return[...n].flatMap(([r,o])=>[...o].map(([i,a])=>[r,i,a]))}function op(e,t,n,r){let o=new Map(t.map((a,s)=>[a,s])),i=[];for(let a of e){let s=o.get(a.key),u=f=>Math.abs(so(f.ranks)-s),c=i.filter(f=>f.until<a.first).sort((f,d)=>u(f)-u(d))[0];c===void 0&&(c={name:`${n} ${i.length}`,until:-1,ranks:[]},i.push(c)),c.until=a.last,c.ranks.push(s),r.set(a.key,c.name)}return i.sort((a,s)=>so(a.ranks)-so(s.ranks)).map(a=>a.name)}function ip(e,t){let n=Math.max(...e.map(a=>t.get(a)??0)),r=e.filter(a=>2*(t.get(a)??0)<=n),o=Math.floor(r.length/2),i=e.filter(a=>!r.includes(a));return[...r.slice(0,o),...i,...r.slice(o)]}function so(e){return e.reduce((t,n)=>t+n,0)/e.length}function ap(e,t,n,r){let o=new Map,i=new Set;for(let{key:a,group:s}of e.nodes){let u=s.lineage===null?void 0:r.get(a);u!==void 0&&(o.set(a,u),i.add(u))}for(let{key:a,group:s}of e.nodes){if(o.has(a))continue;let u=n[t.indexOf(s.layer)];if(u===void 0)continue;let l=u.find(c=>!i.has(c));l===void 0&&u.push(l=`${s.layer} ${u.length}`),o.set(a,l),i.add(l)}return o}var lo=12,[Ds,sp]=[76,260];function Is(e,t){let n=Math.max(1,e.layers.length);return n*t.width+(n-1)*Ds}function uo(e,t,n){let r=e.layers.map(l=>e.counts.get(l)??0),o=Math.max(1,r.length),i=t.height+lo,a=Math.max(1,...r)*i-lo,s=a*n.width/Math.max(1,n.height)-o*t.width,u=Math.min(sp,Math.max(Ds,s/Math.max(1,o-1)));return{width:o*t.width+(o-1)*u,height:a,card:t,pitch:{width:t.width+u,height:i},counts:r}}function co(e,t){return Math.max(1,e.counts[t]??1)*e.pitch.height-lo}function fo(e,t,n){return{x:t*e.pitch.width,y:(e.height-co(e,t))/2+n*e.pitch.height}}function Vs(e,t){let n=zs(e,t,"source","target"),r=zs(e,t,"target","source"),o=new Set([...n,...r]);return{keys:new Set([t,...[...o].flatMap(i=>[i.source,i.target])]),links:o}}function zs(e,t,n,r){let o=new Map;for(let s of e)s.share!==0&&o.set(s[n],[...o.get(s[n])??[],s]);let i=new Map,a=s=>{let u=i.get(s);if(u!==void 0)return u;let l={strength:1,links:[]},c=-1;for(let f of o.get(s)??[]){let d=a(f[r]),h=Math.abs(f.share)*d.strength;h>c&&(c=h,l={strength:h,links:[f,...d.links]})}return i.set(s,l),l};return a(t).links}function J(e){return function(){return e}}var Qt=Math.PI,po=2*Qt,ut=1e-6,lp=po-ut;function Hs(e){this._+=e[0];for(let t=1,n=e.length;t<n;++t)this._+=arguments[t]+e[t]}function up(e){let t=Math.floor(e);if(!(t>=0))throw new Error(`invalid digits: ${e}`);if(t>15)return Hs;let n=10**t;return function(r){this._+=r[0];for(let o=1,i=r.length;o<i;++o)this._+=Math.round(arguments[o]*n)/n+r[o]}}function Fs(e,t,n,r){return e===n&&t===r}function cp(e){let t=Math.floor(e);if(!(t<=15))return Fs;let n=10**t,r=function(o){return Math.round(o*n)};return function(o,i,a,s){return r(o)===r(a)&&r(i)===r(s)}}var $t=class{constructor(t){this._x0=this._y0=this._x1=this._y1=null,this._="",this._append=t==null?Hs:up(t),this._equal=t==null?Fs:cp(t)}moveTo(t,n){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}`}closePath(){this._x1!==null&&(this._x1=this._x0,this._y1=this._y0,this._append`Z`)}lineTo(t,n){this._append`L${this._x1=+t},${this._y1=+n}`}quadraticCurveTo(t,n,r,o){this._append`Q${+t},${+n},${this._x1=+r},${this._y1=+o}`}bezierCurveTo(t,n,r,o,i,a){this._append`C${+t},${+n},${+r},${+o},${this._x1=+i},${this._y1=+a}`}arcTo(t,n,r,o,i){if(t=+t,n=+n,r=+r,o=+o,i=+i,i<0)throw new Error(`negative radius: ${i}`);let a=this._x1,s=this._y1,u=r-t,l=o-n,c=a-t,f=s-n,d=c*c+f*f;if(this._x1===null)this._append`M${this._x1=t},${this._y1=n}`;else if(d>ut)if(!(Math.abs(f*u-l*c)>ut)||!i)this._append`L${this._x1=t},${this._y1=n}`;else{let h=r-a,x=o-s,_=u*u+l*l,b=h*h+x*x,y=Math.sqrt(_),L=Math.sqrt(d),A=i*Math.tan((Qt-Math.acos((_+d-b)/(2*y*L)))/2),N=A/L,V=A/y;Math.abs(N-1)>ut&&this._append`L${t+N*c},${n+N*f}`,this._append`A${i},${i},0,0,${+(f*h>c*x)},${this._x1=t+V*u},${this._y1=n+V*l}`}}arc(t,n,r,o,i,a){if(t=+t,n=+n,r=+r,a=!!a,r<0)throw new Error(`negative radius: ${r}`);let s=r*Math.cos(o),u=r*Math.sin(o),l=t+s,c=n+u,f=1^a,d=a?o-i:i-o;if(this._x1===null?this._append`M${l},${c}`:(Math.abs(this._x1-l)>ut||Math.abs(this._y1-c)>ut)&&this._append`L${l},${c}`,!!r){if(d<0&&(d=d%po+po),d>lp)this._append`A${r},${r},0,1,${f},${t-s},${n-u}A${r},${r},0,1,${f},${this._x1=l},${this._y1=c}`;else if(d>ut){let h=t+r*Math.cos(i),x=n+r*Math.sin(i);if(d>=Qt&&this._equal(l,c,h,x)){d/=2;let _=o+d;this._append`A${r},${r},0,${+(d>=Qt)},${f},${t+r*Math.cos(_)},${n+r*Math.sin(_)}`}this._append`A${r},${r},0,${+(d>=Qt)},${f},${this._x1=h},${this._y1=x}`}}}rect(t,n,r,o){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}h${r=+r}v${+o}h${-r}Z`}toString(){return this._}};function fp(){return new $t}fp.prototype=$t.prototype;function Et(e){let t=3;return e.digits=function(n){if(!arguments.length)return t;if(n==null)t=null;else{let r=Math.floor(n);if(!(r>=0))throw new RangeError(`invalid digits: ${n}`);t=r}return e},()=>new $t(t)}var Bs=Array.prototype.slice;function Yn(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function qs(e){this._context=e}qs.prototype={areaStart:function(){this._line=0},areaEnd:function(){this._line=NaN},lineStart:function(){this._point=0},lineEnd:function(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line},point:function(e,t){switch(e=+e,t=+t,this._point){case 0:this._point=1,this._line?this._context.lineTo(e,t):this._context.moveTo(e,t);break;case 1:this._point=2;default:this._context.lineTo(e,t);break}}};function Zn(e){return new qs(e)}function _t(e){return e[0]}function Tt(e){return e[1]}function Ct(e,t){var n=J(!0),r=null,o=Zn,i=null,a=Et(s);e=typeof e=="function"?e:e===void 0?_t:J(e),t=typeof t=="function"?t:t===void 0?Tt:J(t);function s(u){var l,c=(u=Yn(u)).length,f,d=!1,h;for(r==null&&(i=o(h=a())),l=0;l<=c;++l)!(l<c&&n(f=u[l],l,u))===d&&((d=!d)?i.lineStart():i.lineEnd()),d&&i.point(+e(f,l,u),+t(f,l,u));if(h)return i=null,h+""||null}return s.x=function(u){return arguments.length?(e=typeof u=="function"?u:J(+u),s):e},s.y=function(u){return arguments.length?(t=typeof u=="function"?u:J(+u),s):t},s.defined=function(u){return arguments.length?(n=typeof u=="function"?u:J(!!u),s):n},s.curve=function(u){return arguments.length?(o=u,r!=null&&(i=o(r)),s):o},s.context=function(u){return arguments.length?(u==null?r=i=null:i=o(r=u),s):r},s}function mo(e,t,n){var r=null,o=J(!0),i=null,a=Zn,s=null,u=Et(l);e=typeof e=="function"?e:e===void 0?_t:J(+e),t=typeof t=="function"?t:t===void 0?J(0):J(+t),n=typeof n=="function"?n:n===void 0?Tt:J(+n);function l(f){var d,h,x,_=(f=Yn(f)).length,b,y=!1,L,A=new Array(_),N=new Array(_);for(i==null&&(s=a(L=u())),d=0;d<=_;++d){if(!(d<_&&o(b=f[d],d,f))===y)if(y=!y)h=d,s.areaStart(),s.lineStart();else{for(s.lineEnd(),s.lineStart(),x=d-1;x>=h;--x)s.point(A[x],N[x]);s.lineEnd(),s.areaEnd()}y&&(A[d]=+e(b,d,f),N[d]=+t(b,d,f),s.point(r?+r(b,d,f):A[d],n?+n(b,d,f):N[d]))}if(L)return s=null,L+""||null}function c(){return Ct().defined(o).curve(a).context(i)}return l.x=function(f){return arguments.length?(e=typeof f=="function"?f:J(+f),r=null,l):e},l.x0=function(f){return arguments.length?(e=typeof f=="function"?f:J(+f),l):e},l.x1=function(f){return arguments.length?(r=f==null?null:typeof f=="function"?f:J(+f),l):r},l.y=function(f){return arguments.length?(t=typeof f=="function"?f:J(+f),n=null,l):t},l.y0=function(f){return arguments.length?(t=typeof f=="function"?f:J(+f),l):t},l.y1=function(f){return arguments.length?(n=f==null?null:typeof f=="function"?f:J(+f),l):n},l.lineX0=l.lineY0=function(){return c().x(e).y(t)},l.lineY1=function(){return c().x(e).y(n)},l.lineX1=function(){return c().x(r).y(t)},l.defined=function(f){return arguments.length?(o=typeof f=="function"?f:J(!!f),l):o},l.curve=function(f){return arguments.length?(a=f,i!=null&&(s=a(i)),l):a},l.context=function(f){return arguments.length?(f==null?i=s=null:s=a(i=f),l):i},l}var ho=class{constructor(t,n){this._context=t,this._x=n}areaStart(){this._line=0}areaEnd(){this._line=NaN}lineStart(){this._point=0}lineEnd(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line}point(t,n){switch(t=+t,n=+n,this._point){case 0:{this._point=1,this._line?this._context.lineTo(t,n):this._context.moveTo(t,n);break}case 1:this._point=2;default:{this._x?this._context.bezierCurveTo(this._x0=(this._x0+t)/2,this._y0,this._x0,n,t,n):this._context.bezierCurveTo(this._x0,this._y0=(this._y0+n)/2,t,this._y0,t,n);break}}this._x0=t,this._y0=n}};function js(e){return new ho(e,!0)}function dp(e){return e.source}function pp(e){return e.target}function Ws(e){let t=dp,n=pp,r=_t,o=Tt,i=null,a=null,s=Et(u);function u(){let l,c=Bs.call(arguments),f=t.apply(this,c),d=n.apply(this,c);if(i==null&&(a=e(l=s())),a.lineStart(),c[0]=f,a.point(+r.apply(this,c),+o.apply(this,c)),c[0]=d,a.point(+r.apply(this,c),+o.apply(this,c)),a.lineEnd(),l)return a=null,l+""||null}return u.source=function(l){return arguments.length?(t=l,u):t},u.target=function(l){return arguments.length?(n=l,u):n},u.x=function(l){return arguments.length?(r=typeof l=="function"?l:J(+l),u):r},u.y=function(l){return arguments.length?(o=typeof l=="function"?l:J(+l),u):o},u.context=function(l){return arguments.length?(l==null?i=a=null:a=e(i=l),u):i},u}function go(){return Ws(js)}var[Xs,mp]=[1.25,9],hp=12;function gp(e){return Xs+(mp-Xs)*e}function Qn(e,t,n,r){let o=e.filter(l=>n.has(l.source)&&n.has(l.target)).sort((l,c)=>Math.abs(l.share)-Math.abs(c.share)),i=new Map(o.map(l=>[l,gp(t>0?Math.abs(l.share)/t:0)])),a=Ks(o,"source","target",n,i,r.height),s=Ks(o,"target","source",n,i,r.height),u=go();return o.map(l=>{let c=n.get(l.source),f=n.get(l.target),d=u({source:[Jt(c.x+r.width),Jt(c.y+a.get(l))],target:[Jt(f.x),Jt(f.y+s.get(l))]});return{link:l,path:d,width:Jt(i.get(l))}})}function Ks(e,t,n,r,o,i){let a=new Map;for(let u of e)a.set(u[t],[...a.get(u[t])??[],u]);let s=new Map;for(let u of a.values()){u.sort((d,h)=>r.get(d[n]).y-r.get(h[n]).y);let l=u.reduce((d,h)=>d+o.get(h)+1,-1),c=Math.min(1,(i-2*hp)/l),f=(i-l*c)/2;for(let d of u){let h=o.get(d)*c;s.set(d,f+h/2),f+=h+c}}return s}function Jt(e){return Math.round(e*10)/10}function Us(e,t,n){let r=n.trim().toLowerCase();if(r==="")return null;let o=/^(?:(.+):)?\s*(\d+)$/.exec(r),i=e.targets.find(a=>a.target===t)?.groups??[];return new Set(i.filter(a=>{if(r.includes("/")&&Q(a).toLowerCase().endsWith(r))return!0;let u=(a.label!==null||a.lineage!==null)&&ye(a,e.layers).toLowerCase().includes(r);if(o===null)return u;if(u&&a.label!==null)return!0;let[,l,c]=o;return l!==void 0&&!a.layer.toLowerCase().endsWith(l)?!1:(a.members??[]).some(([f])=>f===Number(c))}).map(Te))}var Fe=8,tr=4,[yp,bp,xp]=[{columns:2,rows:2,patch:66},{columns:4,rows:1,patch:40},{columns:3,rows:1,patch:40}],Ys=.8,Jn=14,er=62,Zs=30,yo=56,wp=450,vp={emerge:"new",split:"split",merge:"merged"},en=(e,t)=>{let n=p("section",{class:"view circuit","aria-label":"Circuit"}),r=p("p",{class:"empty-note",hidden:!0}),o=pe(n).append("svg").attr("class","chart").attr("data-export","").attr("role","group"),i=o.append("g"),a=i.append("g").attr("class","lanes").attr("aria-hidden","true"),s=i.append("g").attr("class","edges").attr("aria-hidden","true"),u=i.append("g").attr("class","nodes"),l=o.append("g").attr("class","headings"),c=Np(g=>e({threshold:g})),f=p("div",{class:"zoom",role:"group","aria-label":"Zoom"},bo("Zoom in",ge.plus,()=>V(1.3)),bo("Zoom out",ge.minus,()=>V(1/1.3)),bo("Fit the whole circuit",ge.fit,()=>$(!0)));n.append(p("div",{class:"legend"},Ap(),c.element),f,r);let d=null,h=null,x=null,_=null,b=!1,y="",L=null,A=ao().scaleExtent([.2,4]).on("zoom",g=>{g.sourceEvent&&(b=!0),i.attr("transform",g.transform.toString()),S()});o.call(A).on("dblclick.zoom",null),o.on("click",g=>{g.target===o.node()&&e({group:null})}),new ResizeObserver(()=>{L=null,d!==null&&!n.hidden&&D(d)}).observe(n);function N(){if(L!==null)return L;let{clientWidth:g,clientHeight:O}=n;return g===0?{width:960,height:600}:L={width:g,height:O}}function V(g){b=!0,o.transition().duration(ln()?0:200).call(A.scaleBy,g)}function $(g){if(h===null)return;let{frame:O}=h,{width:I,height:j}=N(),F={width:I-2*Zs,height:j-er-yo},z=Math.min(1.2,Math.max(.3,Math.min(F.width/O.width,F.height/O.height))),q=lt.translate((I-O.width*z)/2,er+Math.max(0,(F.height-O.height*z)/2)).scale(z);b=!1,g&&!ln()&&n.clientWidth>0?o.transition().duration(300).call(A.transform,q):o.call(A.transform,q)}function D(g){d=g;let O=ae(g.run,g.state),I=g.snapshot&&de(g.snapshot,O);if(c.show(g.state.threshold),r.hidden=I!==null,o.classed("absent",I===null),I===null||O===null){h=null,r.textContent=Tp(g,O);return}let{width:j,height:F}=N(),z={width:j-2*Zs,height:F-er-yo},q=Un(g.run,O),B=h;h=kp(I,q,z,g.state.threshold);let W=`Circuit of ${I.target.name} at ${U(I.snapshot.graph)}, ${g.run.name}`;n.setAttribute("aria-label",W),o.attr("aria-label",W);let Y=`${g.run.name}/${O}/${j}×${F}/${h.frame.width}×${h.frame.height}`,Z=B===null||B.circuit.target.target!==O;G(h,g,Z||ln()?0:wp),Y!==y&&(!b||Z)?$(B!==null&&!Z):S(),y=Y,H(g),M()}function H({run:g,snapshot:O,state:I}){O===null||I.query.trim()===""||_?.step===O.step&&_.fingerprint===O.graph.fingerprint||(_=null,t.detail(g.name,O.step).then(j=>{d?.snapshot?.step!==j.step||d.run.name!==g.name||(_=j,M())},()=>{}))}function G({placed:g,frame:O,card:I,routes:j,circuit:F},z,q){let B=F.snapshot.graph.layers;a.selectAll("rect").data(Un(z.run,F.target.target).layers).join("rect").attr("x",(W,Y)=>Y*O.pitch.width-Jn).attr("y",(W,Y)=>fo(O,Y,0).y-Jn).attr("width",I.width+2*Jn).attr("height",(W,Y)=>co(O,Y)+2*Jn).attr("rx",14).classed("last",W=>W===B[B.length-1]),C(j,g,q),T(g,I,z,q),l.selectAll("g").data(Un(z.run,F.target.target).layers).join(W=>{let Y=W.append("g");return Y.append("title"),Y.append("text").attr("class","layer").attr("y",26),Y.append("text").attr("class","statistics").attr("y",44),Y}).each(function(W){pe(this).select("title").text(`${W}: ${Qs(F,W,99).join(" · ")}`)})}function S(){if(h===null)return;let{circuit:g,frame:O,card:I}=h,j=Mt(o.node()),{width:F}=N(),z=ie(g.snapshot.graph.layers);l.selectAll("g").each(function(q,B){let W=j.applyX(B*O.pitch.width+I.width/2),Y=Math.min(O.pitch.width*j.k,2*W,2*(F-W))-14;this.setAttribute("transform",`translate(${W},0)`),pe(this).select(".layer").text(qe(z.get(q)??q,Math.floor(Y/8))),pe(this).select(".statistics").text(Ep(Qs(g,q,3),Y/6.1))})}function C(g,O,I){let j=new Map(O.map(z=>[z.node.key,z.dom])),F=new Map(O.map(z=>[z.node.key,z.title]));s.selectAll("path.edge").data(g,z=>`${j.get(z.link.source)} ${j.get(z.link.target)}`).join(z=>{let q=z.append("path").attr("class",I===0?"edge":"edge entering").attr("d",B=>B.path).attr("stroke-width",B=>B.width);return q.append("title"),q.on("animationend",tl),q},z=>z,z=>el(z,I)).attr("data-source",z=>z.link.source).attr("data-target",z=>z.link.target).attr("data-weight",z=>z.link.weight).attr("data-sign",z=>z.link.weight<0?"-":"+").each(function(z){this.firstElementChild.textContent=_p(z.link,F)}).call(z=>{if(I===0){z.interrupt().attr("d",q=>q.path).attr("stroke-width",q=>q.width);return}z.filter(function(q){return this.getAttribute("d")!==q.path||this.getAttribute("stroke-width")!==String(q.width)}).transition().duration(I).attr("d",q=>q.path).attr("stroke-width",q=>q.width)})}function T(g,O,I,j){let F=z=>`translate(${z.x},${z.y})`;u.selectAll("g.node").data(g,z=>z.dom).join(z=>{let q=z.append("g").attr("class",j===0?"node":"node entering").attr("role","button").attr("tabindex",0).attr("transform",F).on("pointerenter",(B,W)=>w(W.node.key)).on("pointerleave",()=>w(null)).on("focus",(B,W)=>P(W)).on("blur",()=>w(null)).on("click",(B,W)=>R(W.node.key)).on("keydown",(B,W)=>v(B,W));return q.on("animationend",tl).each(function(){Lp(this)}),q},z=>z,z=>el(z,j)).each(function(z){E(this,z,O,I)}).call(Cp).call(z=>{if(j===0){z.interrupt().attr("transform",F);return}z.filter(function(q){return this.getAttribute("transform")!==F(q)}).transition().duration(j).attr("transform",F)})}function E(g,O,I,j){let{node:F,title:z}=O,q=nl(F);g.dataset.group=F.key,g.classList.toggle("unstable",q),g.classList.toggle("target",O.column===j.run.layers.length-1),g.setAttribute("aria-label",Js(O));let B=Hu=>g.querySelector(`:scope > .${Hu}`);B("card").setAttribute("width",String(I.width)),B("card").setAttribute("height",String(I.height)),B("hover").textContent=`${z} · ${Js(O)}`;let W=Math.floor((I.width-2*Fe)/7.6)-K(F.group.importance).length,Y=O.badge??(q?"unstable":""),Z=z.length+Y.length+2>W?Y&&"•":Y;B("name").replaceChildren(ke(z,W-Z.length),k("tspan",{class:"badge",dx:6},Z)),B("importance").textContent=K(F.group.importance),B("importance").setAttribute("x",String(I.width-Fe));let fe=B("bar");B("track").setAttribute("y",String(I.height-8)),fe.setAttribute("y",String(I.height-8));let Je=I.width-2*Fe;B("track").setAttribute("width",String(Je)),fe.setAttribute("width",String(Math.max(2,Math.min(1,F.importance)*Je))),m(g,F,I,j)}function m(g,O,I,j){let F=g.querySelector(":scope > .patches"),z=j.snapshot,q=O.group.patches.slice(0,I.columns*I.rows).flatMap(W=>ce(t,j.run.name,z,W)??[]),B=g.querySelector(":scope > .members");for(B.textContent=q.length===0?ee(O.size,"member"):"",q.forEach((W,Y)=>{let Z=F.children[Y],fe=Z??F.appendChild(te(W));Z!==void 0&&Cr(Z,W);let Je=I.patch+tr;fe.setAttribute("width",String(I.patch)),fe.setAttribute("height",String(I.patch)),fe.setAttribute("x",String(Fe+Y%I.columns*Je)),fe.setAttribute("y",String(23+Math.floor(Y/I.columns)*Je))});F.children.length>q.length;)F.lastElementChild.remove()}function w(g){x!==g&&(x=g,M())}function M(){if(h===null||d===null)return;let{circuit:g,links:O}=h,I=d.state.group,j=x??(I!==null&&g.byKey.has(I)?I:null),F=j===null?null:Vs(O,j),z=_?.step===g.snapshot.step?_:g.snapshot.graph,q=Us(z,g.target.target,d.state.query);o.classed("tracing",F!==null).classed("searching",q!==null),u.selectAll("g.node").classed("on-path",B=>F?.keys.has(B.node.key)??!1).classed("selected",B=>B.node.key===I).classed("hit",B=>q?.has(B.node.key)??!1).attr("aria-pressed",B=>String(B.node.key===I)),s.selectAll("path.edge").classed("on-path",({link:B})=>F?.links.has(B)??!1).classed("near",({link:B})=>j!==null&&(B.source===j||B.target===j)),n.dataset.hits=q===null?"":String(q.size),n.dispatchEvent(new CustomEvent("hits",{detail:q?.size??null,bubbles:!0}))}function R(g){e({group:d?.state.group===g?null:g})}function P(g){w(g.node.key);let O=Mt(o.node()),{width:I,height:j}=N(),[F,z]=O.apply([g.x,g.y]),q=h.card,[B,W]=O.apply([g.x+q.width,g.y+q.height]);(F<0||z<er||B>I||W>j-yo)&&(b=!0,o.call(A.translateTo,g.x+q.width/2,g.y+q.height/2))}function v(g,O){if(g.key==="Enter"||g.key===" ")R(O.node.key);else if(g.key==="Escape")e({group:null});else{let I=h===null?null:$p(h.placed,O,g.key);if(I===null)return;u.selectAll("g.node").filter(F=>F.dom===I.dom).node()?.focus()}g.preventDefault(),g.stopPropagation()}return{element:n,update:D}};function kp(e,t,n,r){let[o,i]=Mp(e.snapshot.graph.input!==null,t,n),a=t.at(e.snapshot),s=Sp(e),u=t.layers.length-1,l=e.nodes.flatMap(d=>{let h=t.layers.indexOf(d.group.layer),x=a.get(d.key);if(h<0||x===void 0)return[];let _=d.group.lineage===null&&h!==u;return[{node:d,column:h,dom:_?`${d.key}@${e.snapshot.step}`:d.key,title:Ce(e,d),badge:s.get(`${d.group.layer}/${d.group.number}`)??null,...fo(i,h,x)}]});l.sort((d,h)=>d.column-h.column||d.y-h.y);let c=new Map(l.map(d=>[d.node.key,d])),f=un(e,r);return{circuit:e,frame:i,card:o,placed:l,links:f,routes:Qn(f,e.strongest,c,o)}}function Mp(e,t,n){let r=l=>({...l,width:l.columns*(l.patch+tr)-tr+2*Fe,height:e?23+l.rows*(l.patch+tr)+11:50}),[o,i]=[r(yp),r(bp)],a=l=>Is(t,l)*Ys<=n.width,s=uo(t,o,n);if(e&&a(o)&&s.height*Ys<=n.height)return[o,s];let u=a(i)?i:r(xp);return[u,uo(t,u,n)]}function Sp(e){return new Map((e.target.drift?.events??[]).flatMap(({event:t,layer:n,after:r})=>r.flatMap(o=>{let i=vp[t];return i===void 0?[]:[[`${n}/${o}`,i]]})))}function nl(e){return!Pe(e.group.stability)}function $p(e,t,n){let r=n==="ArrowLeft"?-1:n==="ArrowRight"?1:0,o=n==="ArrowUp"?-1:n==="ArrowDown"?1:0;if(r===0&&o===0)return null;let i=e.filter(s=>r!==0?Math.sign(s.column-t.column)===r:s.column===t.column&&Math.sign(s.y-t.y)===o),a=s=>Math.abs(s.column-t.column)*1e6+Math.abs(s.y-t.y);return i.sort((s,u)=>a(s)-a(u))[0]??null}function Qs(e,t,n){let r=e.target.statistics[t];if(r===void 0)return[];let o=e.target.left_out[t]??0;return[r.core_neurons===null?null:ee(r.core_neurons,"neuron"),r.neuron_groups===null?null:ee(r.neuron_groups,"group"),r.semantic_groups===null?null:`${ue(r.semantic_groups)} meanings each`,r.completeness_gap===null?null:`gap ${K(r.completeness_gap)}`,o>0?`${o} left out`:null].filter(a=>a!==null).slice(0,n)}function Ep(e,t){let n="";for(let r of e){let o=n===""?r:`${n} · ${r}`;if(o.length>t)break;n=o}return n}function Js({node:e,title:t,badge:n}){let{stability:r,layer:o,importance:i}=e.group;return[t,o,ee(e.size,"member"),`importance ${K(i)}`,r===null?null:`stability ${K(r)}`,nl(e)?"unstable":null,n].filter(a=>a!==null).join(", ")}function _p(e,t){let n=o=>t.get(o)??o,r=e.stability===null?"":`, sign kept in ${K(e.stability)} of resamples`;return`${n(e.source)} → ${n(e.target)}: ${pt(e.share)} of its input${r}`}function Tp({run:e,snapshot:t},n){if(t===null||n===null)return"This run has no snapshot yet.";let r=e.targets.find(o=>o.target===n)?.name??String(n);return`The snapshot of ${U(t.graph)} holds no circuit of “${r}”. Choose another step or target.`}function el(e,t){if(e.interrupt(),t===0){e.remove();return}e.attr("class","leaving").attr("tabindex",null).attr("role",null).attr("aria-hidden","true").transition().duration(t/2).remove()}function tl(){this.classList.remove("entering")}function Cp(e){let t=document.activeElement;e.order(),t instanceof SVGElement&&t!==document.activeElement&&t.isConnected&&t.focus({preventScroll:!0})}function Lp(e){e.append(k("title",{class:"hover"}),k("rect",{class:"card",rx:9}),k("text",{class:"name",x:Fe,y:16}),k("text",{class:"importance",y:16}),k("text",{class:"members",x:Fe,y:36}),k("g",{class:"patches"}),k("rect",{class:"track",x:Fe,height:3,rx:1.5}),k("rect",{class:"bar",x:Fe,height:3,rx:1.5}))}function Ap(){let e=(t,n)=>p("span",{class:"key"},k("svg",{width:26,height:8,"aria-hidden":"true"},k("path",{class:"edge on-path","data-sign":t,d:"M1 4H25","stroke-width":3})),n);return p("div",{class:"keys"},e("+","raises"),e("-","lowers"))}function Np(e){let t=p("input",{type:"range",min:0,max:1,step:.01,"aria-label":"Hide edges weaker than this share of the strongest into the same group",title:"Of the edges into each group",class:"threshold"}),n=p("output",{class:"number"});return t.addEventListener("input",()=>e(Number(t.value))),{element:p("label",{class:"labelled"},p("span",{},"Edges from"),t,n),show(r){t.value=String(r);let o=r===0?"all":`${Math.round(100*r)} %`;n.replaceChildren(o,p("span",{class:"roomy"},r===0?"":" of the strongest")),t.setAttribute("aria-valuetext",o)}}}function bo(e,t,n){let r=p("button",{class:"button icon",type:"button","aria-label":e,title:e},_e(t));return r.addEventListener("click",n),r}var wo=["gained","lost","stronger","weaker","turned","same","unstable"],Rp=.3,Op=.1;function rl(e){let t=new Map;for(let[n,,r]of e)t.set(n,(t.get(n)??0)+r);return t}function Pp(e,t){let[n,r]=[rl(e),rl(t)],[o,i]=[0,0];for(let a of new Set([...n.keys(),...r.keys()])){let[s,u]=[n.get(a)??0,r.get(a)??0];o+=Math.min(s,u),i+=Math.max(s,u)}return i>0?o/i:0}function Gp(e,t,n,r){let o=new Map,i=t.findIndex(u=>u.layer===n);e.forEach((u,l)=>{u.layer===n&&i>=0&&o.set(l,i)}),r&&e.forEach((u,l)=>{let c=d=>d.layer===u.layer&&d.lineage===u.lineage,f=u.lineage===null?-1:t.findIndex(c);f>=0&&!o.has(l)&&o.set(l,f)});let a=new Set(o.values()),s=e.flatMap((u,l)=>t.map((c,f)=>({position:l,there:f,alike:u.layer===c.layer?Pp(u.members,c.members):0})));s.sort((u,l)=>l.alike-u.alike||u.position-l.position||u.there-l.there);for(let{position:u,there:l,alike:c}of s){let f=r&&e[u].lineage!==null&&t[l].lineage!==null;c<Rp||f||o.has(u)||a.has(l)||(o.set(u,l),a.add(l))}return o}function ol(e,t){if(e*t<0)return"turned";let[n,r]=[Math.abs(e),Math.abs(t)];return Math.abs(r-n)<=Op*Math.max(r,n)?"same":r>n?"stronger":"weaker"}var il=(e,t)=>e&&t?null:t?"gained":"lost";function al(e,t,n,r){let o=e[e.length-1]??"",i=Gp(t.groups,n.groups,o,r),a=[],s=[new Map,new Map],u=(l,c)=>{let[f,d]=[l===null?null:t.groups[l],c===null?null:n.groups[c]],h=[f?.importance??0,d?.importance??0],x=(f??d).layer,b=x===o||(f?.stable??!0)&&(d?.stable??!0)?il(f!==null,d!==null)??ol(...h):"unstable";a.push({layer:x,before:l,after:c,importance:h,change:b})};for(let l=0;l<t.groups.length;l+=1){let c=i.get(l)??null,f=c===null?void 0:s[1].get(c);f===void 0&&u(l,c);let d=f??a.length-1;s[0].set(l,d),c!==null&&s[1].set(c,d)}return n.groups.forEach((l,c)=>{if(s[1].has(c))return;let f=a.findIndex(h=>h.layer===o),d=l.layer===o&&f>=0;d||u(null,c),s[1].set(c,d?f:a.length-1)}),{layers:e,nodes:a,edges:Dp([t,n],s,a)}}function Dp(e,t,n){let r=new Map;for(let o of[0,1])for(let[i,a,s,u]of e[o].edges){let l=[t[o].get(i),t[o].get(a)],c=l.join(" "),f=l.every(h=>n[h].change!=="unstable"),d=r.get(c)??{ends:l,weight:[0,0],there:[!1,!1],stable:f};d.stable&&=u,d.weight[o]+=s,d.there[o]=!0,r.set(c,d)}return[...r.values()].map(({ends:o,weight:i,there:a,stable:s})=>({source:o[0],target:o[1],weight:i,change:s?il(...a)??ol(...i):"unstable"}))}var xo=e=>Math.max(...e.weight.map(Math.abs));function sl(e,t){let n=Math.max(0,...e.map(xo));return e.filter(r=>xo(r)>=t*n)}function vo(e){let t=Object.fromEntries(wo.map(n=>[n,0]));for(let{change:n}of e)t[n]+=1;return t}function ll({layers:e,nodes:t,edges:n}){let r=e.map(a=>t.flatMap((s,u)=>s.layer===a?[String(u)]:[])),o=n.map(a=>[String(a.source),String(a.target),xo(a)]),i=[];return Kn(r,o).forEach((a,s)=>a.forEach((u,l)=>i[Number(u)]={column:s,row:l,of:a.length})),i}var Ip=e=>Math.round(e*100)/100;function X(e,t){for(let[n,r]of Object.entries(t))r===null?e.removeAttribute(n):e.setAttribute(n,typeof r=="number"?String(Ip(r)):r)}function Be(e,t,n,r,o){let i=new Map([...e.children].map(a=>[a.getAttribute("data-key"),a]));t.forEach((a,s)=>{let u=n(a),l=i.get(u)??r(a);i.delete(u),l.setAttribute("data-key",u),o(l,a);let c=e.children[s]??null;c!==l&&e.insertBefore(l,c)});for(let a of i.values())a.remove()}function Lt(e,t){let n="";new ResizeObserver(()=>{let r=getComputedStyle(e),o=(u,l,c)=>Math.floor(u-parseFloat(l)-parseFloat(c)),i=o(e.clientWidth,r.paddingLeft,r.paddingRight),a=o(e.clientHeight,r.paddingTop,r.paddingBottom),s=`${i} ${a}`;i<=0||s===n||(n=s,t(i,a))}).observe(e)}var nr=(e,t,n)=>{let r=e.indexOf(t);if(n==="ArrowDown"||n==="ArrowRight")return e[r+1];if(n==="ArrowUp"||n==="ArrowLeft")return e[r-1]},Re=(e,t,n)=>{let r={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]}[n];if(!r)return;let o=f=>{let d=f.getBoundingClientRect();return[d.left+d.width/2,d.top+d.height/2]},[i,a]=o(t),[s,u]=r,[l,c]=[void 0,1/0];for(let f of e){let[d,h]=o(f),x=(d-i)*s+(h-a)*u,_=Math.abs((d-i)*u)+Math.abs((h-a)*s),b=x+4*_;x<=.5||s!==0&&_>x+24||b>=c||([l,c]=[f,b])}return l};function xe(e,t,n,r){let o=()=>[...e.querySelectorAll(t)],i=s=>{for(let u of o())u.setAttribute("tabindex",u===s?"0":"-1")},a=s=>s.target.closest(t);return e.setAttribute("tabindex","-1"),e.addEventListener("click",s=>{let u=a(s);u&&r(u)}),e.addEventListener("focusin",s=>{let u=a(s);u&&i(u)}),e.addEventListener("keydown",s=>{let[u,{key:l}]=[a(s),s];if(!u)return;let c=o(),d={Home:c[0],End:c[c.length-1]}[l]??n(c,u,l);if(l==="Enter"||l===" ")r(u);else if(d)d.focus();else if(!l.startsWith("Arrow"))return;s.preventDefault(),s.stopPropagation()}),()=>{let s=o(),u=l=>l===document.activeElement||l.getAttribute("aria-pressed")==="true"||l.hasAttribute("aria-current");i(s.find(l=>l===document.activeElement)??s.find(u)??s[0])}}function Ue(e,t,n){let r=JSON.stringify(t);e.dataset.choices!==r&&(e.dataset.choices=r,e.replaceChildren(...t.map(([o,i])=>p("option",{value:o},i)))),e.value=n}function Ye(e){let t=p("select",{class:"select","aria-label":e});return[p("label",{class:"labelled"},p("span",{},e),t),t]}var we={width:168,height:56},rr=31,ul=we.height+12,cl=40,tn={least:138,most:178,height:38},zp=44,ct=14,or={gained:"gained",lost:"lost",stronger:"strengthened",weaker:"weakened",turned:"turned",same:"unchanged",unstable:"unstable"},Vp="unstable: other probe images of the class might not show it, so it is not counted as a change",Hp={gained:"M-3.6,0H3.6M0,-3.6V3.6",lost:"M-3.6,0H3.6",stronger:"M-3.2,1.8L0,-2L3.2,1.8",weaker:"M-3.2,-1.8L0,2L3.2,-1.8",turned:"M-3,-1.5H3L1,-3.6M3,1.5H-3L-1,3.6",same:"M-2.6,-1.5H2.6M-2.6,1.5H2.6",unstable:"M-3.4,1C-1.7,-3 0,3 3.4,-1"};function fl(e,t){let n=new Set,r=k("g",{class:"headings"}),o=k("g",{class:"edges",role:"group","aria-label":"Edges"}),i=k("g",{class:"nodes",role:"group","aria-label":"Neuron groups"}),a=k("g",{class:"changes",role:"group","aria-label":"Changes; choose one to hide or show it"}),s=k("svg",{class:"difference-chart",role:"group","data-export":!0},a,r,o,i),u=p("div",{class:"difference"},s),l=null,c=null,f=xe(i,".node",Re,b=>{let y=b.getAttribute("data-group");y!==null&&e(y===l?.selected?null:y)}),d=xe(a,".change",Re,b=>{let y=b.getAttribute("data-change");n.delete(y)||n.add(y),l&&x(l)}),h=b=>{let y=b.target.closest(".node");return y?Number(y.getAttribute("data-place")):null};for(let[b,y]of[["pointerover",!1],["focusin",!1],["pointerleave",!0],["focusout",!0]])i.addEventListener(b,L=>{c=y?null:h(L),_()});function x(b){l=b;let{difference:y,width:L,threshold:A}=l,N=sl(y.edges,A),V=ll({...y,edges:N}),$=y.layers.length,D=Math.max(zp,(L-2*ct-$*we.width)/Math.max(1,$-1)),H=Math.max(1,...V.map(({of:w})=>w)),G=Wp(y.nodes,N,L),S=G.rows*tn.height+4+cl,C=S+H*ul+ct,T=V.map(({column:w,row:M,of:R})=>({x:ct+w*(we.width+D),y:S+(M+(H-R)/2)*ul})),E=2*ct+$*we.width+($-1)*D;X(s,{viewBox:`0 0 ${E} ${C}`,width:E,height:C,"aria-label":Fp(l)});let m=ie(y.layers);r.replaceChildren(...y.layers.map((w,M)=>k("text",{x:ct+M*(we.width+D)+we.width/2,y:S-cl+22,"text-anchor":"middle"},k("title",{},w),qe(m.get(w)??w,22)))),qp(o,l,N,T,n),i.replaceChildren(...y.nodes.flatMap((w,M)=>n.has(w.change)?[]:[jp(w,M,T[M],l,t)])),Xp(a,G,n),f(),d(),_()}function _(){if(!l)return;let b=l.selected===null?-1:l.keys.indexOf(l.selected),y=c??(b>=0?b:null);s.classList.toggle("pointing",y!==null);let L=new Set([String(y)]);for(let A of o.children){let N=[A.getAttribute("data-source"),A.getAttribute("data-target")],V=N.includes(String(y));if(A.classList.toggle("near",V),V)for(let $ of N)L.add($)}for(let A of i.children){A.classList.toggle("near",L.has(A.getAttribute("data-place")));let N=A.getAttribute("data-group");X(A,{"aria-pressed":String(N!==null&&N===l.selected)})}}return{element:u,draw:x}}function Fp({sides:[e,t]}){let n=r=>`${r.run}, ${U(r.graph)}`;return`What changed in the circuit of ${t.target.name} from ${n(e)} to ${n(t)}`}function Bp({weight:[e,t],change:n}){return n==="same"?0:Math.abs(n==="turned"?t-e:Math.abs(t)-Math.abs(e))}function qp(e,{difference:t},n,r,o){let i=f=>o.has(t.nodes[f].change),a=n.filter(f=>!o.has(f.change)&&!i(f.source)&&!i(f.target)),s=new Map,u=a.map(f=>{let[d,h]=[String(f.source),String(f.target)],x={source:d,target:h,weight:f.weight[1],share:Bp(f),stability:null};return s.set(x,f),x}),l=Math.max(0,...u.map(f=>f.share)),c=new Map(r.map((f,d)=>[String(d),f]));e.replaceChildren(...Qn(u,l,c,we).map(({link:f,path:d,width:h})=>{let x=s.get(f);return k("path",{class:`edge ${x.change}`,d,"stroke-width":h,"data-source":f.source,"data-target":f.target,"data-change":x.change},k("title",{},`${or[x.change]}: ${ue(x.weight[0])} → ${ue(x.weight[1])}`))}))}function jp(e,t,{x:n,y:r},o,i){let a=A=>{let N=A===0?e.before:e.after;return N===null?null:o.sides[A].target.groups[N]},[s,u]=[a(0),a(1)],l=u??s,f=e.layer===o.difference.layers[o.difference.layers.length-1]&&l.label===null?o.sides[1].target.name:ye(l,o.difference.layers),d=[0,1].flatMap(A=>{let{run:N,graph:V}=o.sides[A];return(a(A)?.patches.slice(0,s&&u?1:2)??[]).flatMap(D=>ce(i,N,V,D)??[])}),[h,x]=[K(s?.importance),K(u?.importance)],_=s&&u&&h!==x?`${h} → ${x}`:K(l.importance),b=`${f}, ${e.layer}: ${or[e.change]}, importance ${_}`,y=o.keys[t]??null,L=d.length?9+d.length*(rr+3)+5:12;return k("g",{class:`node ${e.change}`,transform:`translate(${n},${r})`,role:"button","aria-label":b,"aria-disabled":y===null?"true":null,"data-group":y,"data-place":t,"data-change":e.change},k("title",{},b),k("rect",{class:"card",width:we.width,height:we.height,rx:9}),...d.map((A,N)=>{let V=te(A,rr);return X(V,{x:9+N*(rr+3),y:(we.height-rr)/2}),V}),k("text",{class:"name",x:L,y:24},ke(f,Math.floor((we.width-L-6)/7))),k("text",{class:"importance",x:L,y:41},_.replace(" % →"," →")),dl(e.change,we.width-2,2))}function dl(e,t,n){return k("g",{class:`sign ${e}`,transform:`translate(${t},${n})`},k("circle",{r:7.5}),k("path",{d:Hp[e]}))}function Wp(e,t,n){let[r,o]=[vo(e),vo(t)],i=wo.filter(l=>r[l]+o[l]>0).map(l=>({change:l,counts:`${ee(r[l],"group")}, ${ee(o[l],"edge")}`})),a=n-2*ct,s=Math.max(1,Math.min(i.length,Math.floor(a/tn.least))),u=Math.ceil(i.length/s);return{entries:i,pitch:Math.min(tn.most,a/s),across:s,rows:u}}function Xp(e,{entries:t,pitch:n,across:r},o){e.replaceChildren(...t.map(({change:i,counts:a},s)=>{let[u,l]=[ct+s%r*n,4+Math.floor(s/r)*tn.height];return k("g",{class:`change ${i}`,role:"button","aria-pressed":String(!o.has(i)),"aria-label":`${or[i]}: ${a}`,"data-change":i,transform:`translate(${u},${l})`},k("title",{},`${o.has(i)?"Show":"Hide"}${i==="unstable"?` what is ${Vp}`:""}`),k("rect",{class:"hit",x:-4,y:-2,width:n-8,height:tn.height-4,rx:7}),k("line",{class:`edge ${i}`,x1:0,x2:26,y1:15,y2:15,"stroke-width":3}),dl(i,13,15),k("text",{x:34,y:12},or[i]),k("text",{class:"count",x:34,y:27},a))}))}var At=[["edge_drift","Edge drift"],["core_turnover","Core turnover"],["importance_turnover","Importance turnover"],["rank_turnover","Rank turnover"],["group_turnover","Group turnover"],["concept_drift","Concept drift"],["polysemanticity","Polysemanticity"]],Kp=["changed","re-described"];function Up(e){let[,,,t,n,,r]=e;return t===null||n===null||r===null?!1:r<.05&&t>n}function ir(e,t,n){let r=new Map;return e.forEach(({drift:o},i)=>{for(let a of o?.drifts??[]){let[s,u,l,c,f,,d]=a;if(s!==t||c===null)continue;let h=JSON.stringify([u,l]),x=r.get(h)??{layer:u,below:l,points:[]};r.set(h,x);let _=Up(a),b=_&&Kp.includes(o.verdict);x.points.push({place:i,value:c,nullQuantile:f,pAdjusted:d,significant:_,alarm:b})}}),[...r.values()].sort((o,i)=>n.indexOf(o.layer)-n.indexOf(i.layer))}function ko(e,t=()=>!0){let n=[],r=null;for(let o of e.filter(t))r&&o.place===r.place+1?n[n.length-1].push(o):n.push([o]),r=o;return n}function pl(e,t){let n=e[0]?.wall_time??0;return t==="time"?{unit:"time",values:e.map(r=>r.wall_time-n)}:t==="epoch"&&e.every(({epoch:r})=>r!==null)?{unit:"epoch",values:e.map((o,i)=>{let a=u=>u.epoch===o.epoch,s=e.slice(0,i).filter(a).length;return o.epoch+s/e.filter(a).length})}:{unit:"step",values:e.map(r=>r.step)}}function Ze(e){return e===null?"none":e!==0&&Math.abs(e)<.001?e.toExponential(1).replace("-","−"):String(Number(e.toPrecision(3))).replace("-","−")}function ml(e){return e<120?`${Number(e.toFixed(e<10?1:0))} s`:e<7200?`${Number((e/60).toFixed(e<600?1:0))} min`:`${Number((e/3600).toFixed(1))} h`}var Yp=44,ar=8,Zp={edge:["Edge","the edges into"],group:["Group","the groups of"],image:["Image","the images' activations in"]},Qp={emerge:["emerged","emerged"],disappear:["disappeared","disappeared"],split:["split","split"],merge:["merge","merges"]};function hl(e,t,n,r,o){let i=e.evidence??[],[a,s]=n,u=l=>p("ol",{},...l.map(c=>tm(c,si(c,r),t,[s,a],o)));return p("aside",{class:"evidence","aria-label":"Evidence of the change"},p("h2",{},"What changed ",p("span",{class:e.verdict==="changed"?"chip alarm":"chip accent"},e.verdict)),p("p",{class:"muted"},`From ${U(a)} to ${U(s)}. ${Jp(e.events)}`),em(e,s),p("h3",{},i.length>0?"What makes up most of it":"No evidence was recorded"),u(i.slice(0,ar)),i.length>ar?p("details",{class:"more"},p("summary",{},`${i.length-ar} more`),u(i.slice(ar))):null)}function Jp(e){let t=Object.entries(Qp).flatMap(([n,[r,o]])=>{let i=e.filter(a=>a.event===n).length;return i===0?[]:[`${i} ${i===1?r:o}`]});return t.length>0?`Groups: ${t.join(", ")}.`:"Every group survived."}function em(e,t){let[n,r]=At[0],o={step:t.step,epoch:null,wall_time:0,since:t.since,drift:e},i=ie(t.layers),a=u=>i.get(u)??u,s=ir([o],n,t.layers).reverse();return p("table",{},p("caption",{class:"visually-hidden"},r),p("thead",{},p("tr",{},...[r,"value","noise"].map(u=>p("th",{scope:"col"},u)))),p("tbody",{},...s.flatMap(({layer:u,below:l,points:c})=>c.map(f=>p("tr",{class:f.significant?"significant":null},p("th",{scope:"row"},l===null?a(u):`${a(l)} → ${a(u)}`),p("td",{class:"number"},`${f.significant?"◆ ":""}${Ze(f.value)}`),p("td",{class:"number"},f.nullQuantile===null?"–":`≤ ${Ze(f.nullQuantile)}`))))))}function tm(e,t,n,r,o){let i=Math.max(0,Math.min(1,e.share??0)),[a,s]=Zp[e.kind]??[e.kind,""],u=l=>l===null?"none":Ze(l);return p("li",{},p("p",{class:"what"},p("span",{class:"chip"},a),p("span",{class:"mono"},t)),p("p",{class:"size number"},`${u(e.before)} → ${u(e.after)}`,p("span",{class:"muted"},`${K(e.share)} of the change in ${s} ${ie(r[0].layers).get(e.layer)??e.layer}`)),k("svg",{class:"share",viewBox:"0 0 100 3",preserveAspectRatio:"none","aria-hidden":"true"},k("rect",{class:"track",width:100,height:3}),k("rect",{class:"part",width:100*i,height:3})),nm(e,n,r,o))}function nm(e,t,n,r){let o=e.patches.flatMap(a=>n.map(u=>ce(r,t,u,a)).find(u=>u!==null)??[]);if(o.length===0)return null;let i=`${o.length} ${o.length===1?"patch":"patches"} to look at`;return p("div",{class:"patches",role:"img","aria-label":i},...o.map(a=>te(a,Yp)))}var rm=[["sides","Side by side"],["difference","Difference"]],gl={lineage:"A group is the same where it kept its lineage; one without, where its neurons are alike.",members:"A group is the same where its neurons are alike (Jaccard index .3 or more). Networks trained from different seeds have no neuron in common."},wl=(e,t)=>{let[n,r]=Ye("Compare with run"),[o,i]=Ye("Compare with step"),a=p("span",{class:"view-note"}),s=p("button",{class:"button",type:"button"},"Swap"),u=rm.map(([E,m])=>{let w=p("button",{type:"button",role:"radio","data-mode":E},m);return w.addEventListener("click",()=>e({compare:E})),w}),l=p("div",{class:"segments",role:"radiogroup","aria-label":"How to compare"},...u),c=p("div",{class:"view-head"},n,o,a,s,l),f=p("p",{class:"view-empty",role:"status"}),d=[p("h3"),p("h3")],h=[en(e,t),en(e,t)],x=p("div",{class:"sides"},...h.map((E,m)=>p("div",{class:"side"},d[m],E.element))),_=fl(E=>e({group:E}),t),b=p("div",{class:"beside"}),y=p("p",{class:"muted view-note"}),L=p("div",{class:"whole"},p("div",{},y,_.element),b),A=p("section",{class:"view compare","aria-label":"Compare"},c,f,x,L),N=null,V=[],$=0,D="",H=null,G="";t.runs().then(E=>{V=E,S()},()=>{}),r.addEventListener("change",()=>{let E=r.value;e({otherRun:E===N?.run.name?null:E,otherStep:null})}),i.addEventListener("change",()=>e({otherStep:Number(i.value)})),s.addEventListener("click",()=>{let E=N&&yl(N);if(!E)return;let[m,w]=E.snapshots;e({run:E.runs[0].name,step:m.step,otherRun:E.sameRun?null:E.runs[1].name,otherStep:w.step})}),l.addEventListener("keydown",E=>{if(!["ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(E.key))return;E.preventDefault();let m=u.find(w=>w.getAttribute("aria-checked")!=="true");m?.focus(),m?.click()}),Lt(_.element,E=>{$=E,S()});function S(){if(!N)return;let{state:E,run:m,other:w}=N;for(let g of u){let O=g.dataset.mode===E.compare;g.setAttribute("aria-checked",String(O)),g.tabIndex=O?0:-1}let M=yl(N),R=[...new Set([m.name,...V])];Ue(r,R.map(g=>[g,g===m.name?`${g} (this run)`:g]),w?.name??E.otherRun??m.name);let P=w?.snapshots??[];Ue(i,P.map(g=>[String(g.step),g.graph.name??String(g.step)]),String(M?.snapshots[0].step??"")),n.hidden=R.length<2,o.firstElementChild.textContent=R.length<2?"Compare with step":"step",s.disabled=M===null;let v=M?am(M):im(N);f.textContent=v??"",f.hidden=v===null,x.hidden=v!==null||E.compare!=="sides",L.hidden=v!==null||E.compare!=="difference",a.textContent=M?`and ${bl(M,1)}`:"",!(!M||v!==null)&&(E.compare==="sides"?C(N,M):T(M,E))}function C(E,m){for(let w of[0,1]){d[w].textContent=`${w===0?"Before: ":"After: "}${bl(m,w)}`;let[M,R]=[m.runs[w],m.snapshots[w]],P={...E.state,run:M.name,step:R.step,target:m.target};h[w].update({...E,run:M,snapshot:R,state:P})}}function T(E,m){let w=JSON.stringify(E.runs.map((P,v)=>[P.name,E.snapshots[v].step]));if(H?.key!==w){if(D===w)return;D=w;let P=v=>t.detail(E.runs[v].name,E.snapshots[v].step);Promise.all([P(0),P(1)]).then(v=>{D===w&&(H={key:w,graphs:v},S())},v=>{D===w&&(D="",L.hidden=!0,f.hidden=!1,f.textContent=v instanceof Error?v.message:String(v))});return}if($===0)return;y.textContent=E.sameRun?gl.lineage:gl.members;let M=sm(E,H.graphs),R=`${w} ${E.target}`;if(G!==R){G=R;let[P,v]=H.graphs,g=M.sides[1].target.drift,O=E.sameRun&&g!==null&&v.since===P.step;b.replaceChildren(...O?[hl(g,E.runs[1].name,H.graphs,[M.sides[0].target,M.sides[1].target],t)]:[]),L.classList.toggle("with-evidence",O)}_.draw({...M,width:$,threshold:m.threshold,selected:m.group})}return{element:A,update(E){N=E,S()}}};function yl({run:e,other:t,state:n,snapshot:r}){let o=ae(e,n),i=t!==null&&t.name===e.name;if(!r||!t||o===null||n.otherRun!==null&&t.name!==n.otherRun)return null;let a=i?om(e,r,n.otherStep):Pt(t,n.otherStep);return a&&{runs:[t,e],snapshots:[a,r],target:o,sameRun:i}}function om(e,t,n){if(n!==null)return Pt(e,n);let r=e.snapshots.find(i=>i.step===t.graph.since),o=e.snapshots.findIndex(i=>i.step===t.step);return r??e.snapshots[Math.max(0,o-1)]??null}var bl=(e,t)=>`${e.sameRun?"":`${e.runs[t].name}, `}${U(e.snapshots[t].graph)}`;function im({state:e,run:t}){return t.snapshots.length===0?"This run has no snapshot yet.":`Reading ${e.otherRun??t.name} …`}function am({runs:e,snapshots:t,target:n,sameRun:r}){let o=t.findIndex(i=>de(i,n)===null);if(o>=0){let i=e[1].targets.find(a=>a.target===n)?.name??n;return`${Ge(t[o].graph)} of ${e[o].name} holds no circuit of “${i}”. Choose another step or target.`}return r&&t[0].step===t[1].step?`${Ge(t[0].graph)} is on both sides: nothing differs. Choose another step to compare with.`:null}function xl({nodes:e,links:t,byKey:n}){return{groups:e.map(({group:r})=>({layer:r.layer,number:r.number,lineage:r.lineage,importance:r.importance??0,stable:Pe(r.stability),members:r.members??[]})),edges:t.map(r=>[n.get(r.source).position,n.get(r.target).position,r.share,Pe(r.stability)])}}function sm(e,t){let n=l=>de({...e.snapshots[l],graph:t[l]},e.target),r=[n(0),n(1)],o=l=>({run:e.runs[l].name,graph:t[l],target:r[l].target}),[i,a]=t,s=[...i.layers.filter(l=>!a.layers.includes(l)),...a.layers],u=al(s,xl(r[0]),xl(r[1]),e.sameRun);return{difference:u,sides:[o(0),o(1)],keys:lm(u,r,e.sameRun)}}function lm({nodes:e},[t,n],r){return e.map(o=>{if(o.after!==null)return Te(n.nodes[o.after].group);let i=t.nodes[o.before].group;return r&&i.lineage!==null?Te(i):null})}function $e(e,t){return e.names[t]??`class ${t}`}function kl(e,t){return e.mistakes.find(n=>n.image===t)??e.mistakes[0]??null}function Ml({mistakes:e}){let t=new Map;for(let n of e){let r=`${n.true} ${n.predicted}`;t.set(r,[...t.get(r)??[],n])}return[...t.values()].map(n=>({true:n[0].true,predicted:n[0].predicted,mistakes:n}))}function Sl(e,t,n){return[vl(e,t,n,t.predicted),vl(e,t,n,t.true)]}function vl(e,t,n,r){let o=t.circuits.find(c=>c.target===r),i=o===void 0?null:de(n,r),a=new Map(i?.nodes.map(c=>[Q(c.group),c])),s=new Map(o?.path.map(([c,f,d])=>[Q({layer:c,number:f}),d])),u=(o?.groups??[]).flatMap(c=>{let f=a.get(Q(c)),d=c.fired??c.score>e.threshold;return f===void 0?[]:[{node:f,firing:c,fired:d,share:s.get(Q(c))??null}]}),l=[...s.keys()].flatMap(c=>u.find(f=>Q(f.firing)===c)??[]);return{target:r,name:$e(e,r),circuit:i,groups:u,path:l}}function sr([e,t]){let n=e.circuit!==null?e:t;if(n.circuit===null)return null;let r=n===e?n.groups.filter(o=>o.fired):[];return r.length===0?{side:n,groups:n.groups,others:[]}:{side:n,groups:r,others:n.groups.filter(o=>!o.fired)}}function $l(e,[t,n]){let r=t.circuit===null?n:t,o=r.groups.filter(({firing:i})=>(i.effect?.[0]??0)<0).sort((i,a)=>i.firing.effect[0]-a.firing.effect[0]);return{masked:r,deciding:o.filter(({firing:i})=>i.effect[1]===e.true),turning:r.groups.filter(({firing:{effect:i}})=>i!==null&&i[1]!==e.predicted),strongest:o[0]??null,missing:n.groups.filter(({fired:i})=>!i)}}function El(e,t,n,r){let i=e.mistakes.find(l=>l.image===n)?.circuits.find(l=>l.target===r),a=i===void 0?null:de(t,r),s=new Map(i?.groups.map(l=>[Q(l),l.score])),u=new Map;for(let{group:l}of a?.nodes??[]){let c=s.get(Q(l));l.lineage!==null&&c!==void 0&&u.set(Te(l),c)}return u}var um=300,_l=6;function lr(e,t,n,{picture:r}){if(r===null)return null;let[o,i,a,s,u]=r;return{href:e.mistakenImage(t,n.step,o),x:i,y:a,width:s,height:u}}function Tl(e,t,n){let r=t.crops[n];if(r===void 0||t.input===null)return null;let[o,i,a,s]=r,[u,l]=[e.width/t.input[1],e.height/t.input[0]];return{href:e.href,x:e.x+i*u,y:e.y+o*l,width:s*u,height:a*l}}function Cl(e,t,n,r){let[o,i]=t.input,a=um/Math.max(o,i),s=te(e);s.setAttribute("width",String(i*a)),s.setAttribute("height",String(o*a));let u=k("g",{class:"frames"}),l=k("svg",{class:"large",viewBox:`0 0 ${i*a} ${o*a}`,width:i*a,height:o*a,role:"img","data-export":"","aria-label":r},s,u);function c(h){let x=n.indexOf(h);return x<0?null:x+1}function f(h,{numbers:x,fired:_},b){let y=t.crops[h];if(y===void 0)return null;let[L,A,N,V]=y.map(E=>E*a),$=2+2*b,D={x:A+$,y:L+$,width:V-2*$,height:N-2*$},H=x.join(" "),G=9+6.2*H.length,[S,C]=[Math.min(D.x,i*a-G-2),Math.max(D.y-16,2)],T=[k("rect",{class:"chip",x:S,y:C,width:G,height:15,rx:3}),k("text",{x:S+G/2,y:C+11.5},H)];return k("g",{class:_?null:"silent","data-colour":x[0]??null},k("rect",{class:"under",...D}),k("rect",{class:"box",...D}),...H===""?[]:T)}function d(h){let x=new Map;for(let b of h===null?n:[h])for(let[y]of h===null?b.firing.crops.slice(0,1):b.firing.crops){let L=x.get(y)??{numbers:[],fired:!1},A=c(b),N=A===null?L.numbers:[...L.numbers,A];x.set(y,{numbers:N,fired:L.fired||b.fired})}let _=[...x].map(([b,y],L)=>f(b,y,L));u.replaceChildren(..._.filter(b=>b!==null))}return d(null),{element:l,numberOf:c,point:d}}var cm=2,Ll=2,Al=38,fm=28,dm="other probe images make another group of it: it has no lineage and is not followed";function ur(e,t,n,r){let o=pm(e,t,n,r),i=`${r==="more"?"More groups":"Groups"} of ${t.name}`,{large:a}=e,s=n.map(u=>{let l=a?.numberOf(u)??null,c=p("tr",{"data-group":u.node.key,"data-colour":l},...o.map(({cell:f})=>f(u)));if(a!==null){let f=d=>()=>a.point(d);c.addEventListener("pointerenter",f(u)),c.addEventListener("pointerleave",f(null)),c.addEventListener("focusin",f(u)),c.addEventListener("focusout",f(null))}return c});return p("div",{class:"scroll",tabindex:0,role:"region","aria-label":i},p("table",{class:"groups"},p("thead",{},p("tr",{},...o.map(({head:u,title:l})=>p("th",{scope:"col",title:l},u)))),p("tbody",{},...s)))}function pm(e,t,n,r){let{scene:o,whole:i}=e,{record:a,mistake:s}=o;return[i===null?null:{head:"here",title:"the crop of this image that fired it most",cell:l=>mm(e,l)},n.every(l=>Rl(e,l).length===0)?null:{head:"usually",title:"what it usually fires on: its best patches",cell:l=>hm(e,l)},{head:"group",title:null,cell:l=>gm(e,t,l,r)},{head:"importance",title:`how much of “${t.name}” rests on it`,cell:({firing:l})=>p("td",{class:"number"},K(l.importance))},{head:"× normal",title:"how active it is, 1 being its normal level",cell:l=>p("td",{class:"number score"},l.firing.score.toFixed(2),ym(l,a))},n.every(({firing:l})=>l.effect===null)?null:{head:"margin if masked",title:"how the margin changes without the group",cell:({firing:l})=>p("td",{class:"number effect",title:l.effect===null?"not measured: it did not fire":null},...bm(l.effect,s,a))},...o.earlier.map(l=>Nl(l,s,t,n))].filter(l=>l!==null)}function Nl({snapshot:e,record:t},n,r,o){let i=El(t,e,n.image,r.target);if(!o.some(({node:s})=>i.has(s.key)))return null;let a=`at ${U(e.graph)}`;return{head:a,title:`× normal ${a}`,cell:({node:s})=>{let u=i.get(s.key);return p("td",{class:"number then",title:u===void 0?"not in the circuit then, or not to be followed":null},u?.toFixed(2)??"–")}}}function mm({whole:e,large:t,scene:n},r){let o=Tl(e,n.record,r.firing.crops[0]?.[0]??-1),i=t?.numberOf(r)??null;return p("td",{},p("span",{class:"here"},o===null?null:te(o,Al),i===null?null:p("b",{},String(i))))}function hm(e,t){let n=Rl(e,t);return p("td",{},p("span",{class:"usual"},...n.map(r=>te(r,Al))))}function Rl({scene:{run:e,snapshot:t},source:n},{node:r}){return r.group.patches.slice(0,cm).flatMap(o=>ce(n,e.name,t,o)??[])}function gm(e,t,n,r){let{group:o}=n.node,[i,{stability:a}]=[Q(o),o];return p("th",{scope:"row"},cr(e,t,n,r),n.share===null?null:p("span",{class:"chip",title:"on the path"},"path"),Pe(a)?null:p("span",{class:"chip",title:dm},"unstable"),p("span",{class:"muted id",title:i},qe(i,fm)))}function cr({open:e},t,{node:n},r){let o=p("button",{type:"button",class:"link","data-focus":`group ${r} ${t.target} ${n.key}`,title:`${Q(n.group)}: show it in the circuit`},Ce(t.circuit,n));return o.addEventListener("click",()=>e(t,n.key)),o}function ym({firing:e,fired:t},{threshold:n}){let r=o=>100*Math.max(0,Math.min(o,Ll))/Ll;return k("svg",{class:t?"level fired":"level",viewBox:"0 0 100 8",preserveAspectRatio:"none","aria-hidden":"true"},k("rect",{class:"track",y:2,width:100,height:4}),k("rect",{class:"part",y:2,width:r(e.score),height:4}),k("rect",{class:"tick",x:r(n)-.6,width:1.2,height:8}))}function bm(e,t,n){if(e===null||e[0]===null)return["–"];let[r,o]=e;if(o===t.predicted)return[et(r)];let i=o===t.true,a=`${i?"✓ ":""}then “${$e(n,o)}”`;return[et(r),p("span",{class:i?"then right":"then muted"},a)]}function Ol({scene:{record:e,mistake:t,earlier:n}},r,o,i){let[a,s]=[$e(e,t.predicted),$e(e,t.true)],u=i.some(({firing:d})=>d.effect!==null),l=i.every(({node:{group:d}})=>d.lineage!==null||d.label!==null),c=n.flatMap(d=>r.map(x=>Nl(d,t,x,x.groups)).find(x=>x!==null)?.head??[]),f=[["group",`as everywhere in this tab; below it, as neurflow debug names it${l?"":". One without a lineage has no other name"}.`],["importance",`how much of “${o.name}” rests on the group.`],["× normal",`1 is the group’s normal level. Over ${ue(e.threshold)}, the mark on the bar, it fires.`]];return u&&f.push(["margin if masked",`the change of the margin, the logit of “${a}” above that of “${s}”, without the group. Minus: it speaks for the mistake.`]),c.length>0&&f.push([c.join(", "),"× normal then, where this image was among those shown too. –: not in that circuit, or without a lineage."]),p("dl",{class:"columns-said muted"},...f.map(([d,h])=>p("div",{},p("dt",{},d)," ",p("dd",{},h))))}var Mo=420,So=196,$o=18,fr=36,xm=.3;function Gl(e,t,n,r){let o=e.circuit,{graph:i}=o.snapshot,a=new Map(e.groups.map(y=>[y.node.key,y])),s=i.layers.map(y=>o.nodes.filter(({group:L})=>L.layer===y).sort((L,A)=>A.importance-L.importance)),u=Math.max(1,...s.map(y=>y.length)),l=(So-$o)/u,c=Math.min(fr,l-3),f=(Mo-fr)/Math.max(1,s.length-1),d=new Map;s.forEach((y,L)=>{y.forEach((A,N)=>{let V=$o+(So-$o)/2+(N-(y.length-1)/2)*l;d.set(A.key,{x:fr/2+L*f,y:V})})});let h=ie(i.layers),x=un(o,xm),_=(y,L)=>{let[A,N]=[d.get(y),d.get(L)],V=(A.x+N.x)/2;return`M${A.x} ${A.y}C${V} ${A.y} ${V} ${N.y} ${N.x} ${N.y}`},b=k("svg",{class:"mini",viewBox:`0 0 ${Mo} ${So}`,role:"group","data-export":"","aria-label":`Circuit of ${e.name}`},k("g",{"aria-hidden":"true"},...i.layers.map((y,L)=>k("text",{class:"layer",x:L===0?0:L===s.length-1?Mo:fr/2+L*f,y:10,"text-anchor":L===0?"start":L===s.length-1?"end":"middle"},h.get(y))),...x.map(y=>k("path",{class:"faint",d:_(y.source,y.target)})),...wm(e).map(({source:y,target:L,share:A})=>k("path",{class:"along",d:_(y,L),"data-sign":A<0?"-":"+","stroke-width":2+4*Math.min(1,Math.abs(A))}))),...o.nodes.map(y=>{let{x:L,y:A}=d.get(y.key),N=a.get(y.key),V=ce(n,t,o.snapshot,y.group.patches[0]??-1),$={x:L-c/2,y:A-c/2,width:c,height:c},D=V===null?null:te(V);for(let[G,S]of Object.entries($))D?.setAttribute(G,String(S));let H=N===void 0?"target":N.fired?"fired":"silent";return k("g",{class:`group ${H}${N?.share==null?"":" on-path"}`,role:"button","data-group":y.key,"aria-label":`${Ce(o,y)}, ${Q(y.group)}${N===void 0?"":`: ${Pl(N)}`}`},k("title",{},`${Ce(o,y)}, ${Q(y.group)}${N===void 0?"":`: ${Pl(N)}`}`),k("rect",{class:"ground",...$}),D,k("rect",{class:"frame",...$}))}));return xe(b,".group",Re,y=>r(y.getAttribute("data-group")))(),b}function Dl(e){let t=(o,i)=>p("li",{},p("i",{class:o,"aria-hidden":"true"}),i),n=e.flatMap(o=>o.path),r=n.some(({share:o})=>(o??0)<0);return p("ul",{class:"path-keys muted"},t("fired","fired"),t("silent","did not fire"),...n.length>0?[t("along","the path: the strongest edges through groups that fired")]:[],...r?[t("against","lowers what it leads to")]:[])}function Pl({fired:e,firing:t,share:n}){let r=`${e?"fired":"did not fire"}, ${ue(t.score)} × normal`;return n===null?r:`${r}; on the path, ${pt(n)} of its input`}function wm({circuit:e,path:t}){return t.flatMap(({node:n,share:r},o)=>{let i=t[o-1]?.node.key??vm(e,n.key,r);return i===void 0?[]:[{source:n.key,target:i,share:r}]})}function vm({links:e},t,n){let r=o=>Math.abs(o.share-n);return e.filter(o=>o.source===t).sort((o,i)=>r(o)-r(i))[0]?.target}var ve=_l,km=8,dr=6,Mm=16,[Sm,Il]=["what spoke for it cannot be told or framed","what was missing of it cannot be told"];function Vl(e,t){let n=p("article",{class:"mistake"}),r=new Set;function o(x){let{record:_,mistake:b,snapshot:y,run:L}=x,A=Sl(_,b,y),N=sr(A),V=lr(t,L.name,_,b),$=N?.groups.slice(0,ve)??[],D=V===null||_.input===null?null:Cl(V,_,$,$m(b.image,N?.side.name??null)),G={scene:x,source:t,whole:V,large:D,open:(S,C)=>e({view:"circuit",target:S.target,group:C})};n.replaceChildren(i(x,A),p("div",{class:"about"},D===null?null:a(D.element,$),s(G,A),u(G,A),c(x)),...f(G,A),...d(G,A))}function i({mistake:x},[_,b]){return p("header",{},p("h2",{},`Taken for “${_.name}”, but is “${b.name}”`),p("p",{class:"muted"},`Image ${x.image} · ${K(x.sure)} sure of “${_.name}”, ${K(x.right)} of “${b.name}” · margin ${ue(x.margin)}`))}function a(x,_){let y=["Framed is where each group of the table fired most",_.some(L=>!L.fired)?"; dashed, where one that did not fire came nearest to it":"",". Point at a group to see all its crops."].join("");return p("figure",{},x,_.length===0?null:p("figcaption",{class:"muted"},y))}function s(x,_){let{mistake:b}=x.scene,[y,L]=_,{masked:A,deciding:N,turning:V,strongest:$,missing:D}=$l(b,_),H=(T,E)=>T.slice(0,ve).flatMap((m,w)=>[w===0?"":", ",cr(x,E,m,"remedy")]),G=T=>T.length>ve?` and ${T.length-ve} more`:"",S=[],C=(T,E)=>{let m=T.length===1?"Without ":"Without any one of ";return p("p",{},m,...H(T,A),G(T),E)};if(N.length>0)S.push(C(N,` it would be “${L.name}”.`));else if(V.length>0){let T=` it would no longer be “${y.name}”, but not “${L.name}” either.`;S.push(C(V,T))}else if($!==null){let T=$.firing.effect[0];S.push(p("p",{},"No group by itself decided: without ",cr(x,A,$,"remedy"),` the margin of ${ue(b.margin)} changes by ${et(T)}, and it is “${y.name}” still.`))}else y.circuit!==null&&S.push(p("p",{},`No group of “${y.name}” that fired spoke for it by itself.`));return L.circuit!==null&&S.push(D.length===0?p("p",{},`Of the circuit of “${L.name}” nothing is missing: every group fired.`):p("p",{},`Groups of “${L.name}” that did not fire: `,...H(D,L),G(D),".")),S.length===0?p("div",{class:"remedy"}):p("div",{class:"remedy"},p("h3",{},"What would have to change"),...S)}function u(x,_){let[b,y]=_,L=sr(_),A=[];if(b.circuit===null&&A.push(p("h3",{},`Why “${b.name}”`),Eo(x.scene,b,Sm)),L===null&&A.push(p("h3",{},`Why not “${y.name}”`),Eo(x.scene,y,Il)),L!==null){let{side:$,groups:D,others:H}=L,G=D.slice(0,ve),S=$===y?`Why not “${$.name}”`:`Why “${$.name}”`,C=D.length>ve?` The ${ve} most important:`:"";A.push(p("div",{class:"headed"},p("h3",{},S),p("p",{class:"muted"},`${zl($)}${C}`)),G.length===0?null:ur(x,$,G,"first"),G.length===0?null:Ol(x,_,$,G),l(x,$,D.slice(ve),H,"that did not fire","reading"))}let N=L?.side??b,V=N===y?`Why not “${N.name}”`:`Why “${N.name}”`;return p("section",{class:"why","aria-label":V,"data-target":N.target},...A.filter($=>$!==null))}function l(x,_,b,y,L,A){let N=[...b,...y];if(N.length===0)return null;let V=p("summary",{"data-focus":`more ${A}`},`${N.length} ${b.length>0?"more":L}`),$=p("details",{class:"more",open:r.has(A)},V,ur(x,_,N,"more"));return $.addEventListener("toggle",()=>{$.open?r.add(A):r.delete(A)}),$}function c({run:x,record:_,mistake:b,snapshot:y}){let L=[y.step,b.predicted,b.sure,b.right,0],A=[...b.past,L].slice(-km),N=A.map(H=>{let[G,S,C,T,E]=H,m=x.snapshots.find(v=>v.step===G),w=U(m?.graph??{step:G}),M="Show this image at that snapshot",R=$e(_,S),P=p("button",{type:"button",class:"link","data-focus":`past ${G}`,title:M},w);return P.addEventListener("click",()=>e({step:G,image:b.image,playing:!1})),p("tr",{class:H===L?"now":null},p("th",{scope:"row"},E>0&&m!==void 0?P:w),p("td",{},p("span",{class:"taken",title:R},S===b.true?`✓ ${R}`:R)),p("td",{class:"number"},K(C)),p("td",{class:"number"},K(T)))}),$=["at","taken for","sure of it",`sure of “${ke($e(_,b.true),Mm)}”`],D=A.some(([,,,,H])=>H>0);return p("div",{class:"before"},p("h3",{},"The same image before"),p("div",{class:"scroll",tabindex:0,role:"region","aria-label":"The same image before"},p("table",{},p("thead",{},p("tr",{},...$.map(H=>p("th",{scope:"col"},H)))),p("tbody",{},...N))),D?p("p",{class:"muted note"},"Underlined: among those shown then too."):null)}function f(x,_){let b=_[1],y=sr(_);if(y===null||y.side===b)return[];let L=`Why not “${b.name}”`,A=p("section",{"aria-label":L,"data-target":b.target});if(b.circuit===null)return A.append(p("h3",{},L),Eo(x.scene,b,Il)),[A];let N=b.groups.filter(S=>!S.fired),V=b.groups.filter(S=>S.fired),$=N.slice(0,ve),D=N.length>ve?`, the ${ve} most important`:"",H=`${zl(b)}${N.length>0?` Those that did not${D}:`:""}`,G=[p("div",{class:"headed"},p("h3",{},L),p("p",{class:"muted"},H)),$.length===0?null:ur(x,b,$,"first"),l(x,b,N.slice(ve),V,"that fired","right")];return A.append(...G.filter(S=>S!==null)),[A]}function d(x,_){let b=_.filter(y=>y.circuit!==null);return b.length===0?[]:[p("div",{class:"paths"},p("h3",{},"Through the circuits"),Dl(b),p("div",{class:b.length===1?"two alone":"two"},...b.map(y=>h(x,y))))]}function h({scene:x,open:_},b){let y=`Circuit of “${b.name}”`,L=b.path.length===0?"Nothing that fired feeds the class.":"";return p("section",{"aria-label":y,"data-target":b.target},p("div",{class:"headed"},p("h4",{},y),p("p",{class:"muted"},L)),Gl(b,x.run.name,t,A=>_(b,A)))}return{element:n,draw:o}}function zl({groups:e}){return`${e.filter(n=>n.fired).length} of ${ee(e.length,"group")} fired.`}function $m(e,t){return t===null?`Image ${e}`:`Image ${e}, and where the groups of ${t} fired`}function Eo({run:e,snapshot:t},{target:n,name:r},o){let i=e.targets.some(f=>f.target===n),a=`This snapshot has no circuit of “${r}”: ${o}.`;if(i)return p("div",{class:"notice"},p("p",{},`${a} Other snapshots of this run have one.`));let s=t.graph.targets,u=s.slice(0,dr).map(f=>`“${f.name}”`),l=s.length>dr?` and ${s.length-dr} more`:"",c=s.length>dr?["…"]:s.map(f=>String(f.target));return p("div",{class:"notice"},p("p",{},`${a} The callback explains its targets alone: ${u.join(", ")}${l}. A training that explains “${r}” too:`),p("pre",{class:"mono"},`NeurFlowCallback(targets=[${[...c,n].join(", ")}], …)`))}var Em=3,_m=44,Hl=(e,t)=>{let n=p("ol",{class:"kinds"}),[r,o]=[p("p",{class:"muted"}),p("p",{class:"muted rest"})],i=p("nav",{"aria-label":"Mistakes, those that circuits explain first"},r,n,o),a=p("p",{class:"view-note muted",role:"status"}),s=Vl(e,t),u=p("div",{class:"debug-body"},i,p("div",{},a,s.element)),l=p("div",{class:"view-empty",role:"status"}),c=p("section",{class:"view debug","aria-label":"Debug"},u,l),f=xe(n,"button",nr,$=>e({image:Number($.getAttribute("data-image"))})),d=null,h=new WeakMap,x=new WeakSet,_=new WeakSet,b="";function y($,D){let H=h.get(D)??null;return(H?.record??null)!==null||x.has(D)||_.has(D)||(x.add(D),_.add(D),t.mistakes($.name,D.step).catch(G=>{let S=G instanceof Error?G.message:String(G);return{steps:[],record:null,problem:S}}).then(G=>{h.set(D,G),x.delete(D),L()})),H}function L(){if(d===null||d.snapshot===null)return;let{run:$,snapshot:D,state:H}=d,G=y($,D);if(c.setAttribute("aria-busy",String(G===null)),G===null)return;let{record:S}=G,C=S===null?null:kl(S,H.image);if(u.hidden=C===null,l.hidden=C!==null,S===null||C===null){let w=JSON.stringify([D.step,G]);w!==b&&l.replaceChildren(...Tm(G,D)),b=w;return}let T=A($,C),E=JSON.stringify([$.name,D.step,D.wallTime,C.image,T.length]);if(a.textContent=H.image===null||H.image===C.image?"":`Image ${H.image} is not among the mistakes shown at ${U(D.graph)}. This is the first of them.`,E===b)return;b=E;let m=document.activeElement?.dataset.focus;N($,S,C),s.draw({run:$,snapshot:D,record:S,mistake:C,earlier:T}),m!==void 0&&c.querySelector(`[data-focus="${CSS.escape(m)}"]`)?.focus()}function A($,D){let H=D.past.filter(T=>T[4]>0),G=([,T])=>T===D.predicted;return[...H.filter(T=>!G(T)),...H.filter(G)].slice(-Em).map(([T])=>T).sort((T,E)=>T-E).flatMap(T=>{let E=$.snapshots.find(w=>w.step===T),m=E&&y($,E)?.record;return E&&m?[{snapshot:E,record:m}]:[]})}function N($,D,H){let{images:G,wrong:S,mistakes:C}=D,T=Ml(D),E=S-C.length,m=E>0?`The ${C.length} that circuits tell most of`:"All of them";r.textContent=`${S} of ${ee(G,"probe image")} taken for another class. ${m}, ${ee(T.length,"kind")} of mistake, with how sure the network was:`,o.hidden=E<=0,o.replaceChildren(`${E} more ${E===1?"is":"are"} not shown: the callback’s `,p("code",{class:"mono"},"debug_images")," says how many are."),n.replaceChildren(...T.map(w=>p("li",{},...V(w,$,D,H)))),f()}function V($,D,H,G){let[S,C]=[$e(H,$.predicted),$e(H,$.true)],T=$.mistakes.map(m=>{let w=lr(t,D.name,H,m);return p("li",{},p("button",{type:"button","data-image":m.image,"data-focus":`image ${m.image}`,"aria-pressed":String(m===G),"aria-label":`Image ${m.image}: taken for ${S}, is ${C}, ${K(m.sure)} sure`},w===null?p("span",{class:"unpictured"},String(m.image)):te(w,_m),p("span",{class:"number muted"},K(m.sure))))}),E=H.mistakes.length===H.wrong;return[p("p",{class:"kind"},p("span",{title:`“${C}” taken for “${S}”`},p("span",{},`“${C}”`)," ",p("span",{},`taken for “${S}”`)),p("span",{class:"muted number",title:E?ee(T.length,"mistake"):null},E?`× ${T.length}`:`${T.length} shown`)),p("ol",{class:"mistakes"},...T)]}return{element:c,update($){d?.run.name!==$.run.name&&(h=new WeakMap),d=$,_=new WeakSet,L()}}};function Tm({steps:e,record:t,problem:n},{graph:r}){return n!==null?[p("h2",{},"The mistakes cannot be shown"),p("p",{},n)]:t!==null?[p("h2",{},"No mistakes"),p("p",{},`At ${U(r)} all ${ee(t.images,"probe image")} are taken for what they are.`)]:e.length>0?[p("h2",{},`No mistakes told of at ${U(r)}`),p("p",{},`They are at ${ee(e.length,"snapshot")}, from step ${e[0]} to ${e[e.length-1]}.`)]:[p("h2",{},"No mistakes are recorded in this run"),p("p",{},"Have the callback debug mistakes among the probe images with each snapshot:"),p("pre",{class:"mono"},"NeurFlowCallback(debug_images=4)"),p("p",{},"The probe images need labels. What is already trained is debugged by ",p("code",{class:"mono"},"neurflow debug"),".")]}function ft(e,t){return e==null||t==null?NaN:e<t?-1:e>t?1:e>=t?0:NaN}function _o(e,t){return e==null||t==null?NaN:t<e?-1:t>e?1:t>=e?0:NaN}function pr(e){let t,n,r;e.length!==2?(t=ft,n=(s,u)=>ft(e(s),u),r=(s,u)=>e(s)-u):(t=e===ft||e===_o?e:Cm,n=e,r=e);function o(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<0?l=f+1:c=f}while(l<c)}return l}function i(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<=0?l=f+1:c=f}while(l<c)}return l}function a(s,u,l=0,c=s.length){let f=o(s,u,l,c-1);return f>l&&r(s[f-1],u)>-r(s[f],u)?f-1:f}return{left:o,center:a,right:i}}function Cm(){return 0}function To(e){return e===null?NaN:+e}var Fl=pr(ft),Bl=Fl.right,Lm=Fl.left,Am=pr(To).center,Co=Bl;var Nm=Math.sqrt(50),Rm=Math.sqrt(10),Om=Math.sqrt(2);function mr(e,t,n){let r=(t-e)/Math.max(0,n),o=Math.floor(Math.log10(r)),i=r/Math.pow(10,o),a=i>=Nm?10:i>=Rm?5:i>=Om?2:1,s,u,l;return o<0?(l=Math.pow(10,-o)/a,s=Math.round(e*l),u=Math.round(t*l),s/l<e&&++s,u/l>t&&--u,l=-l):(l=Math.pow(10,o)*a,s=Math.round(e/l),u=Math.round(t/l),s*l<e&&++s,u*l>t&&--u),u<s&&.5<=n&&n<2?mr(e,t,n*2):[s,u,l]}function hr(e,t,n){if(t=+t,e=+e,n=+n,!(n>0))return[];if(e===t)return[e];let r=t<e,[o,i,a]=r?mr(t,e,n):mr(e,t,n);if(!(i>=o))return[];let s=i-o+1,u=new Array(s);if(r)if(a<0)for(let l=0;l<s;++l)u[l]=(i-l)/-a;else for(let l=0;l<s;++l)u[l]=(i-l)*a;else if(a<0)for(let l=0;l<s;++l)u[l]=(o+l)/-a;else for(let l=0;l<s;++l)u[l]=(o+l)*a;return u}function nn(e,t,n){return t=+t,e=+e,n=+n,mr(e,t,n)[2]}function Lo(e,t,n){t=+t,e=+e,n=+n;let r=t<e,o=r?nn(t,e,n):nn(e,t,n);return(r?-1:1)*(o<0?1/-o:o)}function ql(e,t){switch(arguments.length){case 0:break;case 1:this.range(e);break;default:this.range(t).domain(e);break}return this}function Ao(e){return function(){return e}}function No(e){return+e}var jl=[0,1];function Nt(e){return e}function Ro(e,t){return(t-=e=+e)?function(n){return(n-e)/t}:Ao(isNaN(t)?NaN:.5)}function Pm(e,t){var n;return e>t&&(n=e,e=t,t=n),function(r){return Math.max(e,Math.min(t,r))}}function Gm(e,t,n){var r=e[0],o=e[1],i=t[0],a=t[1];return o<r?(r=Ro(o,r),i=n(a,i)):(r=Ro(r,o),i=n(i,a)),function(s){return i(r(s))}}function Dm(e,t,n){var r=Math.min(e.length,t.length)-1,o=new Array(r),i=new Array(r),a=-1;for(e[r]<e[0]&&(e=e.slice().reverse(),t=t.slice().reverse());++a<r;)o[a]=Ro(e[a],e[a+1]),i[a]=n(t[a],t[a+1]);return function(s){var u=Co(e,s,1,r)-1;return i[u](o[u](s))}}function Wl(e,t){return t.domain(e.domain()).range(e.range()).interpolate(e.interpolate()).clamp(e.clamp()).unknown(e.unknown())}function Im(){var e=jl,t=jl,n=Bn,r,o,i,a=Nt,s,u,l;function c(){var d=Math.min(e.length,t.length);return a!==Nt&&(a=Pm(e[0],e[d-1])),s=d>2?Dm:Gm,u=l=null,f}function f(d){return d==null||isNaN(d=+d)?i:(u||(u=s(e.map(r),t,n)))(r(a(d)))}return f.invert=function(d){return a(o((l||(l=s(t,e.map(r),be)))(d)))},f.domain=function(d){return arguments.length?(e=Array.from(d,No),c()):e.slice()},f.range=function(d){return arguments.length?(t=Array.from(d),c()):t.slice()},f.rangeRound=function(d){return t=Array.from(d),n=Ya,c()},f.clamp=function(d){return arguments.length?(a=d?!0:Nt,c()):a!==Nt},f.interpolate=function(d){return arguments.length?(n=d,c()):n},f.unknown=function(d){return arguments.length?(i=d,f):i},function(d,h){return r=d,o=h,c()}}function Oo(){return Im()(Nt,Nt)}function zm(e){return Math.abs(e=Math.round(e))>=1e21?e.toLocaleString("en").replace(/,/g,""):e.toString(10)}function yr(e,t){if(!isFinite(e)||e===0)return null;var n=(e=t?e.toExponential(t-1):e.toExponential()).indexOf("e"),r=e.slice(0,n);return[r.length>1?r[0]+r.slice(2):r,+e.slice(n+1)]}function Rt(e){return e=yr(Math.abs(e)),e?e[1]:NaN}function Vm(e,t){return function(n,r){for(var o=n.length,i=[],a=0,s=e[0],u=0;o>0&&s>0&&(u+s+1>r&&(s=Math.max(1,r-u)),i.push(n.substring(o-=s,o+s)),!((u+=s+1)>r));)s=e[a=(a+1)%e.length];return i.reverse().join(t)}}function Hm(e){return function(t){return t.replace(/[0-9]/g,function(n){return e[+n]})}}var Fm=/^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;function rn(e){if(!(t=Fm.exec(e)))throw new Error("invalid format: "+e);var t;return new Po({fill:t[1],align:t[2],sign:t[3],symbol:t[4],zero:t[5],width:t[6],comma:t[7],precision:t[8]&&t[8].slice(1),trim:t[9],type:t[10]})}rn.prototype=Po.prototype;function Po(e){this.fill=e.fill===void 0?" ":e.fill+"",this.align=e.align===void 0?">":e.align+"",this.sign=e.sign===void 0?"-":e.sign+"",this.symbol=e.symbol===void 0?"":e.symbol+"",this.zero=!!e.zero,this.width=e.width===void 0?void 0:+e.width,this.comma=!!e.comma,this.precision=e.precision===void 0?void 0:+e.precision,this.trim=!!e.trim,this.type=e.type===void 0?"":e.type+""}Po.prototype.toString=function(){return this.fill+this.align+this.sign+this.symbol+(this.zero?"0":"")+(this.width===void 0?"":Math.max(1,this.width|0))+(this.comma?",":"")+(this.precision===void 0?"":"."+Math.max(0,this.precision|0))+(this.trim?"~":"")+this.type};function Bm(e){e:for(var t=e.length,n=1,r=-1,o;n<t;++n)switch(e[n]){case".":r=o=n;break;case"0":r===0&&(r=n),o=n;break;default:if(!+e[n])break e;r>0&&(r=0);break}return r>0?e.slice(0,r)+e.slice(o+1):e}var br;function qm(e,t){var n=yr(e,t);if(!n)return br=void 0,e.toPrecision(t);var r=n[0],o=n[1],i=o-(br=Math.max(-8,Math.min(8,Math.floor(o/3)))*3)+1,a=r.length;return i===a?r:i>a?r+new Array(i-a+1).join("0"):i>0?r.slice(0,i)+"."+r.slice(i):"0."+new Array(1-i).join("0")+yr(e,Math.max(0,t+i-1))[0]}function Xl(e,t){var n=yr(e,t);if(!n)return e+"";var r=n[0],o=n[1];return o<0?"0."+new Array(-o).join("0")+r:r.length>o+1?r.slice(0,o+1)+"."+r.slice(o+1):r+new Array(o-r.length+2).join("0")}var Kl={"%":(e,t)=>(e*100).toFixed(t),b:e=>Math.round(e).toString(2),c:e=>e+"",d:zm,e:(e,t)=>e.toExponential(t),f:(e,t)=>e.toFixed(t),g:(e,t)=>e.toPrecision(t),o:e=>Math.round(e).toString(8),p:(e,t)=>Xl(e*100,t),r:Xl,s:qm,X:e=>Math.round(e).toString(16).toUpperCase(),x:e=>Math.round(e).toString(16)};function Ul(e){return e}var Yl=Array.prototype.map,Zl=["y","z","a","f","p","n","µ","m","","k","M","G","T","P","E","Z","Y"];function jm(e){var t=e.grouping===void 0||e.thousands===void 0?Ul:Vm(Yl.call(e.grouping,Number),e.thousands+""),n=e.currency===void 0?"":e.currency[0]+"",r=e.currency===void 0?"":e.currency[1]+"",o=e.decimal===void 0?".":e.decimal+"",i=e.numerals===void 0?Ul:Hm(Yl.call(e.numerals,String)),a=e.percent===void 0?"%":e.percent+"",s=e.minus===void 0?"−":e.minus+"",u=e.nan===void 0?"NaN":e.nan+"";function l(f,d){f=rn(f);var h=f.fill,x=f.align,_=f.sign,b=f.symbol,y=f.zero,L=f.width,A=f.comma,N=f.precision,V=f.trim,$=f.type;$==="n"?(A=!0,$="g"):Kl[$]||(N===void 0&&(N=12),V=!0,$="g"),(y||h==="0"&&x==="=")&&(y=!0,h="0",x="=");var D=(d&&d.prefix!==void 0?d.prefix:"")+(b==="$"?n:b==="#"&&/[boxX]/.test($)?"0"+$.toLowerCase():""),H=(b==="$"?r:/[%p]/.test($)?a:"")+(d&&d.suffix!==void 0?d.suffix:""),G=Kl[$],S=/[defgprs%]/.test($);N=N===void 0?6:/[gprs]/.test($)?Math.max(1,Math.min(21,N)):Math.max(0,Math.min(20,N));function C(T){var E=D,m=H,w,M,R;if($==="c")m=G(T)+m,T="";else{T=+T;var P=T<0||1/T<0;if(T=isNaN(T)?u:G(Math.abs(T),N),V&&(T=Bm(T)),P&&+T==0&&_!=="+"&&(P=!1),E=(P?_==="("?_:s:_==="-"||_==="("?"":_)+E,m=($==="s"&&!isNaN(T)&&br!==void 0?Zl[8+br/3]:"")+m+(P&&_==="("?")":""),S){for(w=-1,M=T.length;++w<M;)if(R=T.charCodeAt(w),48>R||R>57){m=(R===46?o+T.slice(w+1):T.slice(w))+m,T=T.slice(0,w);break}}}A&&!y&&(T=t(T,1/0));var v=E.length+T.length+m.length,g=v<L?new Array(L-v+1).join(h):"";switch(A&&y&&(T=t(g+T,g.length?L-m.length:1/0),g=""),x){case"<":T=E+T+m+g;break;case"=":T=E+g+T+m;break;case"^":T=g.slice(0,v=g.length>>1)+E+T+m+g.slice(v);break;default:T=g+E+T+m;break}return i(T)}return C.toString=function(){return f+""},C}function c(f,d){var h=Math.max(-8,Math.min(8,Math.floor(Rt(d)/3)))*3,x=Math.pow(10,-h),_=l((f=rn(f),f.type="f",f),{suffix:Zl[8+h/3]});return function(b){return _(x*b)}}return{format:l,formatPrefix:c}}var gr,Go,Do;Wm({thousands:",",grouping:[3],currency:["$",""]});function Wm(e){return gr=jm(e),Go=gr.format,Do=gr.formatPrefix,gr}function Ql(e){return Math.max(0,-Rt(Math.abs(e)))}function Jl(e,t){return Math.max(0,Math.max(-8,Math.min(8,Math.floor(Rt(t)/3)))*3-Rt(Math.abs(e)))}function eu(e,t){return e=Math.abs(e),t=Math.abs(t)-e,Math.max(0,Rt(t)-Rt(e))+1}function Io(e,t,n,r){var o=Lo(e,t,n),i;switch(r=rn(r??",f"),r.type){case"s":{var a=Math.max(Math.abs(e),Math.abs(t));return r.precision==null&&!isNaN(i=Jl(o,a))&&(r.precision=i),Do(r,a)}case"":case"e":case"g":case"p":case"r":{r.precision==null&&!isNaN(i=eu(o,Math.max(Math.abs(e),Math.abs(t))))&&(r.precision=i-(r.type==="e"));break}case"f":case"%":{r.precision==null&&!isNaN(i=Ql(o))&&(r.precision=i-(r.type==="%")*2);break}}return Go(r)}function Xm(e){var t=e.domain;return e.ticks=function(n){var r=t();return hr(r[0],r[r.length-1],n??10)},e.tickFormat=function(n,r){var o=t();return Io(o[0],o[o.length-1],n??10,r)},e.nice=function(n){n==null&&(n=10);var r=t(),o=0,i=r.length-1,a=r[o],s=r[i],u,l,c=10;for(s<a&&(l=a,a=s,s=l,l=o,o=i,i=l);c-- >0;){if(l=nn(a,s,n),l===u)return r[o]=a,r[i]=s,t(r);if(l>0)a=Math.floor(a/l)*l,s=Math.ceil(s/l)*l;else if(l<0)a=Math.ceil(a*l)/l,s=Math.floor(s*l)/l;else break;u=l}return e},e}function Qe(){var e=Oo();return e.copy=function(){return Wl(e,Qe())},ql.apply(e,arguments),Xm(e)}var on={right:26,top:8},xr={least:56,most:150,letter:6.8},dt={height:18,pitch:23},Ee={head:30,least:76,most:170,below:12},zo=46,Km=9,ou=[["stable","no edge drift above noise"],["unjudged","no null to judge by"],["drifting","above noise, but not significant or not lasting"],["re-described","significant, but the old neurons still carry the function"],["changed","edge drift is significant"]],iu=e=>{let[t,n]=Ye("Measure"),r=p("p",{class:"muted view-note"}),o=p("div",{class:"view-head"},t,r),i=p("p",{class:"view-empty"}),a=k("g",{class:"verdicts",role:"group","aria-label":"Verdicts"}),s=k("g",{class:"panels"}),u=k("g",{class:"axis","aria-hidden":"true"}),l=k("path",{class:"now"}),c=k("path",{class:"pointer",visibility:"hidden"}),f=k("g",{class:"glyphs","aria-hidden":"true"}),d=k("svg",{class:"drift-chart",role:"group","data-export":!0},a,s,l,c,u,f),h=p("section",{class:"view drift","aria-label":"Drift"},o,i,d),x=null,[_,b]=[0,0],y=null;n.addEventListener("change",()=>e({measure:n.value}));let L=xe(a,".verdict",Re,G=>e({target:Number(G.getAttribute("data-target")),step:Number(G.getAttribute("data-step"))})),A=xe(s,".point",Re,G=>N(Number(G.getAttribute("data-place"))));s.addEventListener("click",G=>{if(G.target.closest(".point"))return;let S=V(G);S!==null&&N(S)}),s.addEventListener("pointermove",G=>$(V(G))),s.addEventListener("pointerleave",()=>$(null)),s.addEventListener("focusin",G=>{let S=G.target.closest(".point");$(S?Number(S.getAttribute("data-place")):null)}),s.addEventListener("focusout",()=>$(null)),Lt(h,(G,S)=>{[_,b]=[G,S],D()});function N(G){let S=y?.moments[G];!S||S.since===null||e({view:"compare",compare:"difference",step:S.step,otherRun:null,otherStep:S.since})}function V(G){if(!y)return null;let S=G.clientX-d.getBoundingClientRect().left,C=[...new Set(y.lines.flatMap(({points:E})=>E.map(({place:m})=>m)))],T=E=>Math.abs(y.axes.x(E)-S);return C.sort((E,m)=>T(E)-T(m))[0]??null}function $(G){if(!y||!x)return;c.setAttribute("visibility",G===null?"hidden":"visible"),G!==null&&X(c,{d:tu(y.axes.x(G),y.spans)});let S=y.moments.findIndex(C=>C.step===x.snapshot?.step);[...s.children].forEach((C,T)=>{let E=C.querySelector(".value");E.textContent=eh(y.lines[T],y.moments,G??S)})}function D(){if(!x||_===0)return;let{run:G,state:S}=x,C=ae(G,S),T=Ym(S),E=`${_} ${b} ${T[0]} ${S.scale}`;if(y?.run===G&&y.target===C&&y.shape===E){H();return}let m=C===null?[]:au(G.snapshots,C),w=ir(m,T[0],G.layers).reverse(),M=G.snapshots.some(({graph:Z})=>Z.targets.some(fe=>fe.drift));Ue(n,At,T[0]);let R=G.targets.find(Z=>Z.target===C)?.name??"";if(r.textContent=M?`of “${R}”; choose a point to compare its two steps`:"",i.hidden=M,i.textContent=M?"":"Nothing to compare yet: drift is measured from a run's second snapshot on.",d.toggleAttribute("hidden",!M),y=null,!M)return;let P=Zm(m,x,_),{top:v}=on;X(a,{transform:`translate(0,${v})`}),th(a,x,C,P);let g=ie(G.layers),O=G.targets.length*dt.pitch,I=Um(b-44-v-O-14-zo-ru(_),w.length),j=Z=>v+O+14+Z*(Ee.head+I+Ee.below),F=w.map((Z,fe)=>j(fe)),z=F.map(Z=>[Z+Ee.head,Z+Ee.head+I]);y={run:G,target:C,shape:E,moments:m,lines:w,axes:P,spans:z};let[q,B]=Jm(w);Be(s,w.map((Z,fe)=>({one:Z,y:F[fe]})),({one:Z})=>JSON.stringify([Z.layer,Z.below]),oh,(Z,{one:fe,y:Je})=>ih(Z,fe,Je,{axes:P,moments:m,low:q,high:B,width:_,tall:I,measure:T[1],short:g}));let W=j(w.length);w.length===0&&(r.textContent=`No snapshot has ${T[1].toLowerCase()} for ${R}.`),sh(u,P,W),lh(f,_),X(f,{transform:`translate(${P.left+8},${W+zo+8})`});let Y=W+zo+8+ru(_);X(d,{viewBox:`0 0 ${_} ${Y}`,width:_,height:Y,"aria-label":`${T[1]} through the run, for ${R}`}),H(),L(),A()}function H(){if(!y||!x)return;let G=x.snapshot?.step??null,S=y.moments.findIndex(C=>C.step===G);X(l,{d:S<0?"":tu(y.axes.x(S),y.spans)});for(let C of a.querySelectorAll("[aria-current]"))C.removeAttribute("aria-current");for(let C of a.querySelectorAll(`.verdict[data-step="${G}"]`))C.setAttribute("aria-current","step");$(null)}return{element:h,update(G){x=G,D()}}},Um=(e,t)=>Math.max(Ee.least,Math.min(Ee.most,Math.floor(e/Math.max(1,t))-Ee.head-Ee.below)),tu=(e,t)=>t.map(([n,r])=>`M${e.toFixed(2)},${n}V${r}`).join(""),Ym=({measure:e})=>At.find(([t])=>t===e)??At[0];function au(e,t){return e.map(({step:n,epoch:r,wallTime:o,graph:i})=>({step:n,name:i.name,epoch:r,wall_time:o,since:i.since,drift:i.targets.find(a=>a.target===t)?.drift??null}))}function Zm(e,{run:t,state:n},r){let{unit:o,values:i}=pl(e,n.scale),a=Math.max(0,...t.targets.map(({name:b})=>b.length)),s=Math.ceil(Math.max(xr.least,Math.min(xr.most,20+xr.letter*a))),u=r-on.right,l=(u-s)/Math.max(1,e.length),c=Math.min(14,l/2),f=Qe([i[0]??0,i[i.length-1]??1],[s+c,u-c]),d=b=>e.length===1?(s+u)/2:f(i[b]??0),h=i.map((b,y)=>[y===0?s:(d(y-1)+d(y))/2,y===i.length-1?u:(d(y)+d(y+1))/2]),_=Qm(f.domain(),Math.max(2,Math.floor((u-s)/110)),o).map(([b,y])=>({at:f(b),text:y}));return{left:s,x:d,unit:o==="time"?"time since the first snapshot":o,ticks:_,cells:h,pitch:l}}function Qm(e,t,n){if(n!=="time")return Qe(e,[0,1]).ticks(t).filter(Number.isInteger).map(u=>[u,String(u)]);let r=e[1]-e[0],[o,i]=r<300?["s",1]:r<4*3600?["min",60]:["h",3600];return Qe(e.map(s=>s/i),[0,1]).ticks(t).map(s=>[s*i,`${s} ${o}`])}function Jm(e){let t=e.flatMap(({points:o})=>o.flatMap(i=>[i.value,i.nullQuantile??0])),[n,r]=[Math.min(0,...t),Math.max(0,...t)];return n<0?[-Math.max(-n,r)*1.1,Math.max(-n,r)*1.1]:[0,r>0?Math.min(Math.max(1,r),r*1.12):1]}function eh(e,t,n){let r=e.points.find(i=>i.place===n),o=t[n];return o===void 0?"":`${U(o)}: ${r?su(r):"no value"}`}function su(e){let t=e.nullQuantile===null?"no null":`noise up to ${Ze(e.nullQuantile)}`,n=e.pAdjusted===null?"":`, adjusted p ${Number(e.pAdjusted.toPrecision(2))}`;return`${Ze(e.value)} · ${t}${n}`}function th(e,{run:t},n,r){Be(e,t.targets.map((o,i)=>({...o,row:i})),o=>String(o.target),()=>k("g",{class:"ribbon-row"},k("text",{class:"target-name","text-anchor":"end"},k("title"),""),k("g")),(o,i)=>{X(o,{transform:`translate(0,${i.row*dt.pitch})`,"data-current":i.target===n?"":null});let[a,s]=[o.children[0],o.children[1]];X(a,{x:r.left-12,y:dt.height/2,dy:"0.35em"}),a.firstElementChild.textContent=i.name,a.lastChild.textContent=ke(i.name,Math.floor((r.left-20)/xr.letter));let u=au(t.snapshots,i.target).map((l,c)=>({moment:l,place:c})).filter(({moment:l})=>l.drift!==null);Be(s,u,({moment:l})=>String(l.step),()=>k("g",{role:"button"},k("title"),k("rect"),k("path")),(l,{moment:c,place:f})=>{let{verdict:d}=c.drift,[h,x]=r.cells[f],_=x-h>6?1:0,b=`${i.name}, ${U(c)}: ${d}`;X(l,{class:`verdict ${nh(d)}`,"data-target":i.target,"data-step":c.step,"aria-label":b}),l.children[0].textContent=b;let y=x-h<9,L=y?rh[d]??4:dt.height;X(l.children[1],{x:h+_,y:dt.height-L,width:Math.max(1,x-h-2*_),height:L,rx:y?0:3}),X(l.children[2],{d:y?"":lu[d]??"",transform:`translate(${(h+x)/2},${dt.height/2})`})})})}var nh=e=>ou.find(([t])=>t===e)?.[0]??"unjudged",rh={stable:4,drifting:9,"re-described":14,changed:dt.height},lu={unjudged:"M-2,-2.4A2.2,2.2 0 1 1 0,0.4V1.4M0,3.6V3.7",drifting:"M-3.6,0.9C-2.4,-2 -1,-2 0,0S2.4,2 3.6,-0.9","re-described":"M0,-4L4,0L0,4L-4,0Z",changed:"M0,-4L4.2,3.4H-4.2Z"};function oh(){return k("g",{class:"panel",role:"group"},k("text",{class:"place",y:19}),k("text",{class:"value",y:19,"text-anchor":"end"}),k("rect",{class:"plot",y:Ee.head,rx:4}),k("g",{class:"grid"}),k("path",{class:"null-band"}),k("path",{class:"null-edge"}),k("path",{class:"trace"}),k("g",{class:"points"}))}function nu({layer:e,below:t},n){let r=o=>qe(n.get(o)??o,24);return t===null?r(e):`${r(t)} → ${r(e)}`}function ih(e,t,n,r){let{axes:o,moments:i,low:a,high:s,width:u,tall:l,measure:c,short:f}=r,d=Qe([a,s],[Ee.head+l,Ee.head+6]),h=$=>o.x($.place),x=$=>e.querySelector(`:scope > .${$}`);X(e,{transform:`translate(0,${n})`,"aria-label":`${c}, ${nu(t,f)}`}),X(x("place"),{x:o.left}),x("place").textContent=nu(t,f),X(x("value"),{x:u-on.right}),X(x("plot"),{x:o.left,width:u-on.right-o.left,height:l});let _=d.ticks(4);Be(x("grid"),_,String,()=>k("g",{},k("line"),k("text",{"text-anchor":"end",dy:"0.35em"})),($,D)=>{X($,{transform:`translate(0,${d(D)})`,class:D===0?"zero":null}),X($.children[0],{x1:o.left,x2:u-on.right}),X($.children[1],{x:o.left-8}),$.children[1].textContent=Ze(D)});let b=ko(t.points,$=>$.nullQuantile!==null),y=mo($=>$[0],d(0),$=>$[1]),L=Ct(),A=b.map($=>ah($,h,D=>d(D.nullQuantile),o));X(x("null-band"),{d:A.map($=>y($)).join("")}),X(x("null-edge"),{d:A.map($=>L($)).join("")});let N=Ct(h,$=>d($.value));X(x("trace"),{d:ko(t.points).map($=>N($)).join("")});let V=o.pitch<Km;Be(x("points"),t.points,$=>String(i[$.place].step),()=>k("g",{role:"button"},k("title"),k("circle",{class:"halo",r:8}),k("path")),($,D)=>{let H=i[D.place],{step:G,since:S,drift:C}=H,T=i.find(w=>w.step===S)?.name??S??"none",E=D.alarm?"alarm":D.significant?"significant":"quiet",m=`${Ge(H)}, compared with ${T}: ${su(D)}${D.alarm?`. Alarm: ${C.verdict}`:D.significant?". Significant":""}`;X($,{class:`point ${E}`,transform:`translate(${h(D).toFixed(2)},${d(D.value).toFixed(2)})`,"data-place":D.place,"data-step":G,"aria-label":m}),$.children[0].textContent=m,X($.children[2],{d:V&&E==="quiet"?"":Vo[E]})})}function ah(e,t,n,r){let[o,i]=[e[0],e[e.length-1]],a=(s,u)=>{let l=r.cells[s.place][u];return t(s)+Math.sign(l-t(s))*Math.min(14,Math.abs(l-t(s)))};return[[a(o,0),n(o)],...e.map(s=>[t(s),n(s)]),[a(i,1),n(i)]]}var Vo={quiet:"M-2.6,0A2.6,2.6 0 1 1 2.6,0A2.6,2.6 0 1 1 -2.6,0Z",significant:"M0,-4.2L4.2,0L0,4.2L-4.2,0Z",alarm:"M0,-6L6,4.6H-6Z"};function sh(e,t,n){X(e,{transform:`translate(0,${n})`});let r=t.cells.length?(t.cells[0][0]+t.cells[t.cells.length-1][1])/2:0;e.replaceChildren(...t.ticks.map(({at:o,text:i})=>k("g",{},k("line",{x1:o,x2:o,y2:5}),k("text",{x:o,y:19,"text-anchor":"middle"},i))),k("text",{class:"unit",x:r,y:38,"text-anchor":"middle"},t.unit))}var uu=e=>e<1240?2:1,ru=e=>22*uu(e)+8;function lh(e,t){let n=0,r=8,o=(s,u)=>{let l=k("g",{transform:`translate(${n},${r})`},s,k("text",{x:17,dy:"0.35em"},u));return n+=44+u.length*7,l},i=ou.map(([s,u])=>o(k("g",{class:`verdict ${s}`},k("title",{},u),k("rect",{x:-8,y:-8,width:16,height:16,rx:3}),k("path",{d:lu[s]??""})),s));uu(t)>1&&([n,r]=[0,30]);let a=[o(k("rect",{class:"null-band",x:-8,y:-8,width:16,height:16,rx:2}),"what noise makes, 99 %"),o(k("g",{class:"point significant"},k("path",{d:Vo.significant})),"significant"),o(k("g",{class:"point alarm"},k("path",{d:Vo.alarm})),"alarm")];e.replaceChildren(...i,...a)}var cu=(e,t)=>e.x<t.x+t.width&&t.x<e.x+e.width&&e.y<t.y+t.height&&t.y<e.y+e.height;function fu(e,t,n,r){let o=[];for(let i of e){let a=-1/0;for(let s of i)s.x-a<n||s.x+s.width>r||t.some(u=>cu(s,u))||o.some(u=>cu(s,u))||(o.push(s),a=s.x)}return o}function pu(e,t,n=[],r=()=>0){if(e<=t)return Array.from({length:e},(a,s)=>s);let o=new Set([0,e-1,...n.filter(a=>a>=0&&a<e)]),i=Math.max(0,t-o.size);for(let a=0;a<i;a+=1){let[s,u]=[a,a+1].map(c=>Math.round(c*e/i)),l=null;for(let c=s;c<u;c+=1)o.has(c)||(l===null||r(c)>r(l))&&(l=c);l!==null&&o.add(l)}return[...o].sort((a,s)=>a-s)}function mu(e,t,n){let r=Math.min(e,Math.max(1,t)),o=Math.max(0,Math.min(e-r,n-Math.floor(r/2)));return Array.from({length:r},(i,a)=>o+a)}var Ho=e=>t=>t.lineage===e;function uh(e,t){let n=new Map,r=(o,i)=>{let a=(s,u)=>s.groups.some(l=>l.number===u);!a(e,o)||!a(t,i)||n.set(o,(n.get(o)??new Set).add(i))};for(let o of e.groups){let i=o.lineage===null?void 0:t.groups.find(Ho(o.lineage));i&&r(o.number,i.number)}if(t.since!==null&&t.since!==e.step)return n;for(let o of t.events)for(let i of o.before)for(let a of o.after)r(i,a);return n}function ch(e,t){let n=r=>new Set([...r].flatMap(o=>[...t.get(o)??[]]));return new Map([...e].map(([r,o])=>[r,n(o)]))}function hu(e){let[t,n]=[e[0],e[e.length-1]],r=new Map(t.groups.map(i=>[i.number,new Set([i.number])]));for(let i=1;i<e.length;i+=1)r=ch(r,uh(e[i-1],e[i]));let o=[];for(let i of t.groups){if(i.lineage===null)continue;let a=n.groups.some(Ho(i.lineage));for(let s of n.groups){if(s.lineage===null)continue;let l=i.lineage===s.lineage?"same":r.get(i.number)?.has(s.number)?t.groups.some(Ho(s.lineage))?a?null:"merge":"split":null;l&&o.push({source:i.number,target:s.number,become:l})}}return o}function fh(e,t,n,r,o,i){let a=[],s=(c,f)=>c.groups.find(d=>d.number===f)?.lineage??null,u=(c,f)=>f.map(d=>s(c,d)).filter(d=>d!==null),l=(c,f)=>o.some(d=>d.event===c&&d.lineage.includes(f));for(let c of t.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.source===c.number).map(d=>d.target);f.length>1?a.push({turn:"split",column:e-1,number:c.number,lineage:u(n,f)}):f.length===0&&l("disappear",c.lineage)&&a.push({turn:"death",column:e-1,number:c.number,lineage:[c.lineage]})}for(let c of n.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.target===c.number).map(d=>d.source);f.length>1?a.push({turn:"merge",column:e,number:c.number,lineage:u(t,f)}):f.length===0&&i.has(c.lineage)?a.push({turn:"return",column:e,number:c.number,lineage:[c.lineage]}):f.length===0&&a.push({turn:"birth",column:e,number:c.number,lineage:[c.lineage]})}return a}function dh(e){let t=new Map,n=[];return e.forEach((r,o)=>{for(let{lineage:i}of r.groups){if(i===null)continue;let a=t.get(i);a!==void 0&&a<o-1&&n.push({lineage:i,from:a,to:o}),t.set(i,o)}}),n}function gu(e,t){let n=t.map(a=>e[a]),r=[],o=[],i=new Set;return t.forEach((a,s)=>{if(s>0){let u=e.slice(t[s-1],a+1),[l,c]=[u[0],u[u.length-1]],f=hu(u),d=u.slice(1).flatMap(h=>h.events);r.push(f),o.push(...fh(s,l,c,f,d,i))}for(let{lineage:u}of e[a].groups)u!==null&&i.add(u)}),{moments:n,passages:r,marks:o,gaps:dh(n)}}function ph(e){let t=[];for(let n=1;n<e.length;n+=1){let[r,o]=[e[n-1],e[n]],i=(a,s)=>a.groups.find(u=>u.number===s)?.lineage;for(let a of hu([r,o]))a.become!=="same"&&t.push([i(r,a.source),i(o,a.target)])}return t}function yu(e){let t=ph(e),n=[];for(let r of e){let o=[...r.groups].sort((i,a)=>a.importance-i.importance);for(let{lineage:i}of o){if(i===null||n.includes(i))continue;let a=t.find(([s,u])=>u===i&&n.includes(s))?.[0];n.splice(a===void 0?n.length:n.indexOf(a)+1,0,i)}}return hh(n,t)}var mh=12;function hh(e,t){let n=new Map(e.map((a,s)=>[a,s])),r=new Map(e.map(a=>[a,[]]));for(let[a,s]of t)r.get(a).push(s),r.get(s).push(a);let o=a=>r.get(a).reduce((s,u)=>s+Math.abs(n.get(a)-n.get(u)),0),i=a=>{[e[a],e[a+1]]=[e[a+1],e[a]],n.set(e[a],a).set(e[a+1],a+1)};for(let a=0;a<mh;a+=1){let s=!1;for(let u=0;u+1<e.length;u+=1){let[l,c]=[e[u],e[u+1]],f=o(l)+o(c);i(u),o(l)+o(c)<f?s=!0:i(u)}if(!s)break}return e}function bu(e,t){let n=new Map,r=Array.from({length:t},()=>-1);return e.forEach((o,i)=>{let a=o.groups.flatMap(({lineage:u})=>u===null?[]:[u]),s=u=>r[n.get(u)]=i;a.filter(u=>n.has(u)).forEach(s);for(let u of a.filter(l=>!n.has(l)).sort((l,c)=>l-c))n.set(u,r.indexOf(Math.min(...r))),s(u)}),n}var wr=e=>Math.max(0,e.importance);function gh(e,t){let n=e.map(({groups:o})=>{let i=o.reduce((s,u)=>s+wr(u),0),a=t.height-t.gap*Math.max(0,o.length-1);return i>0?Math.max(0,a)/i:1/0}),r=Math.min(...n,1/0);return Number.isFinite(r)?r:0}function yh(e,t,n,r,o,i){let a=[...e.groups].sort((c,f)=>r(c)-r(f)||c.number-f.number),s=a.map(c=>wr(c)*o),u=s.reduce((c,f)=>c+f,0)+i.gap*(a.length-1),l=(i.height-u)/2;return a.map((c,f)=>{let d={column:t,group:c,x:n,top:l,bottom:l+s[f]};return l=d.bottom+i.gap,d})}function du(e,t){let n=t.reduce((o,i)=>o+wr(i.group),0),r=e.top;return t.map(o=>{let i=n>0?wr(o.group)/n:1/t.length,a=[r,r+i*(e.bottom-e.top)];return r=a[1],a})}function xu(e,t,n){let{moments:r,passages:o}=e,i=new Map(t.map((d,h)=>[d,h])),a=d=>d.lineage===null?t.length+1:i.get(d.lineage)??t.length,s=r.length>1?(n.width-n.bar)/(r.length-1):0,u=r.map((d,h)=>h*s),l=gh(r,n),c=r.map((d,h)=>yh(d,h,u[h],a,l,n)),f=o.flatMap((d,h)=>bh(c[h],c[h+1],d));return{columns:u,bars:c.flat(),ribbons:f}}function bh(e,t,n){let r=(o,i)=>n.find(a=>a.source===o.group.number&&a.target===i.group.number);return e.flatMap(o=>{let i=t.filter(s=>r(o,s)),a=du(o,i);return i.map((s,u)=>{let l=e.filter(f=>r(f,s)),c=du(s,l);return{source:o,target:s,become:r(o,s).become,from:a[u],to:c[l.indexOf(o)]}})})}function wu(e,t){let[n,r]=[e.source.x+t,e.target.x],o=(n+r)/2,[i,a]=e.from,[s,u]=e.to,l=c=>Math.round(c*100)/100;return`M${l(n)},${l(i)}C${l(o)},${l(i)} ${l(o)},${l(s)} ${l(r)},${l(s)}V${l(u)}C${l(o)},${l(u)} ${l(o)},${l(a)} ${l(n)},${l(a)}Z`}var re={left:54,right:22,head:42},[xh,wh]=[260,620],Su=9,vh=7,kh=22,Mh=64,Fo=84,Oe={head:44,side:44,least:32,patches:4},Sh=8,$h=320,an={width:6.9,bold:8.5,height:13},Eh=46,$u=(e,t)=>{let[n,r]=Ye("Layer"),[o,i]=Ye("Show"),a=p("p",{class:"muted view-note","aria-live":"polite"}),s=p("div",{class:"view-head"},n,o,a),u=k("g",{class:"columns",role:"group","aria-label":"Snapshots"}),l=k("g",{class:"streams",role:"group","aria-label":"Streams"}),c=k("g",{class:"stream-names","aria-hidden":"true"}),f=k("g",{class:"now","aria-hidden":"true"}),d=k("text",{class:"column-axis",x:4,y:22}),h=k("g",{class:"strip"}),x=k("g",{class:"glyphs","aria-hidden":"true"}),_=k("g",{},d,u,l,c,f),b=k("svg",{class:"lineage-chart",role:"group","data-export":!0},_,h,x),y=p("p",{class:"view-empty"}),L=p("section",{class:"view lineage","aria-label":"Lineage"},s,y,b),A=null,[N,V]=[0,0],$=null,D=xe(u,".column",Re,S=>e({step:Number(S.getAttribute("data-step"))})),H=xe(l,".stream",nr,S=>{let C=S.getAttribute("data-group"),T=S.getAttribute("data-step"),E=A?.state.group===C,m=$?.layer??null;e({layer:m,group:E?null:C,...T===null?{}:{step:Number(T)}})});r.addEventListener("change",()=>e({layer:r.value,group:null})),i.addEventListener("change",()=>e({span:i.value})),Lt(L,(S,C)=>{[N,V]=[S,C],G()});function G(){if(!A||N===0)return;let{run:S,state:C,snapshot:T}=A,E=ae(S,C),m=S.layers.slice(0,-1),M=[E===null?null:Th(S,E,C.group,m),C.layer].find(B=>B!==null&&m.includes(B))??m[m.length-1],R=M===void 0||E===null?null:Ch(S,E,M),P=R===null||R.moments.length===0;y.textContent=P?"No snapshot has a layer below the target's to follow.":"",y.hidden=!P,b.toggleAttribute("hidden",P);let v=ie(S.layers);if(Ue(r,m.map(B=>[B,v.get(B)??B]),M??""),P||M===void 0||E===null)return;let g=Math.max(2,Math.floor((N-re.left-re.right)/kh)),O=R.moments.length>g;Ue(i,[["run","the whole run"],["around","around this step"]],C.span),o.hidden=!O;let I=Math.max(0,R.snapshots.findIndex(B=>B.step===T?.step)),j=O&&C.span==="around"?mu(R.moments.length,g,I):pu(R.moments.length,g,[],B=>R.moments[B].events.length);a.textContent=Rh(R,j,C.span);let F=Ah(V,N,j.length),z=Nh($,{run:S,target:E,layer:M,of:R,shown:j,width:N,height:F});(z!==$||Mu(A)!==d.textContent)&&Ph(u,z,A),$||Zh(x),Vh(l,z,A,z!==$,t),z!==$&&Xh(c,z,N);for(let B of c.children){let W=l.classList.contains("has-selection")&&B.getAttribute("data-group")!==C.group;B.classList.toggle("faint",W)}$=z,d.textContent=Mu(A),Ih(f,u,z,A);let q=Yh(h,z,A,t);X(x,{transform:`translate(${re.left},${q+22})`}),X(b,{viewBox:`0 0 ${N} ${q+40}`,width:N,height:q+40,"aria-label":`Neuron groups of ${M} through the run, for ${_h(S,E)}`}),D(),H()}return{element:L,update(S){A=S,G()}}},_h=(e,t)=>e.targets.find(n=>n.target===t)?.name??String(t);function Th(e,t,n,r){if(n===null)return null;let o=r.find(i=>n.startsWith(`${i}/`));if(o!==void 0)return o;for(let{graph:i}of e.snapshots){let s=(i.targets.find(u=>u.target===t)?.groups??[]).find(u=>`L${u.lineage}`===n);if(s)return r.includes(s.layer)?s.layer:null}return null}var vu=new WeakMap;function Ch(e,t,n){let r=vu.get(e)??new Map;vu.set(e,r);let o=`${t} ${n}`,i=r.get(o);return i||r.set(o,i=Lh(e,t,n)),i}function Lh(e,t,n){let r=[],o=[];for(let i of e.snapshots){let a=i.graph.targets.find(s=>s.target===t);!a||!i.graph.layers.includes(n)||(r.push(i),o.push({step:i.step,since:i.graph.since,groups:Eu(i,t,n).map(({number:s,lineage:u,importance:l})=>({number:s,lineage:u,importance:l??0})),events:(a.drift?.events??[]).filter(s=>s.layer===n)}))}return{snapshots:r,moments:o}}function Eu(e,t,n){return e.graph.targets.find(o=>o.target===t)?.groups.filter(o=>o.layer===n)??[]}var ku=new WeakMap;function Ah(e,t,n){let{side:r,across:o}=Ru((t-re.left-re.right)/Math.max(1,n-1)),i=Oe.head+Math.ceil(Oe.patches/o)*(r+3),a=44+re.head+i+44;return Math.max(xh,Math.min(wh,e-a))}function Nh(e,t){if(e?.of===t.of&&e.width===t.width&&e.height===t.height&&e.shown.join()===t.shown.join())return e;let r=ku.get(t.of)??yu(t.of.moments);ku.set(t.of,r);let o=gu(t.of.moments,t.shown),i=t.width-re.left-re.right,a=i-Fo>=Mh*(t.shown.length-1),s=a?i-Fo:i,u=Math.min(Su,Math.max(3,Math.round(.22*s/t.shown.length))),l={width:s,height:t.height,gap:vh,bar:u},c=xu(o,r,l),f=c.columns[1]??l.width;return{...t,streams:o,layout:c,pitch:f,bar:u,colours:bu(t.of.moments,Sh),roomy:a}}function Rh(e,t,n){let r=e.moments.length;if(t.length===r)return`${r} snapshots`;if(n==="around"){let[i,a]=[e.moments[t[0]],e.moments[t[t.length-1]]];return`Steps ${i.step} to ${a.step}: ${t.length} of ${r} snapshots in a row`}let o=Math.round(r/t.length);return`${t.length} of ${r} snapshots: the first, the last, and of about every ${o} in between the one with most events`}function _u(e,{run:t,state:n}){return n.scale==="time"?ml(e.wallTime-(t.snapshots[0]?.wallTime??0)):String((n.scale==="epoch"?e.epoch:e.graph.name)??e.step)}function Oh({graph:e,epoch:t}){return`${Ge(e)}${e.name!==void 0||t===null?"":`, epoch ${t}`}`}function Mu({run:e,state:t}){return t.scale==="step"&&e.snapshots.some(({graph:n})=>n.name!==void 0)?"":t.scale}function Ph(e,t,n){let{layout:r,of:o,shown:i,pitch:a,bar:s}=t,u=Math.max(1,Math.ceil(52/a));Be(e,i.map((l,c)=>({column:c,snapshot:o.snapshots[l]})),({snapshot:l})=>String(l.step),()=>k("g",{class:"column",role:"button"},k("rect",{class:"column-back",rx:6}),k("text",{class:"column-name","text-anchor":"middle",y:22})),(l,{column:c,snapshot:f})=>{let d=re.left+r.columns[c]+s/2,h=c===0?d-Math.min(re.left,a/2):d-a/2;X(l,{"data-step":f.step,"data-named":c%u===0?"":null,"aria-label":`${Oh(f)}: ${Gh(t,c)}`});let x=Math.min(d+a/2,t.width-2)-Math.max(2,h);X(l.children[0],{x:Math.max(2,h),y:4,width:x,height:re.head+t.height+8});let _=ke(_u(f,n),Math.max(6,Math.floor(a/an.bold))),b=_.length*an.bold/2;X(l.children[1],{x:Math.min(Math.max(d,b+4),t.width-b)}),l.children[1].textContent=_})}function Gh({streams:e},t){let n=e.moments[t].groups,r=n.filter(i=>i.lineage===null).length,o=ee(n.length,"group");return r?`${o}, ${r} of them unstable`:o}function Dh(e,t,n){let r=t.findIndex(s=>s>=e);if(r<0||r===0&&t[0]!==e)return null;if(t[r]===e)return n[r];let[o,i]=[t[r-1],t[r]],a=(e-o)/(i-o);return n[r-1]*(1-a)+n[r]*a}function Ih(e,t,n,r){let{layout:o,of:i,shown:a}=n,s=r.snapshot?.step??null,u=i.snapshots.findIndex(h=>h.step===s),l=u<0?null:Dh(u,a,o.columns);if([...t.children].forEach((h,x)=>{let _=a[x]===u,b=!_&&l!==null&&Math.abs(o.columns[x]-l)<Eh;X(h,{"aria-current":_?"step":null,"data-near":b?"":null})}),e.replaceChildren(),l===null||a.includes(u))return;let c=re.left+n.bar/2+l,f=_u(i.snapshots[u],r),d=12+7*f.length;e.append(k("line",{x1:c,x2:c,y1:32,y2:re.head+n.height+8}),k("rect",{x:c-d/2,y:6,width:d,height:24,rx:6}),k("text",{x:c,y:22,"text-anchor":"middle"},f))}function qo({layer:e,streams:t,layout:n}){let r=({column:a,group:s})=>s.lineage===null?`${e}/${s.number}@${a}`:`L${s.lineage}`,o=new Map;for(let a of n.bars){let s=o.get(r(a))??{lineage:a.group.lineage,bars:[],ribbons:[],marks:[]};o.set(r(a),s),s.bars.push(a)}for(let a of n.ribbons)o.get(r(a.become==="split"?a.target:a.source)).ribbons.push(a);for(let a of t.marks){let s=n.bars.find(u=>u.column===a.column&&u.group.number===a.number);o.get(r(s)).marks.push(a)}return[...o].map(([a,s])=>({key:a,...s})).sort((a,s)=>a.bars[0].column-s.bars[0].column||a.bars[0].top-s.bars[0].top)}var Tu=({lineage:e},{colours:t})=>e===null?"unstable":`stream-${t.get(e)}`,zh=e=>e.key.replace(/@\d+$/,"");function Vh(e,t,{state:n,snapshot:r},o,i){X(e,{transform:`translate(${re.left},${re.head})`});let a=t.streams.moments.map(u=>u.step);o&&Be(e,qo(t),u=>u.key,()=>k("g",{class:"stream",role:"button"}),(u,l)=>{X(u,{class:`stream ${Tu(l,t)}`,"data-group":zh(l),"data-step":l.lineage===null?a[l.bars[0].column]:null,"aria-label":Cu(l,t)}),u.replaceChildren(...Fh(l,t,i))});let s=!1;for(let u of e.children){let l=u.getAttribute("data-step"),c=u.getAttribute("data-group")===n.group&&(l===null||l===String(r?.step));s||=c,X(u,{"aria-pressed":String(c)})}e.classList.toggle("has-selection",s)}function Hh(e,t){let{group:n}=Ot(t,e.bars[0]);return n?.label??String(e.lineage)}function Ot(e,t){let n=e.of.snapshots[e.shown[t.column]],r=Eu(n,e.target,e.layer);return{snapshot:n,group:r.find(o=>o.number===t.group.number)}}function Cu(e,t){let n=e.bars.map(f=>Ot(t,f).snapshot.graph),[r,o]=[e.bars[0],e.bars[e.bars.length-1]],i=n.length===1?`at ${U(n[0])}`:mn(n[0],n[n.length-1]),a=n.length===1?K(r.group.importance):`${K(r.group.importance)} to ${K(o.group.importance)}`,s=e.marks.map(f=>Nu(f,t)).join("; "),{group:u}=Ot(t,r),l=u?ye(u,t.run.layers):"";return`${e.lineage===null?`${l}, unstable`:l}, ${i}, importance ${a}${s&&`. ${s}`}`}function Fh(e,t,n){let{streams:r,layout:o,bar:i}=t,a=k("title",{},Cu(e,t)),s=e.ribbons.map(h=>k("path",{class:`ribbon ${h.become}`,d:wu(h,i)})),u=r.gaps.filter(h=>h.lineage===e.lineage).map(h=>{let x=_=>e.bars.find(b=>b.column===_);return k("path",{class:"sleep",d:Bh(x(h.from),x(h.to),i)})}),l=e.marks.flatMap(h=>qh(h,e,t)),c=e.bars.map(h=>k("rect",{class:"bar",x:h.x,y:h.top,width:i,height:Math.max(1,h.bottom-h.top),rx:Math.min(2.5,(h.bottom-h.top)/2)})),f=e.bars.flatMap(h=>jh(h,t,n)),d=e.marks.filter(h=>h.turn!=="birth"||o.bars.length<400).map(h=>Uh(h,e,t));return[a,...u,...l,...s,...c,...f,...d]}function Bh(e,t,n){let[r,o]=[e.x+n,(e.top+e.bottom)/2],[i,a]=[t.x,(t.top+t.bottom)/2];return`M${r},${o}C${(r+i)/2},${o} ${(r+i)/2},${a} ${i},${a}`}function jo(e,{pitch:t,roomy:n}){let r=Math.floor(Math.min(e.bottom-e.top-4,t*.42,44));return n&&r>=14?r:0}function Lu(e,t,n){let[r,o]=[n.pitch-n.bar,sn(n)],i=Math.min(24,n.pitch*.3,r/2-o),a=jo(t,n);return e.turn==="death"&&a>0?Math.min(a+14,r-i-2*o):i}function qh(e,t,n){if(e.turn==="split"||e.turn==="merge")return[];let r=t.bars.find(c=>c.column===e.column),o=(r.top+r.bottom)/2,i=e.turn==="death",a=i?r.x+n.bar:r.x,s=a+(i?1:-1)*Lu(e,r,n),u=(a+s)/2,l=`M${a},${r.top}C${u},${r.top} ${u},${o} ${s},${o}C${u},${o} ${u},${r.bottom} ${a},${r.bottom}Z`;return[k("path",{class:"ribbon taper",d:l})]}function jh(e,t,n){let r=jo(e,t),{snapshot:o,group:i}=Ot(t,e),a=i?.patches[0];if(r===0||a===void 0)return[];let s=ce(n,t.run.name,o,a);if(s===null)return[];let u=te(s,r);return X(u,{x:e.x+t.bar+4,y:(e.top+e.bottom-r)/2,"aria-hidden":"true"}),[u]}function Wh(e,t,{pitch:n,roomy:r}){if(t.lineage===null)return!1;let o=t.ribbons.some(i=>i.source===e);return e.bottom-e.top>=11&&(r||o&&n>=20)}function Xh(e,t,n){let r=({bars:u})=>u.reduce((l,c)=>l+c.group.importance,0),o=qo(t).sort((u,l)=>r(l)-r(u)),i=o.map(u=>u.bars.filter(l=>Wh(l,u,t)).map(l=>Kh(l,u,t))),a=sn(t),s=o.flatMap(u=>u.marks.map(l=>{let[c,f]=Wo(l,u,t);return{x:c-a,y:f-a,width:2*a,height:2*a}}));X(e,{transform:`translate(${re.left},${re.head})`}),e.replaceChildren(...fu(i,s,$h,n-re.left).map(({x:u,y:l,height:c,text:f,group:d})=>k("text",{class:"stream-name",x:u,y:l+c/2,dy:"0.35em","data-group":d},f)))}function Kh(e,t,n){let r=jo(e,n),o=t.marks.find(f=>(f.turn==="death"||f.turn==="split")&&f.column===e.column),i=o===void 0?0:Wo(o,t,n)[0]-e.x+sn(n)+4,a=Math.max(n.bar+(r>0?r+9:5),i),s=n.roomy?Math.min(n.pitch,Fo+30)-a-16:60,u=ke(Hh(t,n),Math.max(4,Math.floor(s/6.4))),[l,c]=[e.x+a,(e.top+e.bottom-an.height)/2];return{x:l,y:c,width:u.length*an.width,height:an.height,text:u,group:t.key}}var Au={birth:"M0,-3.2L2.9,1.8H-2.9Z",return:"M0,-3.2L2.9,1.8H-2.9Z",death:"M-2.6,-2.6L2.6,2.6M2.6,-2.6L-2.6,2.6",split:"M-3.6,0H-0.8L3.4,-3.4M-0.8,0L3.4,3.4",merge:"M3.6,0H0.8L-3.4,-3.4M0.8,0L-3.4,3.4"},Bo={birth:"emerges",return:"comes back",death:"disappears",split:"splits",merge:"is merged"};function Nu(e,{of:t,shown:n}){let r=i=>U(t.snapshots[n[i]].graph),o=e.lineage.map(i=>`group ${i}`).join(" and ");return e.turn==="split"?`splits into ${o} by ${r(e.column+1)}`:e.turn==="merge"?`merged from ${o} at ${r(e.column)}`:e.turn==="death"?`disappears after ${r(e.column)}`:`${Bo[e.turn]} at ${r(e.column)}`}var sn=({pitch:e})=>Math.max(4,Math.min(6,.2*e));function Wo(e,t,n){let r=t.bars.find(s=>s.column===e.column),[o,i]=[Lu(e,r,n),sn(n)],a={birth:-o,return:-o,merge:-i,split:n.bar+i,death:n.bar+o};return[r.x+a[e.turn],(r.top+r.bottom)/2]}function Uh(e,t,n){let[r,o]=Wo(e,t,n);return k("g",{class:`turn ${e.turn}`,transform:`translate(${r.toFixed(2)},${o.toFixed(2)})`},k("title",{},Nu(e,n)),k("circle",{r:sn(n)}),k("path",{d:Au[e.turn]}))}function Ru(e){let t=r=>Math.floor(Math.min(Oe.side,(e-8)/r-3)),n=[Oe.patches,2].find(r=>t(r)>=Oe.least);return n?{side:t(n),across:n}:{side:Math.floor(Math.min(Oe.side,e-3)),across:1}}function Yh(e,t,{state:n},r){let o=re.head+t.height+Oe.head,i=qo(t).filter(b=>b.lineage!==null),a=b=>b.bars.reduce((y,L)=>y+L.group.importance,0),s=i.find(b=>b.key===n.group),u=s??[...i].sort((b,y)=>a(y)-a(b))[0];if(e.replaceChildren(),!u||t.of.snapshots.every(({graph:b})=>b.input===null))return o-Oe.head+14;let{side:l,across:c}=Ru(t.pitch),{group:f}=Ot(t,u.bars[0]),d=f?ye(f,t.run.layers):"",h=s?`Patches of ${d} through the run`:`Patches of ${d}, the most important stream here; select another to see its own`,x=k("text",{class:"strip-name",x:re.left,y:o-12},h),_=u.bars.flatMap(b=>{let{snapshot:y,group:L}=Ot(t,b);return(L?.patches??[]).slice(0,Oe.patches).flatMap((A,N)=>{let V=ce(r,t.run.name,y,A);if(V===null)return[];let $=te(V,l),D=c===1?(t.bar-l)/2:0;return X($,{x:re.left+b.x+D+N%c*(l+3),y:o+Math.floor(N/c)*(l+3),role:"img","aria-label":`Patch ${N+1} of ${d} at ${U(y.graph)}`}),[$]})});return X(e,{class:`strip ${Tu(u,t)}`}),e.append(x,..._),o+Math.ceil(Oe.patches/c)*(l+3)}function Zh(e){let t=["birth","return","death","split","merge"],n=6,r=t.map(a=>{let s=k("g",{class:`turn ${a}`,transform:`translate(${n},0)`},k("circle",{r:6}),k("path",{d:Au[a]}),k("text",{class:"legend-name",x:11,dy:"0.35em"},Bo[a]));return n+=34+Bo[a].length*6.4,s}),o=k("g",{class:"stream unstable",transform:`translate(${n},0)`},k("rect",{class:"bar",x:-4,y:-6,width:Su,height:12,rx:2.5}),k("text",{class:"legend-name",x:11,dy:"0.35em"},"unstable: in no stream"));n+=168;let i=k("text",{class:"legend-name",x:n,dy:"0.35em"},"height: importance");e.replaceChildren(...r,o,i)}var Ou=`.view.compare {
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
`;var Pu=`.view.debug {
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
`;var Gu=`.drift-chart {
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
`;var Du=`.lineage-chart {
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
`;var Iu=`/* What the lineage, drift, compare and debug views have in common. */
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
`;var zu=[Iu,Du,Gu,Ou,Pu];var Vu={circuit:en,lineage:$u,drift:iu,compare:wl,debug:Hl},rg=[Si,$i,...zu];function og(){let e=document.createElement("style");e.textContent=rg.join(`
`),document.head.append(e),document.documentElement.lang||="en";let t=document.getElementById("neurflow-data");if(t===null){Ar(document.body,ki(),Nr(window),{},Vu);return}let n=JSON.parse(t.textContent??""),r=document.body.appendChild(document.createElement("div"));Ar(r,Mi(n),Nr(window),n.state??{},Vu)}document.getElementById("neurflow-data")!==null&&og();export{og as render};
