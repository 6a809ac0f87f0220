/* Built from frontend/; licences: THIRD_PARTY_LICENSES.txt */
var Su="http://www.w3.org/2000/svg";function m(e,t={},...n){return Vo(document.createElement(e),t,n)}function k(e,t={},...n){return Vo(document.createElementNS(Su,e),t,n)}function Vo(e,t,n){for(let[r,o]of Object.entries(t))o===null||o===!1||e.setAttribute(r,o===!0?"":String(o));return e.append(...n.filter(r=>r!==null)),e}function ke(e){return k("svg",{viewBox:"0 0 24 24","aria-hidden":"true"},k("path",{d:e}))}var me={play:"M7 4.5v15l12-7.5z",pause:"M8 5v14M16 5v14",plus:"M12 5v14M5 12h14",minus:"M5 12h14",fit:"M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",close:"M6 6l12 12M18 6L6 18",save:"M12 4v11M7 11l5 5 5-5M5 20h14",search:"M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16.5 16.5L20 20",warning:"M12 4l9 16H3zM12 10v4M12 17v.5"};function on(){return matchMedia("(prefers-reduced-motion: reduce)").matches}var Ue=e=>e===null||e>=.75;function Bo(e,t){let n=t.restarted||e===null?[]:e.snapshots,r=t.snapshots.map($u),o=new Set(r.map(a=>a.step)),i=[...n.filter(a=>!o.has(a.step)),...r].sort((a,s)=>a.step-s.step);return{name:t.run,layers:Eu(i),snapshots:i,targets:_u(i),problems:t.problems}}function $u(e){return{step:e.step,epoch:e.epoch,wallTime:e.wall_time??0,graph:e}}function Eu(e){let t=e[e.length-1]?.graph.layers??[],n=e.flatMap(r=>r.graph.layers);return[...new Set(n.filter(r=>!t.includes(r))),...t]}function _u(e){let t=new Map;for(let{graph:n}of e)for(let{target:r,name:o}of n.targets)t.set(r,o);return[...t].map(([n,r])=>({target:n,name:r})).sort((n,r)=>n.target-r.target)}function At(e,t){let{snapshots:n}=e;if(t===null)return n[n.length-1]??null;for(let r=n.length-1;r>=0;r--)if(n[r].step<=t)return n[r];return n[0]??null}function re(e,t){return e.targets.some(({target:r})=>r===t.target)?t.target:e.targets[0]?.target??null}function Cu(e,t){return t==="epoch"?e.epoch??e.step:t==="time"?e.wallTime:e.step}function qo(e,t){let n=e.snapshots.map(i=>Cu(i,t));if(t!=="epoch"||e.snapshots.some(i=>i.epoch===null))return t==="epoch"?e.snapshots.map(i=>i.step):n;let r=new Map;for(let i of n)r.set(i,(r.get(i)??0)+1);let o=new Map;return n.map(i=>{let a=o.get(i)??0;return o.set(i,a+1),i+a/r.get(i)})}function jo(e,t){return e.graph.targets.some(n=>(t===null||n.target===t)&&n.drift?.verdict==="changed")}function Me(e){return e.lineage===null?`${e.layer}/${e.number}`:`L${e.lineage}`}function he(e){return e.label!==null?e.label:e.lineage===null?`unnamed ${e.number}`:`group ${e.lineage}`}function Se(e,t){let{layers:n}=e.snapshot.graph;return t.group.layer===n[n.length-1]&&t.group.label===null?e.target.name:he(t.group)}var Ho=new WeakMap;function ue(e,t){if(t===null)return null;let n=Ho.get(e.graph)??new Map;Ho.set(e.graph,n);let r=n.get(t);if(r===void 0){let o=e.graph.targets.find(i=>i.target===t);r=o===void 0?null:Tu(e,o),n.set(t,r)}return r}function Tu(e,t){let n=t.groups.map((o,i)=>({key:Me(o),position:i,group:o,size:o.members?.length??o.size??1,importance:o.importance??0})),r=t.edges.flatMap(([o,i,a,s])=>{let[u,l]=[n[o],n[i]];if(u===void 0||l===void 0)return[];let c=a/Math.max(1,l.size);return[{source:u.key,target:l.key,weight:a,share:c,stability:s}]});return{snapshot:e,target:t,nodes:n,links:r,byKey:new Map(n.map(o=>[o.key,o])),strongest:Math.max(0,...r.map(o=>Math.abs(o.share)))}}function an(e,t){let n=Fo(e.links,"target"),r=Fo(e.links,"source");return e.links.filter(o=>{let i=Math.abs(o.share),a=i>=t*n.get(o.target);return i>0&&(a||i===r.get(o.source))})}function Fo(e,t){let n=new Map;for(let r of e)n.set(r[t],Math.max(n.get(r[t])??0,Math.abs(r.share)));return n}function pr(e,t,n){return e.snapshots.map(r=>({snapshot:r,node:ue(r,t)?.byKey.get(n)??null}))}var hr=["circuit","lineage","drift","compare","debug"],gr=["step","epoch","time"],un=Object.freeze({view:"circuit",run:"",target:null,step:null,otherRun:null,otherStep:null,compare:"sides",group:null,layer:null,span:"run",image:null,measure:"edge_drift",scale:"step",threshold:.1,query:"",live:!1,playing:!1}),mr="nf.",ct=e=>e,Lu=e=>e==="1"?!0:e==="0"?!1:void 0,sn=e=>/^\d{1,15}$/.test(e)?Number(e):void 0,ln=(...e)=>t=>e.find(n=>n===t),Au=e=>{let t=Number(e);return e!==""&&t>=0&&t<=1?t:void 0},Wo={view:ln(...hr),run:ct,target:sn,step:sn,otherRun:ct,otherStep:sn,compare:ln("sides","difference"),group:ct,layer:ct,span:ln("run","around"),image:sn,measure:ct,scale:ln(...gr),threshold:Au,query:ct,live:Lu},Xo=Object.keys(Wo);function cn(e,t){return Object.keys(t).every(r=>Object.is(e[r],t[r]))?e:Object.freeze({...e,...t})}function yr(e){let t={};for(let[n,r]of Nu(e)){let o=Xo.find(a=>mr+a===n),i=o===void 0?void 0:Wo[o](r);o!==void 0&&i!==void 0&&(t[o]=i)}return t}function Yo(e,t){let r=t.replace(/^#/,"").split("&").filter(i=>i!==""&&!i.startsWith(mr)),o=Xo.filter(i=>e[i]!==null&&e[i]!==un[i]).map(i=>`${mr}${i}=${encodeURIComponent(Ru(e[i]))}`);return`#${[...r,...o].join("&")}`}function Ru(e){return typeof e=="boolean"?e?"1":"0":String(e)}function Nu(e){return e.replace(/^#/,"").split("&").map(t=>{let n=t.indexOf("=");return n<0?[t,""]:[t.slice(0,n),Ou(t.slice(n+1))]})}function Ou(e){try{return decodeURIComponent(e)}catch{return e}}function Y(e){if(e==null)return"–";let t=100*e;if(t===0)return"0 %";let n=Math.abs(t);return n<.05?t<0?">−0.1 %":"<0.1 %":`${Ko(t.toFixed(n<1?1:0))} %`}function $e(e){let t=Math.abs(e),n=t!==0&&t<.005?t.toExponential(0):t.toFixed(2);return`${e<0?"−":"+"}${n}`}function de(e){return e==null?"–":Ko(String(Math.round(e*100)/100))}function te(e,t){return`${e} ${t}${e===1?"":"s"}`}function Uo(e){return new Date(e*1e3).toLocaleString(void 0,{month:"short",day:"numeric",hour:"2-digit",minute:"2-digit"})}function ft(e,t){return e.length<=t?e:`…${e.slice(e.length-Math.max(1,t-1))}`}function oe(e){let t=e.map(o=>o.split(".")),n=e.length===0?0:Math.min(...t.map(o=>o.length))-1,r=0;for(;r<n&&t.every(o=>o[r]===t[0][r]);)r++;return new Map(e.map((o,i)=>[o,t[i].slice(r).join(".")]))}function ze(e,t){return e.length<=t?e:`${e.slice(0,Math.max(1,t-1)).trimEnd()}…`}function Ko(e){return e.replace("-","−")}var Gu={step:"Step",epoch:"Epoch",time:"Time"},dt=10;function Zo(e){let t=m("input",{type:"range",min:0,step:1,class:"visually-hidden","aria-label":"Snapshot"}),n=k("svg",{class:"track","aria-hidden":"true"}),r=m("div",{class:"slider"},n,t),o=m("button",{type:"button",class:"button icon play"}),i=m("p",{class:"moment number"}),a=m("p",{class:"visually-hidden","aria-live":"polite"}),s=Vu("Time scale",gr,Gu,G=>e({scale:G})),u=m("button",{type:"button",class:"button live","aria-pressed":"false"},m("i",{}),"Live"),l=m("footer",{class:"time","aria-label":"Time"},o,r,i,s.element,u,a),c=null,f=0,d;o.addEventListener("click",()=>c&&e(br(c))),u.addEventListener("click",()=>{c!==null&&e(c.state.live?{live:!1}:{live:!0,step:null,playing:!1})}),t.addEventListener("input",()=>g(Number(t.value))),n.addEventListener("pointerdown",G=>{n.setPointerCapture(G.pointerId),t.focus({preventScroll:!0}),S(G)}),n.addEventListener("pointermove",G=>{n.hasPointerCapture(G.pointerId)&&S(G)}),new ResizeObserver(()=>{f=r.clientWidth,c!==null&&$(c)}).observe(r);function g(G){let P=c?.run.snapshots[G];P!==void 0&&e({step:P.step,playing:!1})}function S(G){if(c===null)return;let P=G.clientX-n.getBoundingClientRect().left;g(Pu(C(c),P))}function C({run:G,state:P}){return Du(qo(G,P.scale),f)}function $(G){let{run:P,state:D,snapshot:H}=G,O=C(G),q=H===null?-1:P.snapshots.indexOf(H),[W,B]=[f,16],A=re(P,D),T=P.snapshots.findIndex(N=>N.step===D.otherStep);n.setAttribute("viewBox",`0 0 ${Math.max(1,W)} 32`),n.replaceChildren(k("path",{class:"rail",d:`M${dt} ${B}H${Math.max(dt,W-dt)}`}),...q<0?[]:[k("path",{class:"past",d:`M${dt} ${B}H${O[q]}`})],k("path",{class:"ticks",d:O.map(N=>`M${N} ${B-4}v8`).join("")}),...P.snapshots.flatMap((N,v)=>jo(N,A)?[k("path",{class:"alarm",d:`M${O[v]} ${B-7}l4 -7h-8z`},k("title",{},`step ${N.step}: the circuit changed`))]:[]),...T<0||D.view!=="compare"?[]:[k("circle",{class:"other",cx:O[T],cy:B,r:6})],...q<0?[]:[k("circle",{class:"thumb",cx:O[q],cy:B,r:8})])}function w(G,P){let{run:D,state:H,snapshot:O}=G;c=G;let q=O===null?0:D.snapshots.indexOf(O);t.max=String(Math.max(0,D.snapshots.length-1)),t.value=String(q),t.disabled=D.snapshots.length===0;let W=O===null?"no snapshot":Iu(O);t.setAttribute("aria-valuetext",W),i.replaceChildren(...O===null?[W]:zu(O,D)),clearTimeout(d),d=setTimeout(()=>{a.textContent!==W&&(a.textContent=W)},400),o.replaceChildren(ke(H.playing?me.pause:me.play)),o.setAttribute("aria-label",H.playing?"Pause":"Play"),o.disabled=D.snapshots.length<2,u.hidden=!P,u.setAttribute("aria-pressed",String(H.live)),s.show(H.scale),$(G)}return{element:l,update:w}}function br({run:e,state:t,snapshot:n}){if(t.playing)return{playing:!1};let r=e.snapshots[e.snapshots.length-1],o=e.snapshots[0];return{playing:!0,live:!1,step:n===r&&o!==void 0?o.step:n?.step??null}}function fn(e,t,n){let r=t===null?-1:e.snapshots.indexOf(t);return e.snapshots[r+n]?.step??null}function Du(e,t){let n=Math.min(...e),r=Math.max(...e)-n,o=Math.max(0,t-2*dt);return e.map(i=>dt+(r>0?o*(i-n)/r:o/2))}function Pu(e,t){let n=0;return e.forEach((r,o)=>{Math.abs(r-t)<Math.abs(e[n]-t)&&(n=o)}),n}function Iu(e){let t=e.epoch===null?"":`, epoch ${e.epoch}`;return e.graph.name??`step ${e.step}${t}`}function zu(e,t){let n=t.snapshots.indexOf(e),r=[e.epoch===null?null:`epoch ${e.epoch}`,e.wallTime>0?Uo(e.wallTime):null,`${n+1}/${t.snapshots.length}`].filter(i=>i!==null),o=e.graph.name??`Step ${e.step}`;return[m("b",{title:o},o),m("span",{class:"muted"},r.join(" · "))]}function Vu(e,t,n,r){let o=t.map(a=>{let s=m("button",{type:"button",role:"radio","data-value":a},n[a]);return s.addEventListener("click",()=>r(a)),s}),i=m("div",{class:"segments",role:"radiogroup","aria-label":e},...o);return i.addEventListener("keydown",a=>xr(a,o)),{element:i,show(a){for(let s of o){let u=s.dataset.value===a;s.setAttribute("aria-checked",String(u)),s.tabIndex=u?0:-1}}}}function xr(e,t){let n={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[e.key],r=t.indexOf(document.activeElement);if(n===void 0||r<0)return;e.preventDefault(),e.stopPropagation();let o=t[(r+n+t.length)%t.length];o.focus(),o.click()}var Hu={circuit:"Circuit",lineage:"Lineage",drift:"Drift",compare:"Compare",debug:"Debug"};function ei(e,t){let n=Qo("Run",c=>e({run:c,step:null,group:null,otherStep:null,playing:!1})),r=Qo("Target",c=>e({target:Number(c),group:null})),o=hr.map(c=>{let f=m("button",{type:"button",role:"tab",id:`tab-${c}`,"aria-controls":"stage","data-view":c},Hu[c]);return f.addEventListener("click",()=>e({view:c})),f}),i=m("div",{class:"segments",role:"tablist","aria-label":"Views"},...o);i.addEventListener("keydown",c=>xr(c,o));let a=m("input",{type:"search",class:"field",placeholder:"Neuron or label","aria-label":"Search for a neuron or a label",spellcheck:"false"}),s=m("output",{class:"hits number","aria-live":"polite"});a.addEventListener("input",()=>e({query:a.value}));let u=m("details",{class:"menu problems",hidden:!0});return{element:m("header",{class:"top"},m("h1",{class:"visually-hidden"},"NeurFlow"),m("div",{class:"pickers"},n.element,r.element),i,m("div",{class:"tools"},u,m("span",{class:"search",role:"search"},ke(me.search),a,s),Fu(t))),hits(c){s.textContent=c===null?"":c===0?"none":String(c)},update(c,f,d){n.show(c.map(S=>({value:S,text:S})),f?.run.name??null);let g=f===null?null:re(f.run,f.state);r.show((f?.run.targets??[]).map(S=>({value:String(S.target),text:S.name})),g===null?null:String(g)),r.element.hidden=d==="debug";for(let S of o){let C=S.dataset.view===d;S.setAttribute("aria-selected",String(C)),S.tabIndex=C?0:-1}f!==null&&a.value!==f.state.query&&(a.value=f.state.query),Bu(u,f?.run.problems??[])}}}function Qo(e,t){let n=m("select",{class:"select","aria-label":e});n.addEventListener("change",()=>t(n.value));let r="";return{element:m("label",{class:"labelled"},m("span",{"aria-hidden":"true"},e),n),show(o,i){let a=JSON.stringify(o);a!==r&&(n.replaceChildren(...o.map(({value:s,text:u})=>m("option",{value:s},u))),r=a),i!==null&&(n.value=i),n.disabled=o.length===0,n.title=o.find(({value:s})=>s===i)?.text??""}}}function Fu(e){let t=m("details",{class:"menu save"}),n=(r,o)=>{let i=m("button",{type:"button",class:"button bare"},o);return i.addEventListener("click",()=>{t.open=!1,e(r)}),i};return t.append(m("summary",{class:"button icon","aria-label":"Save this view",title:"Save this view"},ke(me.save)),m("div",{class:"popup"},n("svg","Save as SVG"),n("png","Save as PNG"))),ti(t),t}function Bu(e,t){if(e.hidden=t.length===0,e.hidden)return;let n=t.length===1?"1 snapshot could not be read":`${t.length} snapshots could not be read`;e.replaceChildren(m("summary",{class:"button icon","aria-label":n,title:n},ke(me.warning)),m("div",{class:"popup"},m("h3",{},n),m("ul",{},...t.map(({step:r,message:o})=>m("li",{},m("b",{class:"number"},r===null?"":`Step ${r}: `),o))))),ti(e)}var Jo=new WeakSet;function ti(e){Jo.has(e)||(Jo.add(e),document.addEventListener("pointerdown",t=>{e.contains(t.target)||(e.open=!1)}),e.addEventListener("keydown",t=>{t.key!=="Escape"||!e.open||(e.open=!1,e.querySelector("summary")?.focus())}))}var qu=["fill","fill-opacity","stroke","stroke-width","stroke-dasharray","stroke-opacity","stroke-linecap","opacity","visibility","display","font-family","font-size","font-weight","font-variant-numeric","letter-spacing","text-anchor","dominant-baseline","paint-order"],dn=16,pn=2;async function ni(e,t){let n=[...e.querySelectorAll("svg[data-export]")].filter(f=>f.getClientRects().length>0),r=n.map(f=>f.getBoundingClientRect()),o=Math.min(...r.map(f=>f.left),1/0),i=Math.min(...r.map(f=>f.top),1/0),a=Math.max(...r.map(f=>f.right),o)-o+2*dn,s=Math.max(...r.map(f=>f.bottom),i)-i+2*dn,u=getComputedStyle(document.body),l=new Map,c=await Promise.all(n.map(async(f,d)=>{let g=await ju(f,l);return g.setAttribute("x",String(r[d].left-o+dn)),g.setAttribute("y",String(r[d].top-i+dn)),g.setAttribute("width",String(r[d].width)),g.setAttribute("height",String(r[d].height)),g}));return k("svg",{xmlns:"http://www.w3.org/2000/svg",width:a,height:s,viewBox:`0 0 ${a} ${s}`},k("title",{},t),k("rect",{width:"100%",height:"100%",fill:u.backgroundColor}),...c)}function wr(e){return`<?xml version="1.0" encoding="UTF-8"?>
${new XMLSerializer().serializeToString(e)}`}async function ri(e){let t=Number(e.getAttribute("width")),n=Number(e.getAttribute("height")),r=await ii(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(wr(e))}`),o=document.createElement("canvas");o.width=Math.ceil(t*pn),o.height=Math.ceil(n*pn);let i=o.getContext("2d");return i.scale(pn,pn),i.drawImage(r,0,0,t,n),new Promise((a,s)=>{o.toBlob(u=>{u===null?s(new Error("This browser made no PNG of the drawing.")):a(u)},"image/png")})}function oi(e,t){let n=URL.createObjectURL(e),r=document.createElement("a");r.href=n,r.download=t,r.click(),setTimeout(()=>URL.revokeObjectURL(n),1e4)}async function ju(e,t){let n=e.cloneNode(!0),r=[e,...e.querySelectorAll("*")],o=[n,...n.querySelectorAll("*")];return r.forEach((i,a)=>Wu(i,o[a])),await Promise.all([...n.querySelectorAll("image")].map(async i=>{let a=i.getAttribute("href"),s=i.parentElement;a===null||!(s instanceof SVGSVGElement)||(t.has(a)||t.set(a,ii(a)),Xu(await t.get(a),s,i))})),n}function Wu(e,t){let n=getComputedStyle(e);t.setAttribute("style",qu.map(r=>`${r}:${n.getPropertyValue(r)}`).join(";"));for(let r of["class","tabindex","role","aria-pressed"])t.removeAttribute(r)}function Xu(e,t,n){let{x:r,y:o,width:i,height:a}=t.viewBox.baseVal,s=document.createElement("canvas");s.width=i,s.height=a,s.getContext("2d").drawImage(e,r,o,i,a,0,0,i,a),t.setAttribute("viewBox",`0 0 ${i} ${a}`),n.setAttribute("href",s.toDataURL("image/png")),n.setAttribute("width",String(i)),n.setAttribute("height",String(a))}function ii(e){return new Promise((t,n)=>{let r=new Image;r.onload=()=>t(r),r.onerror=()=>n(new Error("A picture of this view could not be read.")),r.src=e})}var ai="http://www.w3.org/2000/svg";function se(e,t,n,r){let o="graph"in n?n.graph:n,i=o.patches[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function si(e,t,n,r){let o="graph"in n?n.graph:n,i=o.images[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function J(e,t=null){let n=document.createElementNS(ai,"svg");return n.classList.add("picture"),t!==null&&(n.setAttribute("width",String(t)),n.setAttribute("height",String(t))),n.append(document.createElementNS(ai,"image")),vr(n,e),n}function vr(e,t){let n=`${t.x} ${t.y} ${t.width} ${t.height}`;e.getAttribute("viewBox")!==n&&e.setAttribute("viewBox",n),e.setAttribute("preserveAspectRatio","xMidYMid slice");let r=e.firstElementChild;r.getAttribute("href")!==t.href&&r.setAttribute("href",t.href)}var Yu=120;function ui(e,t){let n=m("aside",{class:"detail","aria-label":"Details"}),r=null,o=null,i=0,a,s=0;n.addEventListener("scroll",()=>s=n.scrollTop,{passive:!0});function u(A){r?.state.group!==A.state.group&&(i=0),r=A,clearTimeout(a);let{snapshot:T,run:N}=A;T!==null&&l(A)===null&&(a=setTimeout(()=>{t.detail(N.name,T.step).then(v=>{o={run:N.name,graph:v},r?.snapshot===T&&f()},v=>{r?.snapshot===T&&c(String(v instanceof Error?v.message:v))})},Yu)),f()}function l({run:A,snapshot:T}){return o!==null&&o.run===A.name&&o.graph.step===T?.step?o.graph:null}function c(A){n.append(m("p",{class:"muted",role:"status"},A))}function f(){if(r===null)return;let{snapshot:A,state:T,run:N}=r,v=A&&ue(A,re(N,T)),p=T.group===null?null:v?.byKey.get(T.group)??null,y=n.contains(document.activeElement)?document.activeElement.dataset.focus:void 0;n.classList.toggle("open",T.group!==null),v===null?n.replaceChildren():T.group===null?n.replaceChildren(...H(v)):p===null?n.replaceChildren(...S(v,r,T.group)):n.replaceChildren(...g(v,p,r)),s>0&&(n.scrollTop=s),y!==void 0&&n.querySelector(`[data-focus="${CSS.escape(y)}"]`)?.focus()}function d(A,T,N){let v=m("button",{type:"button",class:"button icon bare","aria-label":"Close details","data-focus":"close"},ke(me.close));return v.addEventListener("click",()=>e({group:null})),m("header",{},m("div",{},m("h2",{},A),m("p",{class:"muted"},T.filter(Boolean).join(" · "))),N?v:null)}function g(A,T,N){let v=l(N)?.targets.find(y=>y.target===A.target.target),p=v?.groups.find(y=>Me(y)===T.key)??T.group,{stability:b}=T.group;return[d(Se(A,T),[T.group.layer,T.group.lineage===null?null:`lineage ${T.group.lineage}`],!0),m("div",{class:"facts"},kr("importance",Y(T.group.importance)),kr("members",String(T.size)),...b===null?[]:[kr(Ue(b)?"stable":"stable (too little)",Y(b))]),...C(p.patches,N),Ve("History",B(N,A,T.key)),...w("Fed by",A,T,"target","source"),...w("Feeds",A,T,"source","target"),Ve("Neurons",P(p.members,T,v))]}function S(A,T,N){let v=pr(T.run,A.target.target,N).filter(y=>y.node!==null),p=v[v.length-1]?.node,b=v.map(({snapshot:y})=>y.step);return[d(p?he(p.group):N,[p?.group.layer??null],!0),m("p",{class:"muted"},b.length===0?"No snapshot of this target holds this group.":`Not in the circuit at step ${A.snapshot.step}. It is there in ${te(b.length,"snapshot")}, from step ${b[0]} to ${b[b.length-1]}.`),...b.length===0?[]:[Ve("History",B(T,A,N))]]}function C(A,T){let{run:N,snapshot:v}=T;if(v===null)return[];let p=l(T)??v.graph,b=A.flatMap(_=>{let x=se(t,N.name,p,_);return x===null?[]:[{row:_,cut:x}]});if(b.length===0)return[];let y=b[Math.min(i,b.length-1)],M=m("div",{class:"strip",role:"group","aria-label":"Patches, best first"});return b.forEach(({row:_,cut:x},h)=>{let E=li(p,_),R=m("button",{type:"button","aria-pressed":String(_===y.row),"aria-label":`Patch ${h+1} of ${b.length}${E===null?"":`, from an image of ${E}`}`,"data-focus":`patch ${h}`},J(x));R.addEventListener("click",()=>{i=h,f()}),M.append(R)}),[m("figure",{class:"gallery"},$(y.row,p,N.name),M)]}function $(A,T,N){let[,,,v,p,b,y,M,_,x]=T.patches[A],h=si(t,N,T,b),E=li(T,A),R=m("figcaption",{class:"muted"},`image ${b}${E===null?"":`, labelled “${E}”`}`);if(h===null||T.input===null){let j=J(se(t,N,T,A));return j.setAttribute("style",`aspect-ratio: ${v} / ${p}`),m("div",{class:"source"},j,R)}let[z,I]=T.input,L=k("svg",{class:"whole",viewBox:`0 0 ${I} ${z}`,role:"img","aria-label":`Patch on image ${b}${E===null?"":` of ${E}`}`}),F=J(h);F.setAttribute("width",String(I)),F.setAttribute("height",String(z));let V={x:M,y,width:x,height:_};return L.append(F,k("path",{class:"veil","fill-rule":"evenodd",d:`M0 0H${I}V${z}H0ZM${M} ${y}h${x}v${_}h${-x}Z`}),k("rect",{class:"box",...V})),m("div",{class:"source"},L,R)}function w(A,T,N,v,p){let b=T.links.filter(h=>h[v]===N.key&&h.weight!==0).sort((h,E)=>Math.abs(E.weight)-Math.abs(h.weight));if(b.length===0)return[];let y=Math.abs(b[0].weight),M=b.map(h=>G(h,T.byKey.get(h[p]),T,y)),_=m("ul",{class:"links"},...M.slice(0,6));if(M.length<=6)return[Ve(A,_)];let x=m("details",{class:"more"},m("summary",{},`${M.length-6} more`),m("ul",{class:"links"},...M.slice(6)));return[Ve(A,_,x)]}function G(A,T,N,v){let p=A.weight<0?"-":"+",b=49*Math.abs(A.weight)/v,y=k("svg",{class:"diverging",viewBox:"0 0 100 6",preserveAspectRatio:"none","aria-hidden":"true"},k("path",{class:"zero",d:"M50 0V6"}),k("rect",{"data-sign":p,x:p==="-"?50-b:50,y:.5,width:b,height:5})),M=Se(N,T),_=m("button",{type:"button",class:"link","data-focus":`group ${T.key}`},M);return _.addEventListener("click",()=>e({group:T.key})),m("li",{},_,y,m("span",{class:"number"},$e(A.weight)),A.stability===null?null:m("span",{class:"number muted",title:"share of resamples in which the sign is the same"},Y(A.stability)))}function P(A,T,N){if(A===void 0||N===void 0)return m("p",{class:"muted"},`${te(T.size,"member")} …`);let v=new Map((N.neurons??[]).filter(M=>M.layer===T.group.layer).map(M=>[M.index,M])),p=m("tbody");for(let[M,_,x]of A){let h=v.get(M);p.append(m("tr",{},m("th",{scope:"row",class:"number"},String(M)),m("td",{},h===void 0||h.meanings<2?"only":`${_+1} of ${h.meanings}`),m("td",{class:"number"},Y(x)),m("td",{class:"number"},Y(h?.importance)),m("td",{class:"number"},Y(h?.gap)),m("td",{class:"number"},Y(h?.stability)))),h!==void 0&&h.inputs.length>0&&p.append(D(h))}let y=[["neuron","its index in the layer"],["meaning","which of its semantic groups"],["share","share of the neuron's patches that have this meaning"],["imp.","importance: path weight to the target"],["gap","completeness gap: error of the attribution's integral"],["stab.","share of resamples in which it is core"]].map(([M,_])=>m("th",{scope:"col",title:_},M));return m("div",{class:"scroll",tabindex:0,role:"region","aria-label":"Member neurons"},m("table",{class:"members"},m("thead",{},m("tr",{},...y)),p))}function D(A){let T=A.inputs.flatMap(([N,v])=>[m("span",{class:"input","data-sign":v<0?"-":"+"},`${N} `,m("b",{},$e(v)))," "]);return m("tr",{class:"inputs"},m("td",{colspan:6},m("span",{class:"muted"},"from "),...T))}function H(A){let{target:T,snapshot:N}=A,{graph:v}=N,p=["layer","neurons","groups","meanings","gap"].map(_=>m("th",{scope:"col"},_)),b=oe(v.layers),y=[...v.layers].reverse().flatMap(_=>{let x=T.statistics[_];if(x===void 0)return[];let h=[de(x.core_neurons),de(x.neuron_groups),de(x.semantic_groups),Y(x.completeness_gap)];return[m("tr",{},m("th",{scope:"row",class:"layer",title:_},m("span",{},b.get(_))),...h.map(E=>m("td",{class:"number"},E)))]}),M=Object.values(T.left_out).reduce((_,x)=>_+x,0);return[d(T.name,[`class ${T.target}`,v.weights==="averaged"?"averaged weights":null],!1),...O(T,v),Ve("Layers, deep to shallow",m("div",{class:"scroll"},m("table",{class:"members"},m("thead",{},m("tr",{},...p)),m("tbody",{},...y))),...M>0?[m("p",{class:"muted"},`${te(M,"core neuron")} left out by max_neurons_per_layer.`)]:[]),...q(A),Ve("Made with",Zu(v)),m("p",{class:"muted hint"},"Choose a group for its patches, neurons and links. Hover to see what it lies on.")]}function O(A,T){if(A.drift===null)return[];let N=A.drift.verdict,v=T.since===null?"":` since step ${T.since}`,p=m("button",{type:"button",class:"link","data-focus":"drift"},"Show drift");return p.addEventListener("click",()=>e({view:"drift"})),[m("p",{class:"verdict"},m("span",{class:N==="changed"?"chip alarm":"chip"},N),m("span",{class:"muted"},`${v.trim()} `),p)]}function q(A){let T=A.target.drift?.events??[],N=new Map;for(let p of T){if(p.event==="survive")continue;let b=`${p.layer} ${p.event}`;N.set(b,[...N.get(b)??[],p])}if(N.size===0)return[];let v=[...N.values()].map(p=>m("li",{},...W(p,A)));return[Ve("What happened at this step",m("ul",{class:"events"},...v))]}function W(A,T){let N=[...new Set(A.flatMap(y=>y.lineage))],v=N.flatMap((y,M)=>{let _=`L${y}`,x=T.byKey.get(_),h=M<N.length-1?",":"";if(x===void 0)return[`${y}${h} `];let E=x.group.label??String(y),R=m("button",{type:"button",class:"link","data-focus":`event ${_}`,"aria-label":he(x.group)},E);return R.addEventListener("click",()=>e({group:_})),[m("span",{class:"whole-word"},R,h)," "]}),{event:p,layer:b}=A[0];return[m("span",{class:"chip"},p),m("span",{class:"muted",title:b},` ${oe(T.snapshot.graph.layers).get(b)??b}: `),N.length===1?"group ":"groups ",...v]}function B(A,T,N){let{run:v}=A,p=pr(v,T.target.target,N),b=v.snapshots.flatMap(({step:M,graph:_})=>(_.targets.find(x=>x.target===T.target.target)?.drift?.events??[]).filter(x=>x.event!=="survive"&&x.lineage.some(h=>`L${h}`===N)).map(x=>({step:M,event:x}))),y=b.slice(-6).map(({step:M,event:_})=>{let x=m("button",{type:"button",class:"link number","data-focus":`step ${M}`},`step ${M}`);return x.addEventListener("click",()=>e({step:M})),m("li",{},x," ",m("span",{class:"muted"},Ku(_,N)))});return m("div",{},Uu(p.map(({node:M})=>M?.importance??null),v.snapshots.indexOf(T.snapshot),new Set(b.map(({step:M})=>v.snapshots.findIndex(_=>_.step===M)))),y.length===0?null:m("ul",{class:"events"},...y))}return{element:n,update:u}}function Uu(e,t,n){let[r,o,i]=[300,46,5],a=Math.max(...e.map(f=>f??0),1e-9),s=f=>e.length<2?r/2:i+(r-2*i)*f/(e.length-1),u=f=>o-i-(o-2*i)*f/a,l=e.map((f,d)=>f===null?"":`${d===0||e[d-1]===null?"M":"L"}${s(d).toFixed(1)} ${u(f).toFixed(1)}`).join(""),c=e[t]??null;return k("svg",{class:"sparkline",viewBox:`0 0 ${r} ${o}`,role:"img","aria-label":`Importance through the run, at most ${Y(a)}`},k("path",{class:"base",d:`M${i} ${o-i}H${r-i}`}),k("path",{class:"now",d:`M${s(t)} 0V${o}`}),k("path",{class:"line",d:l||"M0 0"}),...e.flatMap((f,d)=>f!==null&&(e[d-1]??null)===null&&(e[d+1]??null)===null?[k("circle",{class:"alone",cx:s(d),cy:u(f),r:2})]:[]),...[...n].map(f=>k("circle",{class:"mark",cx:s(f),cy:o-i,r:2.5})),c===null?null:k("circle",{class:"dot",cx:s(t),cy:u(c),r:4}))}function Ku(e,t){let n=e.lineage.map(i=>`L${i}`).filter(i=>i!==t);return{emerge:"appears",disappear:"disappears",split:`comes of a split${n.length===0?"":` with ${n.map(i=>`group ${i.slice(1)}`).join(", ")}`}`,merge:"is merged of several"}[e.event]??e.event}function li(e,t){let n=e.patches[t]?.[5],r=n===void 0?null:e.images[n]?.[5]??null;return r===null?null:String(r)}function Zu(e){let t=[...new Set(Object.values(e.methods))].join(", "),n=[...Object.entries(e.config).map(([r,o])=>[r,String(o)]),...t===""?[]:[["method",t]],["probe images",e.fingerprint.slice(0,12)]];return m("dl",{class:"pairs"},...n.flatMap(([r,o])=>[m("dt",{},r),m("dd",{class:"mono"},o)]))}function kr(e,t){return m("div",{},m("b",{class:"number"},t),m("span",{},e))}function Ve(e,...t){return m("section",{},m("h3",{},e),...t)}var Qu=`from neurflow_lightning import NeurFlowCallback

neurflow = NeurFlowCallback(targets=["cat", "dog"], every_n_epochs=1)
trainer = Trainer(callbacks=[neurflow])`;function ci(){let e=m("section",{class:"view welcome","aria-live":"polite",hidden:!0}),t=(...r)=>{e.replaceChildren(m("div",{},...r))},n=()=>m("p",{class:"muted waiting"},m("i",{}),"This page looks again every few seconds.");return{element:e,loading:()=>t(m("p",{class:"muted waiting"},m("i",{}),"Loading circuits …")),nothing:r=>t(m("h2",{},"No circuits yet"),m("p",{},"Add the callback to your training. Each snapshot it takes appears here, while the training runs."),m("pre",{class:"mono"},Qu),m("p",{},"The run needs a TensorBoard logger, and TensorBoard its log folder: ",m("code",{class:"mono"},"tensorboard --logdir lightning_logs")),...r?[n()]:[]),noSnapshots:r=>t(m("h2",{},"No snapshot yet"),m("p",{},`The run ${r} has begun and holds no circuit so far. The first comes with the first validation that the callback’s schedule allows.`),n()),failed(r,o){let i=m("button",{type:"button",class:"button"},"Try again");i.addEventListener("click",o),t(m("h2",{},"The circuits could not be loaded"),m("p",{},r),i)}}}var Ju=3e3,ec=250;function Mr(e,t,n,r,o){let i=cn(un,{...r,...n.link()}),a=null,s=null,u=!1,l,c,f,d=new Map,g=new Set,S=new Map,C=m("div",{class:"stage",id:"stage",role:"tabpanel"}),$=ci(),w=ei(H,x=>void M(x)),G=Zo(H),P=ui(H,t),D=m("div",{class:"middle"},m("main",{},C),P.element);C.append($.element),e.replaceChildren(m("div",{class:"app"},w.element,D,G.element)),C.addEventListener("hits",x=>w.hits(x.detail)),document.addEventListener("keydown",y),n.onTheme(x=>{document.documentElement.dataset.theme=x?"dark":"light"}),n.onLink(x=>{Object.keys(x).length>0?H({...un,run:i.run,...x}):n.write(i)}),n.onReload(()=>void W()),window.addEventListener("focus",()=>{t.canGrow&&W()}),W();function H(x){let h=i;i=cn(i,x),i!==h&&((i.run!==h.run||i.otherRun!==h.otherRun)&&W(),i.live&&!h.live&&W(),i.playing!==h.playing&&q(),T())}function O(){let x=d.get(i.run);if(x===void 0)return null;let h=i.otherRun===null?x:d.get(i.otherRun)??null;return{run:x,other:h,state:i,snapshot:At(x,i.step)}}function q(){if(clearTimeout(f),!i.playing)return;let x=d.get(i.run),h=Math.min(900,Math.max(90,2e4/(x?.snapshots.length??1)));f=setTimeout(()=>{let E=O(),R=E===null?null:fn(E.run,E.snapshot,1);H(R===null?{playing:!1}:{step:R}),q()},h)}async function W(){clearTimeout(c);try{a=await t.runs(),a.includes(i.run)||B(a[0]??"");let h=[i.run,i.otherRun].filter(E=>E!==null&&a.includes(E));await Promise.all([...new Set(h)].map(A)),s=null}catch(h){let E=h instanceof Error?h.message:String(h);E!==s&&d.has(i.run)&&_(E),s=E}T();let x=s!==null||(d.get(i.run)?.snapshots.length??0)===0;clearTimeout(c),t.canGrow&&(i.live||x)&&(c=setTimeout(()=>void W(),Ju))}function B(x){i.run!==""&&x!==""&&_(`There is no run ${i.run} any more: this is ${x}.`),i=cn(i,i.run===""?{run:x}:{run:x,step:null,group:null})}async function A(x){if(!g.has(x)){g.add(x);try{let h=d.get(x)??null,E=h?.snapshots[h.snapshots.length-1],R=await t.series(x,E??null);h!==null&&R.snapshots.length===0&&!R.restarted&&R.problems.length===h.problems.length||d.set(x,Bo(h,R))}finally{g.delete(x)}}}function T(){u||(u=!0,requestAnimationFrame(()=>{u=!1,N()}),clearTimeout(l),l=setTimeout(()=>n.write(i),ec))}function N(){let x=O(),h=document.documentElement;w.update(a??[],x,i.view),C.setAttribute("aria-labelledby",`tab-${i.view}`);let E=x!==null&&x.run.snapshots.length>0;$.element.hidden=E,D.classList.toggle("bare",!E||i.view==="debug"),D.classList.toggle("roomy",i.view!=="circuit"),G.element.hidden=!E;for(let[R,z]of S)z.element.hidden=!E||R!==i.view;if(x===null||!E){p(x),h.dataset.ready=a===null&&s===null?"":"empty";return}G.update(x,t.canGrow),v(i.view).update(x),i.view!=="circuit"&&w.hits(null),P.update(x),h.dataset.view=i.view,h.dataset.step=String(x.snapshot?.step??""),h.dataset.target=String(re(x.run,i)??""),h.dataset.ready="true",b(x)}function v(x){let h=S.get(x);return h===void 0&&(h=o[x](H,t),S.set(x,h),C.append(h.element)),h.element.hidden=!1,h}function p(x){s!==null?$.failed(s,()=>void W()):a===null?$.loading():a.length===0?$.nothing(t.canGrow):x===null?$.loading():$.noSnapshots(x.run.name)}function b({run:x,snapshot:h,state:E}){if(h===null)return;let R=x.snapshots.indexOf(h);for(let z of[x.snapshots[R+1],x.snapshots[R-1]]){let I=z===void 0?null:ue(z,re(x,E));if(I===null)continue;let{graph:L}=I.snapshot,F=I.nodes.flatMap(({group:j})=>j.patches.slice(0,4)),V=new Set(F.flatMap(j=>L.patches[j]?.[0]??[]));for(let j of V)new Image().src=t.sheet(x.name,L.step,j)}}function y(x){let h=O(),E=x.target;if(h===null||x.defaultPrevented||x.ctrlKey||x.metaKey||x.altKey)return;if(x.key==="Escape"){H({group:null});return}if(E.closest("input, select, textarea, [role=tablist], [role=radiogroup], .scroll")!==null&&(x.key!==" "||!E.matches("input[type=range]")))return;let{snapshots:R}=h.run,z={ArrowLeft:fn(h.run,h.snapshot,-1),ArrowRight:fn(h.run,h.snapshot,1),Home:R[0]?.step,End:R[R.length-1]?.step};if(x.key in z){let I=z[x.key];I!=null&&H({step:I,playing:!1}),x.preventDefault()}else x.key===" "&&E.closest("button, summary, [role=button]")===null&&(H(br(h)),x.preventDefault())}async function M(x){let h=O(),E=S.get(i.view);if(h===null||E===void 0)return;let R=h.run.targets.find(L=>L.target===re(h.run,i)),z=h.snapshot?.step??0,I=`${i.view} ${R?.name??""} step ${z}`;try{let L=await ni(E.element,`${I}, ${h.run.name}`),F=x==="svg"?new Blob([wr(L)],{type:"image/svg+xml"}):await ri(L);oi(F,`neurflow-${I.replace(/[^\p{L}\p{N}]+/gu,"-")}.${x}`)}catch(L){_(`This view could not be saved: ${L instanceof Error?L.message:String(L)}`)}}function _(x){let h=m("p",{class:"toast",role:"alert"},x);e.append(h),setTimeout(()=>h.remove(),6e3)}}var tc="neurflow",[nc,rc]=["experimental.bootstrap","experimental.DataReloaded"];function Sr(e){let t=oc(e),n=t!==e,r=()=>!n||/^#?([^&=]*)/.exec(t.location.hash)?.[1]===tc;return{link:()=>r()?yr(t.location.hash):{},write(o){if(!r())return;let i=Yo(o,t.location.hash);if(i!==(t.location.hash||"#"))try{t.history.replaceState(t.history.state,"",i)}catch{}},onLink(o){t.addEventListener("hashchange",()=>{r()&&o(yr(t.location.hash))})},onTheme(o){if(!n){let s=e.matchMedia("(prefers-color-scheme: dark)");s.addEventListener("change",()=>o(s.matches)),o(s.matches);return}let{body:i}=t.document,a=()=>o(i.classList.contains("dark-mode"));new MutationObserver(a).observe(i,{attributes:!0,attributeFilter:["class"]}),a()},onReload(o){if(!n)return;let{port1:i,port2:a}=new MessageChannel;i.onmessage=({data:s})=>{let{type:u,id:l,isReply:c}=JSON.parse(s);c||(u===rc&&o(),i.postMessage(JSON.stringify({type:u,id:l,payload:null,error:null,isReply:!0})))},t.postMessage(nc,e.location.origin,[a])}}}function oc(e){try{if(e.parent!==e&&e.parent.document.body!==null)return e.parent}catch{}return e}function fi(e=t=>fetch(t)){let t=new Map,n=(r,o)=>`${r}?${Object.entries(o).map(([i,a])=>`${i}=${encodeURIComponent(a)}`).join("&")}`;return{canGrow:!0,async runs(){return(await mn(e,"runs")).runs.map(o=>o.name)},series:(r,o)=>mn(e,n("series",{run:r,...o===null?{}:{since_step:o.step,since_time:o.wallTime}})),detail(r,o){let i=n("detail",{run:r,step:o}),a=t.get(i);if(a!==void 0)return a;let s=mn(e,i);return t.set(i,s),s.catch(()=>t.delete(i)),s},sheet:(r,o,i)=>n("sheet",{run:r,step:o,sheet:i}),mistakes:(r,o)=>mn(e,n("mistakes",{run:r,step:o})),mistakenImage:(r,o,i)=>n("mistaken_image",{run:r,step:o,sheet:i})}}async function mn(e,t){let n=await e(t);if(n.ok)return await n.json();throw new Error(await ic(n,t))}async function ic(e,t){try{let{error:n}=await e.json();if(typeof n=="string")return n}catch{}return`${t}: TensorBoard answered ${e.status} ${e.statusText}.`}function di(e){let t=r=>{let o=e.runs[r];if(o===void 0)throw new Error(`This page holds no run named ${r}.`);return o},n=(r,o)=>{let i=t(r).graphs.findIndex(a=>a.step===o);if(i<0)throw new Error(`Run ${r} has no snapshot of step ${o} in this page.`);return i};return{canGrow:!1,runs:async()=>Object.keys(e.runs),async series(r,o){let{graphs:i,wall_times:a}=t(r),s=i.map((l,c)=>({...l,wall_time:a[c]??0})).filter(l=>o===null||l.step>o.step),u=i[i.length-1]?.layers??[];return{run:r,layers:u,snapshots:s,problems:[],restarted:!1}},detail:async(r,o)=>t(r).graphs[n(r,o)],sheet:(r,o,i)=>t(r).sheets[n(r,o)]?.[i]??"",async mistakes(r,o){let{mistakes:i={}}=t(r);return{steps:Object.keys(i).map(Number),record:i[o]?.record??null,problem:null}},mistakenImage:(r,o,i)=>t(r).mistakes?.[o]?.sheets[i]??""}}var pi=`/* Calm: paper, ink, one accent. Colour says sign (with dash), alarm and selection, nothing else. */
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
`;var mi=`/* --- header -------------------------------------------------------------------------- */

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
`;var hn="http://www.w3.org/1999/xhtml",$r={svg:"http://www.w3.org/2000/svg",xhtml:hn,xlink:"http://www.w3.org/1999/xlink",xml:"http://www.w3.org/XML/1998/namespace",xmlns:"http://www.w3.org/2000/xmlns/"};function Re(e){var t=e+="",n=t.indexOf(":");return n>=0&&(t=e.slice(0,n))!=="xmlns"&&(e=e.slice(n+1)),$r.hasOwnProperty(t)?{space:$r[t],local:e}:e}function lc(e){return function(){var t=this.ownerDocument,n=this.namespaceURI;return n===hn&&t.documentElement.namespaceURI===hn?t.createElement(e):t.createElementNS(n,e)}}function uc(e){return function(){return this.ownerDocument.createElementNS(e.space,e.local)}}function gn(e){var t=Re(e);return(t.local?uc:lc)(t)}function cc(){}function Ke(e){return e==null?cc:function(){return this.querySelector(e)}}function hi(e){typeof e!="function"&&(e=Ke(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=new Array(a),u,l,c=0;c<a;++c)(u=i[c])&&(l=e.call(u,u.__data__,c,i))&&("__data__"in u&&(l.__data__=u.__data__),s[c]=l);return new Q(r,this._parents)}function Er(e){return e==null?[]:Array.isArray(e)?e:Array.from(e)}function fc(){return[]}function Rt(e){return e==null?fc:function(){return this.querySelectorAll(e)}}function dc(e){return function(){return Er(e.apply(this,arguments))}}function gi(e){typeof e=="function"?e=dc(e):e=Rt(e);for(var t=this._groups,n=t.length,r=[],o=[],i=0;i<n;++i)for(var a=t[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&(r.push(e.call(u,u.__data__,l,a)),o.push(u));return new Q(r,o)}function Nt(e){return function(){return this.matches(e)}}function yn(e){return function(t){return t.matches(e)}}var pc=Array.prototype.find;function mc(e){return function(){return pc.call(this.children,e)}}function hc(){return this.firstElementChild}function yi(e){return this.select(e==null?hc:mc(typeof e=="function"?e:yn(e)))}var gc=Array.prototype.filter;function yc(){return Array.from(this.children)}function bc(e){return function(){return gc.call(this.children,e)}}function bi(e){return this.selectAll(e==null?yc:bc(typeof e=="function"?e:yn(e)))}function xi(e){typeof e!="function"&&(e=Nt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new Q(r,this._parents)}function bn(e){return new Array(e.length)}function wi(){return new Q(this._enter||this._groups.map(bn),this._parents)}function Ot(e,t){this.ownerDocument=e.ownerDocument,this.namespaceURI=e.namespaceURI,this._next=null,this._parent=e,this.__data__=t}Ot.prototype={constructor:Ot,appendChild:function(e){return this._parent.insertBefore(e,this._next)},insertBefore:function(e,t){return this._parent.insertBefore(e,t)},querySelector:function(e){return this._parent.querySelector(e)},querySelectorAll:function(e){return this._parent.querySelectorAll(e)}};function vi(e){return function(){return e}}function xc(e,t,n,r,o,i){for(var a=0,s,u=t.length,l=i.length;a<l;++a)(s=t[a])?(s.__data__=i[a],r[a]=s):n[a]=new Ot(e,i[a]);for(;a<u;++a)(s=t[a])&&(o[a]=s)}function wc(e,t,n,r,o,i,a){var s,u,l=new Map,c=t.length,f=i.length,d=new Array(c),g;for(s=0;s<c;++s)(u=t[s])&&(d[s]=g=a.call(u,u.__data__,s,t)+"",l.has(g)?o[s]=u:l.set(g,u));for(s=0;s<f;++s)g=a.call(e,i[s],s,i)+"",(u=l.get(g))?(r[s]=u,u.__data__=i[s],l.delete(g)):n[s]=new Ot(e,i[s]);for(s=0;s<c;++s)(u=t[s])&&l.get(d[s])===u&&(o[s]=u)}function vc(e){return e.__data__}function ki(e,t){if(!arguments.length)return Array.from(this,vc);var n=t?wc:xc,r=this._parents,o=this._groups;typeof e!="function"&&(e=vi(e));for(var i=o.length,a=new Array(i),s=new Array(i),u=new Array(i),l=0;l<i;++l){var c=r[l],f=o[l],d=f.length,g=kc(e.call(c,c&&c.__data__,l,r)),S=g.length,C=s[l]=new Array(S),$=a[l]=new Array(S),w=u[l]=new Array(d);n(c,f,C,$,w,g,t);for(var G=0,P=0,D,H;G<S;++G)if(D=C[G]){for(G>=P&&(P=G+1);!(H=$[P])&&++P<S;);D._next=H||null}}return a=new Q(a,r),a._enter=s,a._exit=u,a}function kc(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function Mi(){return new Q(this._exit||this._groups.map(bn),this._parents)}function Si(e,t,n){var r=this.enter(),o=this,i=this.exit();return typeof e=="function"?(r=e(r),r&&(r=r.selection())):r=r.append(e+""),t!=null&&(o=t(o),o&&(o=o.selection())),n==null?i.remove():n(i),r&&o?r.merge(o).order():o}function $i(e){for(var t=e.selection?e.selection():e,n=this._groups,r=t._groups,o=n.length,i=r.length,a=Math.min(o,i),s=new Array(o),u=0;u<a;++u)for(var l=n[u],c=r[u],f=l.length,d=s[u]=new Array(f),g,S=0;S<f;++S)(g=l[S]||c[S])&&(d[S]=g);for(;u<o;++u)s[u]=n[u];return new Q(s,this._parents)}function Ei(){for(var e=this._groups,t=-1,n=e.length;++t<n;)for(var r=e[t],o=r.length-1,i=r[o],a;--o>=0;)(a=r[o])&&(i&&a.compareDocumentPosition(i)^4&&i.parentNode.insertBefore(a,i),i=a);return this}function _i(e){e||(e=Mc);function t(f,d){return f&&d?e(f.__data__,d.__data__):!f-!d}for(var n=this._groups,r=n.length,o=new Array(r),i=0;i<r;++i){for(var a=n[i],s=a.length,u=o[i]=new Array(s),l,c=0;c<s;++c)(l=a[c])&&(u[c]=l);u.sort(t)}return new Q(o,this._parents).order()}function Mc(e,t){return e<t?-1:e>t?1:e>=t?0:NaN}function Ci(){var e=arguments[0];return arguments[0]=this,e.apply(null,arguments),this}function Ti(){return Array.from(this)}function Li(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length;o<i;++o){var a=r[o];if(a)return a}return null}function Ai(){let e=0;for(let t of this)++e;return e}function Ri(){return!this.node()}function Ni(e){for(var t=this._groups,n=0,r=t.length;n<r;++n)for(var o=t[n],i=0,a=o.length,s;i<a;++i)(s=o[i])&&e.call(s,s.__data__,i,o);return this}function Sc(e){return function(){this.removeAttribute(e)}}function $c(e){return function(){this.removeAttributeNS(e.space,e.local)}}function Ec(e,t){return function(){this.setAttribute(e,t)}}function _c(e,t){return function(){this.setAttributeNS(e.space,e.local,t)}}function Cc(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttribute(e):this.setAttribute(e,n)}}function Tc(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttributeNS(e.space,e.local):this.setAttributeNS(e.space,e.local,n)}}function Oi(e,t){var n=Re(e);if(arguments.length<2){var r=this.node();return n.local?r.getAttributeNS(n.space,n.local):r.getAttribute(n)}return this.each((t==null?n.local?$c:Sc:typeof t=="function"?n.local?Tc:Cc:n.local?_c:Ec)(n,t))}function xn(e){return e.ownerDocument&&e.ownerDocument.defaultView||e.document&&e||e.defaultView}function Lc(e){return function(){this.style.removeProperty(e)}}function Ac(e,t,n){return function(){this.style.setProperty(e,t,n)}}function Rc(e,t,n){return function(){var r=t.apply(this,arguments);r==null?this.style.removeProperty(e):this.style.setProperty(e,r,n)}}function Gi(e,t,n){return arguments.length>1?this.each((t==null?Lc:typeof t=="function"?Rc:Ac)(e,t,n??"")):He(this.node(),e)}function He(e,t){return e.style.getPropertyValue(t)||xn(e).getComputedStyle(e,null).getPropertyValue(t)}function Nc(e){return function(){delete this[e]}}function Oc(e,t){return function(){this[e]=t}}function Gc(e,t){return function(){var n=t.apply(this,arguments);n==null?delete this[e]:this[e]=n}}function Di(e,t){return arguments.length>1?this.each((t==null?Nc:typeof t=="function"?Gc:Oc)(e,t)):this.node()[e]}function Pi(e){return e.trim().split(/^|\s+/)}function _r(e){return e.classList||new Ii(e)}function Ii(e){this._node=e,this._names=Pi(e.getAttribute("class")||"")}Ii.prototype={add:function(e){var t=this._names.indexOf(e);t<0&&(this._names.push(e),this._node.setAttribute("class",this._names.join(" ")))},remove:function(e){var t=this._names.indexOf(e);t>=0&&(this._names.splice(t,1),this._node.setAttribute("class",this._names.join(" ")))},contains:function(e){return this._names.indexOf(e)>=0}};function zi(e,t){for(var n=_r(e),r=-1,o=t.length;++r<o;)n.add(t[r])}function Vi(e,t){for(var n=_r(e),r=-1,o=t.length;++r<o;)n.remove(t[r])}function Dc(e){return function(){zi(this,e)}}function Pc(e){return function(){Vi(this,e)}}function Ic(e,t){return function(){(t.apply(this,arguments)?zi:Vi)(this,e)}}function Hi(e,t){var n=Pi(e+"");if(arguments.length<2){for(var r=_r(this.node()),o=-1,i=n.length;++o<i;)if(!r.contains(n[o]))return!1;return!0}return this.each((typeof t=="function"?Ic:t?Dc:Pc)(n,t))}function zc(){this.textContent=""}function Vc(e){return function(){this.textContent=e}}function Hc(e){return function(){var t=e.apply(this,arguments);this.textContent=t??""}}function Fi(e){return arguments.length?this.each(e==null?zc:(typeof e=="function"?Hc:Vc)(e)):this.node().textContent}function Fc(){this.innerHTML=""}function Bc(e){return function(){this.innerHTML=e}}function qc(e){return function(){var t=e.apply(this,arguments);this.innerHTML=t??""}}function Bi(e){return arguments.length?this.each(e==null?Fc:(typeof e=="function"?qc:Bc)(e)):this.node().innerHTML}function jc(){this.nextSibling&&this.parentNode.appendChild(this)}function qi(){return this.each(jc)}function Wc(){this.previousSibling&&this.parentNode.insertBefore(this,this.parentNode.firstChild)}function ji(){return this.each(Wc)}function Wi(e){var t=typeof e=="function"?e:gn(e);return this.select(function(){return this.appendChild(t.apply(this,arguments))})}function Xc(){return null}function Xi(e,t){var n=typeof e=="function"?e:gn(e),r=t==null?Xc:typeof t=="function"?t:Ke(t);return this.select(function(){return this.insertBefore(n.apply(this,arguments),r.apply(this,arguments)||null)})}function Yc(){var e=this.parentNode;e&&e.removeChild(this)}function Yi(){return this.each(Yc)}function Uc(){var e=this.cloneNode(!1),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function Kc(){var e=this.cloneNode(!0),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function Ui(e){return this.select(e?Kc:Uc)}function Ki(e){return arguments.length?this.property("__data__",e):this.node().__data__}function Zc(e){return function(t){e.call(this,t,this.__data__)}}function Qc(e){return e.trim().split(/^|\s+/).map(function(t){var n="",r=t.indexOf(".");return r>=0&&(n=t.slice(r+1),t=t.slice(0,r)),{type:t,name:n}})}function Jc(e){return function(){var t=this.__on;if(t){for(var n=0,r=-1,o=t.length,i;n<o;++n)i=t[n],(!e.type||i.type===e.type)&&i.name===e.name?this.removeEventListener(i.type,i.listener,i.options):t[++r]=i;++r?t.length=r:delete this.__on}}}function ef(e,t,n){return function(){var r=this.__on,o,i=Zc(t);if(r){for(var a=0,s=r.length;a<s;++a)if((o=r[a]).type===e.type&&o.name===e.name){this.removeEventListener(o.type,o.listener,o.options),this.addEventListener(o.type,o.listener=i,o.options=n),o.value=t;return}}this.addEventListener(e.type,i,n),o={type:e.type,name:e.name,value:t,listener:i,options:n},r?r.push(o):this.__on=[o]}}function Zi(e,t,n){var r=Qc(e+""),o,i=r.length,a;if(arguments.length<2){var s=this.node().__on;if(s){for(var u=0,l=s.length,c;u<l;++u)for(o=0,c=s[u];o<i;++o)if((a=r[o]).type===c.type&&a.name===c.name)return c.value}return}for(s=t?ef:Jc,o=0;o<i;++o)this.each(s(r[o],t,n));return this}function Qi(e,t,n){var r=xn(e),o=r.CustomEvent;typeof o=="function"?o=new o(t,n):(o=r.document.createEvent("Event"),n?(o.initEvent(t,n.bubbles,n.cancelable),o.detail=n.detail):o.initEvent(t,!1,!1)),e.dispatchEvent(o)}function tf(e,t){return function(){return Qi(this,e,t)}}function nf(e,t){return function(){return Qi(this,e,t.apply(this,arguments))}}function Ji(e,t){return this.each((typeof t=="function"?nf:tf)(e,t))}function*ea(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length,a;o<i;++o)(a=r[o])&&(yield a)}var Cr=[null];function Q(e,t){this._groups=e,this._parents=t}function ta(){return new Q([[document.documentElement]],Cr)}function rf(){return this}Q.prototype=ta.prototype={constructor:Q,select:hi,selectAll:gi,selectChild:yi,selectChildren:bi,filter:xi,data:ki,enter:wi,exit:Mi,join:Si,merge:$i,selection:rf,order:Ei,sort:_i,call:Ci,nodes:Ti,node:Li,size:Ai,empty:Ri,each:Ni,attr:Oi,style:Gi,property:Di,classed:Hi,text:Fi,html:Bi,raise:qi,lower:ji,append:Wi,insert:Xi,remove:Yi,clone:Ui,datum:Ki,on:Zi,dispatch:Ji,[Symbol.iterator]:ea};var Ne=ta;function ce(e){return typeof e=="string"?new Q([[document.querySelector(e)]],[document.documentElement]):new Q([[e]],Cr)}function na(e){let t;for(;t=e.sourceEvent;)e=t;return e}function Ee(e,t){if(e=na(e),t===void 0&&(t=e.currentTarget),t){var n=t.ownerSVGElement||t;if(n.createSVGPoint){var r=n.createSVGPoint();return r.x=e.clientX,r.y=e.clientY,r=r.matrixTransform(t.getScreenCTM().inverse()),[r.x,r.y]}if(t.getBoundingClientRect){var o=t.getBoundingClientRect();return[e.clientX-o.left-t.clientLeft,e.clientY-o.top-t.clientTop]}}return[e.pageX,e.pageY]}var of={value:()=>{}};function Gt(){for(var e=0,t=arguments.length,n={},r;e<t;++e){if(!(r=arguments[e]+"")||r in n||/[\s.]/.test(r))throw new Error("illegal type: "+r);n[r]=[]}return new wn(n)}function wn(e){this._=e}function af(e,t){return e.trim().split(/^|\s+/).map(function(n){var r="",o=n.indexOf(".");if(o>=0&&(r=n.slice(o+1),n=n.slice(0,o)),n&&!t.hasOwnProperty(n))throw new Error("unknown type: "+n);return{type:n,name:r}})}wn.prototype=Gt.prototype={constructor:wn,on:function(e,t){var n=this._,r=af(e+"",n),o,i=-1,a=r.length;if(arguments.length<2){for(;++i<a;)if((o=(e=r[i]).type)&&(o=sf(n[o],e.name)))return o;return}if(t!=null&&typeof t!="function")throw new Error("invalid callback: "+t);for(;++i<a;)if(o=(e=r[i]).type)n[o]=ra(n[o],e.name,t);else if(t==null)for(o in n)n[o]=ra(n[o],e.name,null);return this},copy:function(){var e={},t=this._;for(var n in t)e[n]=t[n].slice();return new wn(e)},call:function(e,t){if((o=arguments.length-2)>0)for(var n=new Array(o),r=0,o,i;r<o;++r)n[r]=arguments[r+2];if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(i=this._[e],r=0,o=i.length;r<o;++r)i[r].value.apply(t,n)},apply:function(e,t,n){if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(var r=this._[e],o=0,i=r.length;o<i;++o)r[o].value.apply(t,n)}};function sf(e,t){for(var n=0,r=e.length,o;n<r;++n)if((o=e[n]).name===t)return o.value}function ra(e,t,n){for(var r=0,o=e.length;r<o;++r)if(e[r].name===t){e[r]=of,e=e.slice(0,r).concat(e.slice(r+1));break}return n!=null&&e.push({name:t,value:n}),e}var pt=0,Pt=0,Dt=0,ia=1e3,vn,It,kn=0,Ze=0,Sn=0,zt=typeof performance=="object"&&performance.now?performance:Date,aa=typeof window=="object"&&window.requestAnimationFrame?window.requestAnimationFrame.bind(window):function(e){setTimeout(e,17)};function $n(){return Ze||(aa(lf),Ze=zt.now()+Sn)}function lf(){Ze=0}function Mn(){this._call=this._time=this._next=null}Mn.prototype=Lr.prototype={constructor:Mn,restart:function(e,t,n){if(typeof e!="function")throw new TypeError("callback is not a function");n=(n==null?$n():+n)+(t==null?0:+t),!this._next&&It!==this&&(It?It._next=this:vn=this,It=this),this._call=e,this._time=n,Tr()},stop:function(){this._call&&(this._call=null,this._time=1/0,Tr())}};function Lr(e,t,n){var r=new Mn;return r.restart(e,t,n),r}function uf(){$n(),++pt;for(var e=vn,t;e;)(t=Ze-e._time)>=0&&e._call.call(void 0,t),e=e._next;--pt}function oa(){Ze=(kn=zt.now())+Sn,pt=Pt=0;try{uf()}finally{pt=0,ff(),Ze=0}}function cf(){var e=zt.now(),t=e-kn;t>ia&&(Sn-=t,kn=e)}function ff(){for(var e,t=vn,n,r=1/0;t;)t._call?(r>t._time&&(r=t._time),e=t,t=t._next):(n=t._next,t._next=null,t=e?e._next=n:vn=n);It=e,Tr(r)}function Tr(e){if(!pt){Pt&&(Pt=clearTimeout(Pt));var t=e-Ze;t>24?(e<1/0&&(Pt=setTimeout(oa,Math.ceil(e-zt.now()-Sn)+1)),Dt&&(Dt=clearInterval(Dt))):(Dt||(kn=zt.now(),Dt=setInterval(cf,ia)),pt=1,aa(oa))}}function Ar(e,t,n){var r=new Mn;return t=t==null?0:+t,r.restart(o=>{r.stop(),e(o+t)},t,n),r}var df=Gt("start","end","cancel","interrupt"),pf=[],ua=0,sa=1,_n=2,En=3,la=4,Cn=5,Vt=6;function Fe(e,t,n,r,o,i){var a=e.__transition;if(!a)e.__transition={};else if(n in a)return;mf(e,n,{name:t,index:r,group:o,on:df,tween:pf,time:i.time,delay:i.delay,duration:i.duration,ease:i.ease,timer:null,state:ua})}function Ht(e,t){var n=ne(e,t);if(n.state>ua)throw new Error("too late; already scheduled");return n}function ae(e,t){var n=ne(e,t);if(n.state>En)throw new Error("too late; already running");return n}function ne(e,t){var n=e.__transition;if(!n||!(n=n[t]))throw new Error("transition not found");return n}function mf(e,t,n){var r=e.__transition,o;r[t]=n,n.timer=Lr(i,0,n.time);function i(l){n.state=sa,n.timer.restart(a,n.delay,n.time),n.delay<=l&&a(l-n.delay)}function a(l){var c,f,d,g;if(n.state!==sa)return u();for(c in r)if(g=r[c],g.name===n.name){if(g.state===En)return Ar(a);g.state===la?(g.state=Vt,g.timer.stop(),g.on.call("interrupt",e,e.__data__,g.index,g.group),delete r[c]):+c<t&&(g.state=Vt,g.timer.stop(),g.on.call("cancel",e,e.__data__,g.index,g.group),delete r[c])}if(Ar(function(){n.state===En&&(n.state=la,n.timer.restart(s,n.delay,n.time),s(l))}),n.state=_n,n.on.call("start",e,e.__data__,n.index,n.group),n.state===_n){for(n.state=En,o=new Array(d=n.tween.length),c=0,f=-1;c<d;++c)(g=n.tween[c].value.call(e,e.__data__,n.index,n.group))&&(o[++f]=g);o.length=f+1}}function s(l){for(var c=l<n.duration?n.ease.call(null,l/n.duration):(n.timer.restart(u),n.state=Cn,1),f=-1,d=o.length;++f<d;)o[f].call(e,c);n.state===Cn&&(n.on.call("end",e,e.__data__,n.index,n.group),u())}function u(){n.state=Vt,n.timer.stop(),delete r[t];for(var l in r)return;delete e.__transition}}function Qe(e,t){var n=e.__transition,r,o,i=!0,a;if(n){t=t==null?null:t+"";for(a in n){if((r=n[a]).name!==t){i=!1;continue}o=r.state>_n&&r.state<Cn,r.state=Vt,r.timer.stop(),r.on.call(o?"interrupt":"cancel",e,e.__data__,r.index,r.group),delete n[a]}i&&delete e.__transition}}function ca(e){return this.each(function(){Qe(this,e)})}function yt(e,t,n){e.prototype=t.prototype=n,n.constructor=e}function qt(e,t){var n=Object.create(e.prototype);for(var r in t)n[r]=t[r];return n}function Be(){}var nt=.7,gt=1/nt,mt="\\s*([+-]?\\d+)\\s*",Ft="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*",_e="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*",hf=/^#([0-9a-f]{3,8})$/,gf=new RegExp(`^rgb\\(${mt},${mt},${mt}\\)$`),yf=new RegExp(`^rgb\\(${_e},${_e},${_e}\\)$`),bf=new RegExp(`^rgba\\(${mt},${mt},${mt},${Ft}\\)$`),xf=new RegExp(`^rgba\\(${_e},${_e},${_e},${Ft}\\)$`),wf=new RegExp(`^hsl\\(${Ft},${_e},${_e}\\)$`),vf=new RegExp(`^hsla\\(${Ft},${_e},${_e},${Ft}\\)$`),fa={aliceblue:15792383,antiquewhite:16444375,aqua:65535,aquamarine:8388564,azure:15794175,beige:16119260,bisque:16770244,black:0,blanchedalmond:16772045,blue:255,blueviolet:9055202,brown:10824234,burlywood:14596231,cadetblue:6266528,chartreuse:8388352,chocolate:13789470,coral:16744272,cornflowerblue:6591981,cornsilk:16775388,crimson:14423100,cyan:65535,darkblue:139,darkcyan:35723,darkgoldenrod:12092939,darkgray:11119017,darkgreen:25600,darkgrey:11119017,darkkhaki:12433259,darkmagenta:9109643,darkolivegreen:5597999,darkorange:16747520,darkorchid:10040012,darkred:9109504,darksalmon:15308410,darkseagreen:9419919,darkslateblue:4734347,darkslategray:3100495,darkslategrey:3100495,darkturquoise:52945,darkviolet:9699539,deeppink:16716947,deepskyblue:49151,dimgray:6908265,dimgrey:6908265,dodgerblue:2003199,firebrick:11674146,floralwhite:16775920,forestgreen:2263842,fuchsia:16711935,gainsboro:14474460,ghostwhite:16316671,gold:16766720,goldenrod:14329120,gray:8421504,green:32768,greenyellow:11403055,grey:8421504,honeydew:15794160,hotpink:16738740,indianred:13458524,indigo:4915330,ivory:16777200,khaki:15787660,lavender:15132410,lavenderblush:16773365,lawngreen:8190976,lemonchiffon:16775885,lightblue:11393254,lightcoral:15761536,lightcyan:14745599,lightgoldenrodyellow:16448210,lightgray:13882323,lightgreen:9498256,lightgrey:13882323,lightpink:16758465,lightsalmon:16752762,lightseagreen:2142890,lightskyblue:8900346,lightslategray:7833753,lightslategrey:7833753,lightsteelblue:11584734,lightyellow:16777184,lime:65280,limegreen:3329330,linen:16445670,magenta:16711935,maroon:8388608,mediumaquamarine:6737322,mediumblue:205,mediumorchid:12211667,mediumpurple:9662683,mediumseagreen:3978097,mediumslateblue:8087790,mediumspringgreen:64154,mediumturquoise:4772300,mediumvioletred:13047173,midnightblue:1644912,mintcream:16121850,mistyrose:16770273,moccasin:16770229,navajowhite:16768685,navy:128,oldlace:16643558,olive:8421376,olivedrab:7048739,orange:16753920,orangered:16729344,orchid:14315734,palegoldenrod:15657130,palegreen:10025880,paleturquoise:11529966,palevioletred:14381203,papayawhip:16773077,peachpuff:16767673,peru:13468991,pink:16761035,plum:14524637,powderblue:11591910,purple:8388736,rebeccapurple:6697881,red:16711680,rosybrown:12357519,royalblue:4286945,saddlebrown:9127187,salmon:16416882,sandybrown:16032864,seagreen:3050327,seashell:16774638,sienna:10506797,silver:12632256,skyblue:8900331,slateblue:6970061,slategray:7372944,slategrey:7372944,snow:16775930,springgreen:65407,steelblue:4620980,tan:13808780,teal:32896,thistle:14204888,tomato:16737095,turquoise:4251856,violet:15631086,wheat:16113331,white:16777215,whitesmoke:16119285,yellow:16776960,yellowgreen:10145074};yt(Be,Ge,{copy(e){return Object.assign(new this.constructor,this,e)},displayable(){return this.rgb().displayable()},hex:da,formatHex:da,formatHex8:kf,formatHsl:Mf,formatRgb:pa,toString:pa});function da(){return this.rgb().formatHex()}function kf(){return this.rgb().formatHex8()}function Mf(){return ka(this).formatHsl()}function pa(){return this.rgb().formatRgb()}function Ge(e){var t,n;return e=(e+"").trim().toLowerCase(),(t=hf.exec(e))?(n=t[1].length,t=parseInt(t[1],16),n===6?ma(t):n===3?new ie(t>>8&15|t>>4&240,t>>4&15|t&240,(t&15)<<4|t&15,1):n===8?Tn(t>>24&255,t>>16&255,t>>8&255,(t&255)/255):n===4?Tn(t>>12&15|t>>8&240,t>>8&15|t>>4&240,t>>4&15|t&240,((t&15)<<4|t&15)/255):null):(t=gf.exec(e))?new ie(t[1],t[2],t[3],1):(t=yf.exec(e))?new ie(t[1]*255/100,t[2]*255/100,t[3]*255/100,1):(t=bf.exec(e))?Tn(t[1],t[2],t[3],t[4]):(t=xf.exec(e))?Tn(t[1]*255/100,t[2]*255/100,t[3]*255/100,t[4]):(t=wf.exec(e))?ya(t[1],t[2]/100,t[3]/100,1):(t=vf.exec(e))?ya(t[1],t[2]/100,t[3]/100,t[4]):fa.hasOwnProperty(e)?ma(fa[e]):e==="transparent"?new ie(NaN,NaN,NaN,0):null}function ma(e){return new ie(e>>16&255,e>>8&255,e&255,1)}function Tn(e,t,n,r){return r<=0&&(e=t=n=NaN),new ie(e,t,n,r)}function Pr(e){return e instanceof Be||(e=Ge(e)),e?(e=e.rgb(),new ie(e.r,e.g,e.b,e.opacity)):new ie}function jt(e,t,n,r){return arguments.length===1?Pr(e):new ie(e,t,n,r??1)}function ie(e,t,n,r){this.r=+e,this.g=+t,this.b=+n,this.opacity=+r}yt(ie,jt,qt(Be,{brighter(e){return e=e==null?gt:Math.pow(gt,e),new ie(this.r*e,this.g*e,this.b*e,this.opacity)},darker(e){return e=e==null?nt:Math.pow(nt,e),new ie(this.r*e,this.g*e,this.b*e,this.opacity)},rgb(){return this},clamp(){return new ie(et(this.r),et(this.g),et(this.b),An(this.opacity))},displayable(){return-.5<=this.r&&this.r<255.5&&-.5<=this.g&&this.g<255.5&&-.5<=this.b&&this.b<255.5&&0<=this.opacity&&this.opacity<=1},hex:ha,formatHex:ha,formatHex8:Sf,formatRgb:ga,toString:ga}));function ha(){return`#${Je(this.r)}${Je(this.g)}${Je(this.b)}`}function Sf(){return`#${Je(this.r)}${Je(this.g)}${Je(this.b)}${Je((isNaN(this.opacity)?1:this.opacity)*255)}`}function ga(){let e=An(this.opacity);return`${e===1?"rgb(":"rgba("}${et(this.r)}, ${et(this.g)}, ${et(this.b)}${e===1?")":`, ${e})`}`}function An(e){return isNaN(e)?1:Math.max(0,Math.min(1,e))}function et(e){return Math.max(0,Math.min(255,Math.round(e)||0))}function Je(e){return e=et(e),(e<16?"0":"")+e.toString(16)}function ya(e,t,n,r){return r<=0?e=t=n=NaN:n<=0||n>=1?e=t=NaN:t<=0&&(e=NaN),new xe(e,t,n,r)}function ka(e){if(e instanceof xe)return new xe(e.h,e.s,e.l,e.opacity);if(e instanceof Be||(e=Ge(e)),!e)return new xe;if(e instanceof xe)return e;e=e.rgb();var t=e.r/255,n=e.g/255,r=e.b/255,o=Math.min(t,n,r),i=Math.max(t,n,r),a=NaN,s=i-o,u=(i+o)/2;return s?(t===i?a=(n-r)/s+(n<r)*6:n===i?a=(r-t)/s+2:a=(t-n)/s+4,s/=u<.5?i+o:2-i-o,a*=60):s=u>0&&u<1?0:a,new xe(a,s,u,e.opacity)}function Nn(e,t,n,r){return arguments.length===1?ka(e):new xe(e,t,n,r??1)}function xe(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}yt(xe,Nn,qt(Be,{brighter(e){return e=e==null?gt:Math.pow(gt,e),new xe(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?nt:Math.pow(nt,e),new xe(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=this.h%360+(this.h<0)*360,t=isNaN(e)||isNaN(this.s)?0:this.s,n=this.l,r=n+(n<.5?n:1-n)*t,o=2*n-r;return new ie(Rr(e>=240?e-240:e+120,o,r),Rr(e,o,r),Rr(e<120?e+240:e-120,o,r),this.opacity)},clamp(){return new xe(ba(this.h),Ln(this.s),Ln(this.l),An(this.opacity))},displayable(){return(0<=this.s&&this.s<=1||isNaN(this.s))&&0<=this.l&&this.l<=1&&0<=this.opacity&&this.opacity<=1},formatHsl(){let e=An(this.opacity);return`${e===1?"hsl(":"hsla("}${ba(this.h)}, ${Ln(this.s)*100}%, ${Ln(this.l)*100}%${e===1?")":`, ${e})`}`}}));function ba(e){return e=(e||0)%360,e<0?e+360:e}function Ln(e){return Math.max(0,Math.min(1,e||0))}function Rr(e,t,n){return(e<60?t+(n-t)*e/60:e<180?n:e<240?t+(n-t)*(240-e)/60:t)*255}var Ma=Math.PI/180,Sa=180/Math.PI,Rn=18,$a=.96422,Ea=1,_a=.82521,Ca=4/29,ht=6/29,Ta=3*ht*ht,$f=ht*ht*ht;function La(e){if(e instanceof Ce)return new Ce(e.l,e.a,e.b,e.opacity);if(e instanceof Oe)return Ra(e);e instanceof ie||(e=Pr(e));var t=Dr(e.r),n=Dr(e.g),r=Dr(e.b),o=Nr((.2225045*t+.7168786*n+.0606169*r)/Ea),i,a;return t===n&&n===r?i=a=o:(i=Nr((.4360747*t+.3850649*n+.1430804*r)/$a),a=Nr((.0139322*t+.0971045*n+.7141733*r)/_a)),new Ce(116*o-16,500*(i-o),200*(o-a),e.opacity)}function Aa(e,t,n,r){return arguments.length===1?La(e):new Ce(e,t,n,r??1)}function Ce(e,t,n,r){this.l=+e,this.a=+t,this.b=+n,this.opacity=+r}yt(Ce,Aa,qt(Be,{brighter(e){return new Ce(this.l+Rn*(e??1),this.a,this.b,this.opacity)},darker(e){return new Ce(this.l-Rn*(e??1),this.a,this.b,this.opacity)},rgb(){var e=(this.l+16)/116,t=isNaN(this.a)?e:e+this.a/500,n=isNaN(this.b)?e:e-this.b/200;return t=$a*Or(t),e=Ea*Or(e),n=_a*Or(n),new ie(Gr(3.1338561*t-1.6168667*e-.4906146*n),Gr(-.9787684*t+1.9161415*e+.033454*n),Gr(.0719453*t-.2289914*e+1.4052427*n),this.opacity)}}));function Nr(e){return e>$f?Math.pow(e,1/3):e/Ta+Ca}function Or(e){return e>ht?e*e*e:Ta*(e-Ca)}function Gr(e){return 255*(e<=.0031308?12.92*e:1.055*Math.pow(e,1/2.4)-.055)}function Dr(e){return(e/=255)<=.04045?e/12.92:Math.pow((e+.055)/1.055,2.4)}function Ef(e){if(e instanceof Oe)return new Oe(e.h,e.c,e.l,e.opacity);if(e instanceof Ce||(e=La(e)),e.a===0&&e.b===0)return new Oe(NaN,0<e.l&&e.l<100?0:NaN,e.l,e.opacity);var t=Math.atan2(e.b,e.a)*Sa;return new Oe(t<0?t+360:t,Math.sqrt(e.a*e.a+e.b*e.b),e.l,e.opacity)}function On(e,t,n,r){return arguments.length===1?Ef(e):new Oe(e,t,n,r??1)}function Oe(e,t,n,r){this.h=+e,this.c=+t,this.l=+n,this.opacity=+r}function Ra(e){if(isNaN(e.h))return new Ce(e.l,0,0,e.opacity);var t=e.h*Ma;return new Ce(e.l,Math.cos(t)*e.c,Math.sin(t)*e.c,e.opacity)}yt(Oe,On,qt(Be,{brighter(e){return new Oe(this.h,this.c,this.l+Rn*(e??1),this.opacity)},darker(e){return new Oe(this.h,this.c,this.l-Rn*(e??1),this.opacity)},rgb(){return Ra(this).rgb()}}));var Na=-.14861,Ir=1.78277,zr=-.29227,Gn=-.90649,Bt=1.97294,xa=Bt*Gn,wa=Bt*Ir,va=Ir*zr-Gn*Na;function _f(e){if(e instanceof tt)return new tt(e.h,e.s,e.l,e.opacity);e instanceof ie||(e=Pr(e));var t=e.r/255,n=e.g/255,r=e.b/255,o=(va*r+xa*t-wa*n)/(va+xa-wa),i=r-o,a=(Bt*(n-o)-zr*i)/Gn,s=Math.sqrt(a*a+i*i)/(Bt*o*(1-o)),u=s?Math.atan2(a,i)*Sa-120:NaN;return new tt(u<0?u+360:u,s,o,e.opacity)}function Dn(e,t,n,r){return arguments.length===1?_f(e):new tt(e,t,n,r??1)}function tt(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}yt(tt,Dn,qt(Be,{brighter(e){return e=e==null?gt:Math.pow(gt,e),new tt(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?nt:Math.pow(nt,e),new tt(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=isNaN(this.h)?0:(this.h+120)*Ma,t=+this.l,n=isNaN(this.s)?0:this.s*t*(1-t),r=Math.cos(e),o=Math.sin(e);return new ie(255*(t+n*(Na*r+Ir*o)),255*(t+n*(zr*r+Gn*o)),255*(t+n*(Bt*r)),this.opacity)}}));function Da(e,t,n,r,o){var i=e*e,a=i*e;return((1-3*e+3*i-a)*t+(4-6*i+3*a)*n+(1+3*e+3*i-3*a)*r+a*o)/6}function Cf(e){var t=e.length-1;return function(n){var r=n<=0?n=0:n>=1?(n=1,t-1):Math.floor(n*t),o=e[r],i=e[r+1],a=r>0?e[r-1]:2*o-i,s=r<t-1?e[r+2]:2*i-o;return Da((n-r/t)*t,a,o,i,s)}}function Tf(e){var t=e.length;return function(n){var r=Math.floor(((n%=1)<0?++n:n)*t),o=e[(r+t-1)%t],i=e[r%t],a=e[(r+1)%t],s=e[(r+2)%t];return Da((n-r/t)*t,o,i,a,s)}}var In=e=>()=>e;function Pa(e,t){return function(n){return e+n*t}}function Lf(e,t,n){return e=Math.pow(e,n),t=Math.pow(t,n)-e,n=1/n,function(r){return Math.pow(e+r*t,n)}}function Br(e,t){var n=t-e;return n?Pa(e,n>180||n<-180?n-360*Math.round(n/360):n):In(isNaN(e)?t:e)}function Af(e){return(e=+e)==1?pe:function(t,n){return n-t?Lf(t,n,e):In(isNaN(t)?n:t)}}function pe(e,t){var n=t-e;return n?Pa(e,n):In(isNaN(e)?t:e)}var Wt=(function e(t){var n=Af(t);function r(o,i){var a=n((o=jt(o)).r,(i=jt(i)).r),s=n(o.g,i.g),u=n(o.b,i.b),l=pe(o.opacity,i.opacity);return function(c){return o.r=a(c),o.g=s(c),o.b=u(c),o.opacity=l(c),o+""}}return r.gamma=e,r})(1);function Ia(e){return function(t){var n=t.length,r=new Array(n),o=new Array(n),i=new Array(n),a,s;for(a=0;a<n;++a)s=jt(t[a]),r[a]=s.r||0,o[a]=s.g||0,i[a]=s.b||0;return r=e(r),o=e(o),i=e(i),s.opacity=1,function(u){return s.r=r(u),s.g=o(u),s.b=i(u),s+""}}}var Gb=Ia(Cf),Db=Ia(Tf);function Rf(e,t){t||(t=[]);var n=e?Math.min(t.length,e.length):0,r=t.slice(),o;return function(i){for(o=0;o<n;++o)r[o]=e[o]*(1-i)+t[o]*i;return r}}function Nf(e){return ArrayBuffer.isView(e)&&!(e instanceof DataView)}function Of(e,t){var n=t?t.length:0,r=e?Math.min(n,e.length):0,o=new Array(r),i=new Array(n),a;for(a=0;a<r;++a)o[a]=zn(e[a],t[a]);for(;a<n;++a)i[a]=t[a];return function(s){for(a=0;a<r;++a)i[a]=o[a](s);return i}}function Gf(e,t){var n=new Date;return e=+e,t=+t,function(r){return n.setTime(e*(1-r)+t*r),n}}function ge(e,t){return e=+e,t=+t,function(n){return e*(1-n)+t*n}}function Df(e,t){var n={},r={},o;(e===null||typeof e!="object")&&(e={}),(t===null||typeof t!="object")&&(t={});for(o in t)o in e?n[o]=zn(e[o],t[o]):r[o]=t[o];return function(i){for(o in n)r[o]=n[o](i);return r}}var Hr=/[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g,Vr=new RegExp(Hr.source,"g");function Pf(e){return function(){return e}}function If(e){return function(t){return e(t)+""}}function qr(e,t){var n=Hr.lastIndex=Vr.lastIndex=0,r,o,i,a=-1,s=[],u=[];for(e=e+"",t=t+"";(r=Hr.exec(e))&&(o=Vr.exec(t));)(i=o.index)>n&&(i=t.slice(n,i),s[a]?s[a]+=i:s[++a]=i),(r=r[0])===(o=o[0])?s[a]?s[a]+=o:s[++a]=o:(s[++a]=null,u.push({i:a,x:ge(r,o)})),n=Vr.lastIndex;return n<t.length&&(i=t.slice(n),s[a]?s[a]+=i:s[++a]=i),s.length<2?u[0]?If(u[0].x):Pf(t):(t=u.length,function(l){for(var c=0,f;c<t;++c)s[(f=u[c]).i]=f.x(l);return s.join("")})}function zn(e,t){var n=typeof t,r;return t==null||n==="boolean"?In(t):(n==="number"?ge:n==="string"?(r=Ge(t))?(t=r,Wt):qr:t instanceof Ge?Wt:t instanceof Date?Gf:Nf(t)?Rf:Array.isArray(t)?Of:typeof t.valueOf!="function"&&typeof t.toString!="function"||isNaN(t)?Df:ge)(e,t)}function za(e,t){return e=+e,t=+t,function(n){return Math.round(e*(1-n)+t*n)}}var Oa=180/Math.PI,Fr={translateX:0,translateY:0,rotate:0,skewX:0,scaleX:1,scaleY:1};function Va(e,t,n,r,o,i){var a,s,u;return(a=Math.sqrt(e*e+t*t))&&(e/=a,t/=a),(u=e*n+t*r)&&(n-=e*u,r-=t*u),(s=Math.sqrt(n*n+r*r))&&(n/=s,r/=s,u/=s),e*r<t*n&&(e=-e,t=-t,u=-u,a=-a),{translateX:o,translateY:i,rotate:Math.atan2(t,e)*Oa,skewX:Math.atan(u)*Oa,scaleX:a,scaleY:s}}var Pn;function zf(e){let t=new(typeof DOMMatrix=="function"?DOMMatrix:WebKitCSSMatrix)(e+"");return t.isIdentity?Fr:Va(t.a,t.b,t.c,t.d,t.e,t.f)}function Vf(e){return e==null||(Pn||(Pn=document.createElementNS("http://www.w3.org/2000/svg","g")),Pn.setAttribute("transform",e),!(e=Pn.transform.baseVal.consolidate()))?Fr:(e=e.matrix,Va(e.a,e.b,e.c,e.d,e.e,e.f))}function Ha(e,t,n,r){function o(l){return l.length?l.pop()+" ":""}function i(l,c,f,d,g,S){if(l!==f||c!==d){var C=g.push("translate(",null,t,null,n);S.push({i:C-4,x:ge(l,f)},{i:C-2,x:ge(c,d)})}else(f||d)&&g.push("translate("+f+t+d+n)}function a(l,c,f,d){l!==c?(l-c>180?c+=360:c-l>180&&(l+=360),d.push({i:f.push(o(f)+"rotate(",null,r)-2,x:ge(l,c)})):c&&f.push(o(f)+"rotate("+c+r)}function s(l,c,f,d){l!==c?d.push({i:f.push(o(f)+"skewX(",null,r)-2,x:ge(l,c)}):c&&f.push(o(f)+"skewX("+c+r)}function u(l,c,f,d,g,S){if(l!==f||c!==d){var C=g.push(o(g)+"scale(",null,",",null,")");S.push({i:C-4,x:ge(l,f)},{i:C-2,x:ge(c,d)})}else(f!==1||d!==1)&&g.push(o(g)+"scale("+f+","+d+")")}return function(l,c){var f=[],d=[];return l=e(l),c=e(c),i(l.translateX,l.translateY,c.translateX,c.translateY,f,d),a(l.rotate,c.rotate,f,d),s(l.skewX,c.skewX,f,d),u(l.scaleX,l.scaleY,c.scaleX,c.scaleY,f,d),l=c=null,function(g){for(var S=-1,C=d.length,$;++S<C;)f[($=d[S]).i]=$.x(g);return f.join("")}}}var Fa=Ha(zf,"px, ","px)","deg)"),Ba=Ha(Vf,", ",")",")"),Hf=1e-12;function Ga(e){return((e=Math.exp(e))+1/e)/2}function Ff(e){return((e=Math.exp(e))-1/e)/2}function Bf(e){return((e=Math.exp(2*e))-1)/(e+1)}var qa=(function e(t,n,r){function o(i,a){var s=i[0],u=i[1],l=i[2],c=a[0],f=a[1],d=a[2],g=c-s,S=f-u,C=g*g+S*S,$,w;if(C<Hf)w=Math.log(d/l)/t,$=function(q){return[s+q*g,u+q*S,l*Math.exp(t*q*w)]};else{var G=Math.sqrt(C),P=(d*d-l*l+r*C)/(2*l*n*G),D=(d*d-l*l-r*C)/(2*d*n*G),H=Math.log(Math.sqrt(P*P+1)-P),O=Math.log(Math.sqrt(D*D+1)-D);w=(O-H)/t,$=function(q){var W=q*w,B=Ga(H),A=l/(n*G)*(B*Bf(t*W+H)-Ff(H));return[s+A*g,u+A*S,l*B/Ga(t*W+H)]}}return $.duration=Math.abs(w)*1e3*t/Math.SQRT2,$}return o.rho=function(i){var a=Math.max(.001,+i),s=a*a,u=s*s;return e(a,s,u)},o})(Math.SQRT2,2,4);function ja(e){return function(t,n){var r=e((t=Nn(t)).h,(n=Nn(n)).h),o=pe(t.s,n.s),i=pe(t.l,n.l),a=pe(t.opacity,n.opacity);return function(s){return t.h=r(s),t.s=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var Pb=ja(Br),Ib=ja(pe);function Wa(e){return function(t,n){var r=e((t=On(t)).h,(n=On(n)).h),o=pe(t.c,n.c),i=pe(t.l,n.l),a=pe(t.opacity,n.opacity);return function(s){return t.h=r(s),t.c=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var zb=Wa(Br),Vb=Wa(pe);function Xa(e){return(function t(n){n=+n;function r(o,i){var a=e((o=Dn(o)).h,(i=Dn(i)).h),s=pe(o.s,i.s),u=pe(o.l,i.l),l=pe(o.opacity,i.opacity);return function(c){return o.h=a(c),o.s=s(c),o.l=u(Math.pow(c,n)),o.opacity=l(c),o+""}}return r.gamma=t,r})(1)}var Hb=Xa(Br),Fb=Xa(pe);function qf(e,t){var n,r;return function(){var o=ae(this,e),i=o.tween;if(i!==n){r=n=i;for(var a=0,s=r.length;a<s;++a)if(r[a].name===t){r=r.slice(),r.splice(a,1);break}}o.tween=r}}function jf(e,t,n){var r,o;if(typeof n!="function")throw new Error;return function(){var i=ae(this,e),a=i.tween;if(a!==r){o=(r=a).slice();for(var s={name:t,value:n},u=0,l=o.length;u<l;++u)if(o[u].name===t){o[u]=s;break}u===l&&o.push(s)}i.tween=o}}function Ya(e,t){var n=this._id;if(e+="",arguments.length<2){for(var r=ne(this.node(),n).tween,o=0,i=r.length,a;o<i;++o)if((a=r[o]).name===e)return a.value;return null}return this.each((t==null?qf:jf)(n,e,t))}function bt(e,t,n){var r=e._id;return e.each(function(){var o=ae(this,r);(o.value||(o.value={}))[t]=n.apply(this,arguments)}),function(o){return ne(o,r).value[t]}}function Vn(e,t){var n;return(typeof t=="number"?ge:t instanceof Ge?Wt:(n=Ge(t))?(t=n,Wt):qr)(e,t)}function Wf(e){return function(){this.removeAttribute(e)}}function Xf(e){return function(){this.removeAttributeNS(e.space,e.local)}}function Yf(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttribute(e);return a===o?null:a===r?i:i=t(r=a,n)}}function Uf(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttributeNS(e.space,e.local);return a===o?null:a===r?i:i=t(r=a,n)}}function Kf(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttribute(e):(a=this.getAttribute(e),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function Zf(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttributeNS(e.space,e.local):(a=this.getAttributeNS(e.space,e.local),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function Ua(e,t){var n=Re(e),r=n==="transform"?Ba:Vn;return this.attrTween(e,typeof t=="function"?(n.local?Zf:Kf)(n,r,bt(this,"attr."+e,t)):t==null?(n.local?Xf:Wf)(n):(n.local?Uf:Yf)(n,r,t))}function Qf(e,t){return function(n){this.setAttribute(e,t.call(this,n))}}function Jf(e,t){return function(n){this.setAttributeNS(e.space,e.local,t.call(this,n))}}function ed(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&Jf(e,i)),n}return o._value=t,o}function td(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&Qf(e,i)),n}return o._value=t,o}function Ka(e,t){var n="attr."+e;if(arguments.length<2)return(n=this.tween(n))&&n._value;if(t==null)return this.tween(n,null);if(typeof t!="function")throw new Error;var r=Re(e);return this.tween(n,(r.local?ed:td)(r,t))}function nd(e,t){return function(){Ht(this,e).delay=+t.apply(this,arguments)}}function rd(e,t){return t=+t,function(){Ht(this,e).delay=t}}function Za(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?nd:rd)(t,e)):ne(this.node(),t).delay}function od(e,t){return function(){ae(this,e).duration=+t.apply(this,arguments)}}function id(e,t){return t=+t,function(){ae(this,e).duration=t}}function Qa(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?od:id)(t,e)):ne(this.node(),t).duration}function ad(e,t){if(typeof t!="function")throw new Error;return function(){ae(this,e).ease=t}}function Ja(e){var t=this._id;return arguments.length?this.each(ad(t,e)):ne(this.node(),t).ease}function sd(e,t){return function(){var n=t.apply(this,arguments);if(typeof n!="function")throw new Error;ae(this,e).ease=n}}function es(e){if(typeof e!="function")throw new Error;return this.each(sd(this._id,e))}function ts(e){typeof e!="function"&&(e=Nt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new fe(r,this._parents,this._name,this._id)}function ns(e){if(e._id!==this._id)throw new Error;for(var t=this._groups,n=e._groups,r=t.length,o=n.length,i=Math.min(r,o),a=new Array(r),s=0;s<i;++s)for(var u=t[s],l=n[s],c=u.length,f=a[s]=new Array(c),d,g=0;g<c;++g)(d=u[g]||l[g])&&(f[g]=d);for(;s<r;++s)a[s]=t[s];return new fe(a,this._parents,this._name,this._id)}function ld(e){return(e+"").trim().split(/^|\s+/).every(function(t){var n=t.indexOf(".");return n>=0&&(t=t.slice(0,n)),!t||t==="start"})}function ud(e,t,n){var r,o,i=ld(t)?Ht:ae;return function(){var a=i(this,e),s=a.on;s!==r&&(o=(r=s).copy()).on(t,n),a.on=o}}function rs(e,t){var n=this._id;return arguments.length<2?ne(this.node(),n).on.on(e):this.each(ud(n,e,t))}function cd(e){return function(){var t=this.parentNode;for(var n in this.__transition)if(+n!==e)return;t&&t.removeChild(this)}}function os(){return this.on("end.remove",cd(this._id))}function is(e){var t=this._name,n=this._id;typeof e!="function"&&(e=Ke(e));for(var r=this._groups,o=r.length,i=new Array(o),a=0;a<o;++a)for(var s=r[a],u=s.length,l=i[a]=new Array(u),c,f,d=0;d<u;++d)(c=s[d])&&(f=e.call(c,c.__data__,d,s))&&("__data__"in c&&(f.__data__=c.__data__),l[d]=f,Fe(l[d],t,n,d,l,ne(c,n)));return new fe(i,this._parents,t,n)}function as(e){var t=this._name,n=this._id;typeof e!="function"&&(e=Rt(e));for(var r=this._groups,o=r.length,i=[],a=[],s=0;s<o;++s)for(var u=r[s],l=u.length,c,f=0;f<l;++f)if(c=u[f]){for(var d=e.call(c,c.__data__,f,u),g,S=ne(c,n),C=0,$=d.length;C<$;++C)(g=d[C])&&Fe(g,t,n,C,d,S);i.push(d),a.push(c)}return new fe(i,a,t,n)}var fd=Ne.prototype.constructor;function ss(){return new fd(this._groups,this._parents)}function dd(e,t){var n,r,o;return function(){var i=He(this,e),a=(this.style.removeProperty(e),He(this,e));return i===a?null:i===n&&a===r?o:o=t(n=i,r=a)}}function ls(e){return function(){this.style.removeProperty(e)}}function pd(e,t,n){var r,o=n+"",i;return function(){var a=He(this,e);return a===o?null:a===r?i:i=t(r=a,n)}}function md(e,t,n){var r,o,i;return function(){var a=He(this,e),s=n(this),u=s+"";return s==null&&(u=s=(this.style.removeProperty(e),He(this,e))),a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s))}}function hd(e,t){var n,r,o,i="style."+t,a="end."+i,s;return function(){var u=ae(this,e),l=u.on,c=u.value[i]==null?s||(s=ls(t)):void 0;(l!==n||o!==c)&&(r=(n=l).copy()).on(a,o=c),u.on=r}}function us(e,t,n){var r=(e+="")=="transform"?Fa:Vn;return t==null?this.styleTween(e,dd(e,r)).on("end.style."+e,ls(e)):typeof t=="function"?this.styleTween(e,md(e,r,bt(this,"style."+e,t))).each(hd(this._id,e)):this.styleTween(e,pd(e,r,t),n).on("end.style."+e,null)}function gd(e,t,n){return function(r){this.style.setProperty(e,t.call(this,r),n)}}function yd(e,t,n){var r,o;function i(){var a=t.apply(this,arguments);return a!==o&&(r=(o=a)&&gd(e,a,n)),r}return i._value=t,i}function cs(e,t,n){var r="style."+(e+="");if(arguments.length<2)return(r=this.tween(r))&&r._value;if(t==null)return this.tween(r,null);if(typeof t!="function")throw new Error;return this.tween(r,yd(e,t,n??""))}function bd(e){return function(){this.textContent=e}}function xd(e){return function(){var t=e(this);this.textContent=t??""}}function fs(e){return this.tween("text",typeof e=="function"?xd(bt(this,"text",e)):bd(e==null?"":e+""))}function wd(e){return function(t){this.textContent=e.call(this,t)}}function vd(e){var t,n;function r(){var o=e.apply(this,arguments);return o!==n&&(t=(n=o)&&wd(o)),t}return r._value=e,r}function ds(e){var t="text";if(arguments.length<1)return(t=this.tween(t))&&t._value;if(e==null)return this.tween(t,null);if(typeof e!="function")throw new Error;return this.tween(t,vd(e))}function ps(){for(var e=this._name,t=this._id,n=Hn(),r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)if(u=a[l]){var c=ne(u,t);Fe(u,e,n,l,a,{time:c.time+c.delay+c.duration,delay:0,duration:c.duration,ease:c.ease})}return new fe(r,this._parents,e,n)}function ms(){var e,t,n=this,r=n._id,o=n.size();return new Promise(function(i,a){var s={value:a},u={value:function(){--o===0&&i()}};n.each(function(){var l=ae(this,r),c=l.on;c!==e&&(t=(e=c).copy(),t._.cancel.push(s),t._.interrupt.push(s),t._.end.push(u)),l.on=t}),o===0&&i()})}var kd=0;function fe(e,t,n,r){this._groups=e,this._parents=t,this._name=n,this._id=r}function hs(e){return Ne().transition(e)}function Hn(){return++kd}var De=Ne.prototype;fe.prototype=hs.prototype={constructor:fe,select:is,selectAll:as,selectChild:De.selectChild,selectChildren:De.selectChildren,filter:ts,merge:ns,selection:ss,transition:ps,call:De.call,nodes:De.nodes,node:De.node,size:De.size,empty:De.empty,each:De.each,on:rs,attr:Ua,attrTween:Ka,style:us,styleTween:cs,text:fs,textTween:ds,remove:os,tween:Ya,delay:Za,duration:Qa,ease:Ja,easeVarying:es,end:ms,[Symbol.iterator]:De[Symbol.iterator]};function ys(e){return((e*=2)<=1?e*e*e:(e-=2)*e*e+2)/2}var jr=3,fx=(function e(t){t=+t;function n(r){return Math.pow(r,t)}return n.exponent=e,n})(jr),dx=(function e(t){t=+t;function n(r){return 1-Math.pow(1-r,t)}return n.exponent=e,n})(jr),px=(function e(t){t=+t;function n(r){return((r*=2)<=1?Math.pow(r,t):2-Math.pow(2-r,t))/2}return n.exponent=e,n})(jr),Md=Math.PI,mx=Md/2;function Fn(e){return(Math.pow(2,-10*e)-.0009765625)*1.0009775171065494}var gs=4/11,hx=6/11,gx=8/11,yx=3/4,bx=9/11,xx=10/11,wx=15/16,vx=21/22,kx=63/64,Mx=1/gs/gs;var Wr=1.70158,Sx=(function e(t){t=+t;function n(r){return(r=+r)*r*(t*(r-1)+r)}return n.overshoot=e,n})(Wr),$x=(function e(t){t=+t;function n(r){return--r*r*((r+1)*t+r)+1}return n.overshoot=e,n})(Wr),Ex=(function e(t){t=+t;function n(r){return((r*=2)<1?r*r*((t+1)*r-t):(r-=2)*r*((t+1)*r+t)+2)/2}return n.overshoot=e,n})(Wr),xt=2*Math.PI,Xr=1,Yr=.3,_x=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=xt);function o(i){return t*Fn(- --i)*Math.sin((r-i)/n)}return o.amplitude=function(i){return e(i,n*xt)},o.period=function(i){return e(t,i)},o})(Xr,Yr),Cx=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=xt);function o(i){return 1-t*Fn(i=+i)*Math.sin((i+r)/n)}return o.amplitude=function(i){return e(i,n*xt)},o.period=function(i){return e(t,i)},o})(Xr,Yr),Tx=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=xt);function o(i){return((i=i*2-1)<0?t*Fn(-i)*Math.sin((r-i)/n):2-t*Fn(i)*Math.sin((r+i)/n))/2}return o.amplitude=function(i){return e(i,n*xt)},o.period=function(i){return e(t,i)},o})(Xr,Yr);var Sd={time:null,delay:0,duration:250,ease:ys};function $d(e,t){for(var n;!(n=e.__transition)||!(n=n[t]);)if(!(e=e.parentNode))throw new Error(`transition ${t} not found`);return n}function bs(e){var t,n;e instanceof fe?(t=e._id,e=e._name):(t=Hn(),(n=Sd).time=$n(),e=e==null?null:e+"");for(var r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&Fe(u,e,t,l,a,n||$d(u,t));return new fe(r,this._parents,e,t)}Ne.prototype.interrupt=ca;Ne.prototype.transition=bs;var Ur={capture:!0,passive:!1};function Kr(e){e.preventDefault(),e.stopImmediatePropagation()}function xs(e){var t=e.document.documentElement,n=ce(e).on("dragstart.drag",Kr,Ur);"onselectstart"in t?n.on("selectstart.drag",Kr,Ur):(t.__noselect=t.style.MozUserSelect,t.style.MozUserSelect="none")}function ws(e,t){var n=e.document.documentElement,r=ce(e).on("dragstart.drag",null);t&&(r.on("click.drag",Kr,Ur),setTimeout(function(){r.on("click.drag",null)},0)),"onselectstart"in n?r.on("selectstart.drag",null):(n.style.MozUserSelect=n.__noselect,delete n.__noselect)}function Ed(e,{sourceEvent:t,subject:n,target:r,identifier:o,active:i,x:a,y:s,dx:u,dy:l,dispatch:c}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},subject:{value:n,enumerable:!0,configurable:!0},target:{value:r,enumerable:!0,configurable:!0},identifier:{value:o,enumerable:!0,configurable:!0},active:{value:i,enumerable:!0,configurable:!0},x:{value:a,enumerable:!0,configurable:!0},y:{value:s,enumerable:!0,configurable:!0},dx:{value:u,enumerable:!0,configurable:!0},dy:{value:l,enumerable:!0,configurable:!0},_:{value:c}})}Ed.prototype.on=function(){var e=this._.on.apply(this._,arguments);return e===this._?this:e};var Xt=e=>()=>e;function Zr(e,{sourceEvent:t,target:n,transform:r,dispatch:o}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},target:{value:n,enumerable:!0,configurable:!0},transform:{value:r,enumerable:!0,configurable:!0},_:{value:o}})}function we(e,t,n){this.k=e,this.x=t,this.y=n}we.prototype={constructor:we,scale:function(e){return e===1?this:new we(this.k*e,this.x,this.y)},translate:function(e,t){return e===0&t===0?this:new we(this.k,this.x+this.k*e,this.y+this.k*t)},apply:function(e){return[e[0]*this.k+this.x,e[1]*this.k+this.y]},applyX:function(e){return e*this.k+this.x},applyY:function(e){return e*this.k+this.y},invert:function(e){return[(e[0]-this.x)/this.k,(e[1]-this.y)/this.k]},invertX:function(e){return(e-this.x)/this.k},invertY:function(e){return(e-this.y)/this.k},rescaleX:function(e){return e.copy().domain(e.range().map(this.invertX,this).map(e.invert,e))},rescaleY:function(e){return e.copy().domain(e.range().map(this.invertY,this).map(e.invert,e))},toString:function(){return"translate("+this.x+","+this.y+") scale("+this.k+")"}};var rt=new we(1,0,0);wt.prototype=we.prototype;function wt(e){for(;!e.__zoom;)if(!(e=e.parentNode))return rt;return e.__zoom}function Bn(e){e.stopImmediatePropagation()}function vt(e){e.preventDefault(),e.stopImmediatePropagation()}function _d(e){return(!e.ctrlKey||e.type==="wheel")&&!e.button}function Cd(){var e=this;return e instanceof SVGElement?(e=e.ownerSVGElement||e,e.hasAttribute("viewBox")?(e=e.viewBox.baseVal,[[e.x,e.y],[e.x+e.width,e.y+e.height]]):[[0,0],[e.width.baseVal.value,e.height.baseVal.value]]):[[0,0],[e.clientWidth,e.clientHeight]]}function vs(){return this.__zoom||rt}function Td(e){return-e.deltaY*(e.deltaMode===1?.05:e.deltaMode?1:.002)*(e.ctrlKey?10:1)}function Ld(){return navigator.maxTouchPoints||"ontouchstart"in this}function Ad(e,t,n){var r=e.invertX(t[0][0])-n[0][0],o=e.invertX(t[1][0])-n[1][0],i=e.invertY(t[0][1])-n[0][1],a=e.invertY(t[1][1])-n[1][1];return e.translate(o>r?(r+o)/2:Math.min(0,r)||Math.max(0,o),a>i?(i+a)/2:Math.min(0,i)||Math.max(0,a))}function Qr(){var e=_d,t=Cd,n=Ad,r=Td,o=Ld,i=[0,1/0],a=[[-1/0,-1/0],[1/0,1/0]],s=250,u=qa,l=Gt("start","zoom","end"),c,f,d,g=500,S=150,C=0,$=10;function w(p){p.property("__zoom",vs).on("wheel.zoom",W,{passive:!1}).on("mousedown.zoom",B).on("dblclick.zoom",A).filter(o).on("touchstart.zoom",T).on("touchmove.zoom",N).on("touchend.zoom touchcancel.zoom",v).style("-webkit-tap-highlight-color","rgba(0,0,0,0)")}w.transform=function(p,b,y,M){var _=p.selection?p.selection():p;_.property("__zoom",vs),p!==_?H(p,b,y,M):_.interrupt().each(function(){O(this,arguments).event(M).start().zoom(null,typeof b=="function"?b.apply(this,arguments):b).end()})},w.scaleBy=function(p,b,y,M){w.scaleTo(p,function(){var _=this.__zoom.k,x=typeof b=="function"?b.apply(this,arguments):b;return _*x},y,M)},w.scaleTo=function(p,b,y,M){w.transform(p,function(){var _=t.apply(this,arguments),x=this.__zoom,h=y==null?D(_):typeof y=="function"?y.apply(this,arguments):y,E=x.invert(h),R=typeof b=="function"?b.apply(this,arguments):b;return n(P(G(x,R),h,E),_,a)},y,M)},w.translateBy=function(p,b,y,M){w.transform(p,function(){return n(this.__zoom.translate(typeof b=="function"?b.apply(this,arguments):b,typeof y=="function"?y.apply(this,arguments):y),t.apply(this,arguments),a)},null,M)},w.translateTo=function(p,b,y,M,_){w.transform(p,function(){var x=t.apply(this,arguments),h=this.__zoom,E=M==null?D(x):typeof M=="function"?M.apply(this,arguments):M;return n(rt.translate(E[0],E[1]).scale(h.k).translate(typeof b=="function"?-b.apply(this,arguments):-b,typeof y=="function"?-y.apply(this,arguments):-y),x,a)},M,_)};function G(p,b){return b=Math.max(i[0],Math.min(i[1],b)),b===p.k?p:new we(b,p.x,p.y)}function P(p,b,y){var M=b[0]-y[0]*p.k,_=b[1]-y[1]*p.k;return M===p.x&&_===p.y?p:new we(p.k,M,_)}function D(p){return[(+p[0][0]+ +p[1][0])/2,(+p[0][1]+ +p[1][1])/2]}function H(p,b,y,M){p.on("start.zoom",function(){O(this,arguments).event(M).start()}).on("interrupt.zoom end.zoom",function(){O(this,arguments).event(M).end()}).tween("zoom",function(){var _=this,x=arguments,h=O(_,x).event(M),E=t.apply(_,x),R=y==null?D(E):typeof y=="function"?y.apply(_,x):y,z=Math.max(E[1][0]-E[0][0],E[1][1]-E[0][1]),I=_.__zoom,L=typeof b=="function"?b.apply(_,x):b,F=u(I.invert(R).concat(z/I.k),L.invert(R).concat(z/L.k));return function(V){if(V===1)V=L;else{var j=F(V),U=z/j[2];V=new we(U,R[0]-j[0]*U,R[1]-j[1]*U)}h.zoom(null,V)}})}function O(p,b,y){return!y&&p.__zooming||new q(p,b)}function q(p,b){this.that=p,this.args=b,this.active=0,this.sourceEvent=null,this.extent=t.apply(p,b),this.taps=0}q.prototype={event:function(p){return p&&(this.sourceEvent=p),this},start:function(){return++this.active===1&&(this.that.__zooming=this,this.emit("start")),this},zoom:function(p,b){return this.mouse&&p!=="mouse"&&(this.mouse[1]=b.invert(this.mouse[0])),this.touch0&&p!=="touch"&&(this.touch0[1]=b.invert(this.touch0[0])),this.touch1&&p!=="touch"&&(this.touch1[1]=b.invert(this.touch1[0])),this.that.__zoom=b,this.emit("zoom"),this},end:function(){return--this.active===0&&(delete this.that.__zooming,this.emit("end")),this},emit:function(p){var b=ce(this.that).datum();l.call(p,this.that,new Zr(p,{sourceEvent:this.sourceEvent,target:w,type:p,transform:this.that.__zoom,dispatch:l}),b)}};function W(p,...b){if(!e.apply(this,arguments))return;var y=O(this,b).event(p),M=this.__zoom,_=Math.max(i[0],Math.min(i[1],M.k*Math.pow(2,r.apply(this,arguments)))),x=Ee(p);if(y.wheel)(y.mouse[0][0]!==x[0]||y.mouse[0][1]!==x[1])&&(y.mouse[1]=M.invert(y.mouse[0]=x)),clearTimeout(y.wheel);else{if(M.k===_)return;y.mouse=[x,M.invert(x)],Qe(this),y.start()}vt(p),y.wheel=setTimeout(h,S),y.zoom("mouse",n(P(G(M,_),y.mouse[0],y.mouse[1]),y.extent,a));function h(){y.wheel=null,y.end()}}function B(p,...b){if(d||!e.apply(this,arguments))return;var y=p.currentTarget,M=O(this,b,!0).event(p),_=ce(p.view).on("mousemove.zoom",R,!0).on("mouseup.zoom",z,!0),x=Ee(p,y),h=p.clientX,E=p.clientY;xs(p.view),Bn(p),M.mouse=[x,this.__zoom.invert(x)],Qe(this),M.start();function R(I){if(vt(I),!M.moved){var L=I.clientX-h,F=I.clientY-E;M.moved=L*L+F*F>C}M.event(I).zoom("mouse",n(P(M.that.__zoom,M.mouse[0]=Ee(I,y),M.mouse[1]),M.extent,a))}function z(I){_.on("mousemove.zoom mouseup.zoom",null),ws(I.view,M.moved),vt(I),M.event(I).end()}}function A(p,...b){if(e.apply(this,arguments)){var y=this.__zoom,M=Ee(p.changedTouches?p.changedTouches[0]:p,this),_=y.invert(M),x=y.k*(p.shiftKey?.5:2),h=n(P(G(y,x),M,_),t.apply(this,b),a);vt(p),s>0?ce(this).transition().duration(s).call(H,h,M,p):ce(this).call(w.transform,h,M,p)}}function T(p,...b){if(e.apply(this,arguments)){var y=p.touches,M=y.length,_=O(this,b,p.changedTouches.length===M).event(p),x,h,E,R;for(Bn(p),h=0;h<M;++h)E=y[h],R=Ee(E,this),R=[R,this.__zoom.invert(R),E.identifier],_.touch0?!_.touch1&&_.touch0[2]!==R[2]&&(_.touch1=R,_.taps=0):(_.touch0=R,x=!0,_.taps=1+!!c);c&&(c=clearTimeout(c)),x&&(_.taps<2&&(f=R[0],c=setTimeout(function(){c=null},g)),Qe(this),_.start())}}function N(p,...b){if(this.__zooming){var y=O(this,b).event(p),M=p.changedTouches,_=M.length,x,h,E,R;for(vt(p),x=0;x<_;++x)h=M[x],E=Ee(h,this),y.touch0&&y.touch0[2]===h.identifier?y.touch0[0]=E:y.touch1&&y.touch1[2]===h.identifier&&(y.touch1[0]=E);if(h=y.that.__zoom,y.touch1){var z=y.touch0[0],I=y.touch0[1],L=y.touch1[0],F=y.touch1[1],V=(V=L[0]-z[0])*V+(V=L[1]-z[1])*V,j=(j=F[0]-I[0])*j+(j=F[1]-I[1])*j;h=G(h,Math.sqrt(V/j)),E=[(z[0]+L[0])/2,(z[1]+L[1])/2],R=[(I[0]+F[0])/2,(I[1]+F[1])/2]}else if(y.touch0)E=y.touch0[0],R=y.touch0[1];else return;y.zoom("touch",n(P(h,E,R),y.extent,a))}}function v(p,...b){if(this.__zooming){var y=O(this,b).event(p),M=p.changedTouches,_=M.length,x,h;for(Bn(p),d&&clearTimeout(d),d=setTimeout(function(){d=null},g),x=0;x<_;++x)h=M[x],y.touch0&&y.touch0[2]===h.identifier?delete y.touch0:y.touch1&&y.touch1[2]===h.identifier&&delete y.touch1;if(y.touch1&&!y.touch0&&(y.touch0=y.touch1,delete y.touch1),y.touch0)y.touch0[1]=this.__zoom.invert(y.touch0[0]);else if(y.end(),y.taps===2&&(h=Ee(h,this),Math.hypot(f[0]-h[0],f[1]-h[1])<$)){var E=ce(this).on("dblclick.zoom");E&&E.apply(this,arguments)}}}return w.wheelDelta=function(p){return arguments.length?(r=typeof p=="function"?p:Xt(+p),w):r},w.filter=function(p){return arguments.length?(e=typeof p=="function"?p:Xt(!!p),w):e},w.touchable=function(p){return arguments.length?(o=typeof p=="function"?p:Xt(!!p),w):o},w.extent=function(p){return arguments.length?(t=typeof p=="function"?p:Xt([[+p[0][0],+p[0][1]],[+p[1][0],+p[1][1]]]),w):t},w.scaleExtent=function(p){return arguments.length?(i[0]=+p[0],i[1]=+p[1],w):[i[0],i[1]]},w.translateExtent=function(p){return arguments.length?(a[0][0]=+p[0][0],a[1][0]=+p[1][0],a[0][1]=+p[0][1],a[1][1]=+p[1][1],w):[[a[0][0],a[0][1]],[a[1][0],a[1][1]]]},w.constrain=function(p){return arguments.length?(n=p,w):n},w.duration=function(p){return arguments.length?(s=+p,w):s},w.interpolate=function(p){return arguments.length?(u=p,w):u},w.on=function(){var p=l.on.apply(l,arguments);return p===l?w:p},w.clickDistance=function(p){return arguments.length?(C=(p=+p)*p,w):Math.sqrt(C)},w.tapDistance=function(p){return arguments.length?($=+p,w):$},w}var Rd=10,ks=new WeakMap;function jn(e,t){let n=ks.get(e)??new Map;ks.set(e,n);let r=n.get(t);return r===void 0&&n.set(t,r=Dd(e,t)),r}function qn(e,t){let n=Nd(t),r=e.map(a=>[...a]),o=r,i=Ss(r,t);for(let a=0;a<Rd&&i>0;a++){r=Od(r,n,a%2===0);let s=Ss(r,t);s<i&&([o,i]=[r,s])}return o}function Nd(e){let t=new Map;for(let[n,r,o]of e)t.set(n,[...t.get(n)??[],[r,o]]),t.set(r,[...t.get(r)??[],[n,o]]);return t}function Od(e,t,n){let r=n?[...e]:[...e].reverse();for(let o=1;o<r.length;o++){let i=Ms(r[o-1]),a=Ms(r[o]),s=new Map(r[o].map(u=>[u,Gd(u,i,t)??a.get(u)]));r[o]=[...r[o]].sort((u,l)=>s.get(u)-s.get(l))}return n?r:r.reverse()}function Gd(e,t,n){let r=0,o=0;for(let[i,a]of n.get(e)??[]){let s=t.get(i);s!==void 0&&(r+=a,o+=a*s)}return r>0?o/r:null}function Ms(e){return new Map(e.map((t,n)=>[t,(n+.5)/e.length]))}function Ss(e,t){let n=new Map(e.flatMap(a=>a.map((s,u)=>[s,u]))),r=new Map(e.flatMap((a,s)=>a.map(u=>[u,s]))),o=new Map;for(let[a,s,u]of t){let[l,c]=[n.get(a),n.get(s)],f=r.get(a);l===void 0||c===void 0||f===void 0||o.set(f,[...o.get(f)??[],[l,c,u]])}let i=0;for(let a of o.values())a.forEach(([s,u,l],c)=>{for(let f=c+1;f<a.length;f++){let[d,g,S]=a[f];(s-d)*(u-g)<0&&(i+=l*S)}});return i}function Dd(e,t){let n=e.snapshots.flatMap($=>ue($,t)??[]),r=e.layers,o=Pd(n,r),i=$s(n,$=>$),a=qn(o.map($=>$.map(w=>w.key)),i),s=new Map,u=o.map(($,w)=>Id($,a[w],r[w],s)),l=n.map($=>Vd($,r,u,s)),c=new Map(n.map(($,w)=>[$.snapshot,l[w]])),f=$s(n,($,w)=>c.get(w.snapshot).get($)),d=new Map;for(let $ of l.flatMap(w=>[...w.values()]))d.set($,(d.get($)??0)+1);let g=qn(u,f).map($=>zd($,d)),S=new Map(g.flatMap($=>$.map((w,G)=>[w,G]))),C=new Map([...c].map(([$,w])=>[$,new Map([...w].map(([G,P])=>[G,S.get(P)]))]));return{layers:r,counts:new Map(r.map(($,w)=>[$,g[w].length])),at:$=>C.get($)??new Map}}function Pd(e,t){let n=new Map,r=new Map(t.map(o=>[o,[]]));return e.forEach((o,i)=>{for(let{key:a,group:s}of o.nodes){if(s.lineage===null)continue;let u=n.get(a);if(u!==void 0){u.last=i;continue}let l={key:a,first:i,last:i};n.set(a,l),r.get(s.layer)?.push(l)}}),t.map(o=>r.get(o))}function $s(e,t){let n=new Map;for(let r of e)for(let o of r.links){let[i,a]=[t(o.source,r),t(o.target,r)],s=n.get(i)??new Map;n.set(i,s),s.set(a,(s.get(a)??0)+Math.abs(o.share))}return[...n].flatMap(([r,o])=>[...o].map(([i,a])=>[r,i,a]))}function Id(e,t,n,r){let o=new Map(t.map((a,s)=>[a,s])),i=[];for(let a of e){let s=o.get(a.key),u=f=>Math.abs(Jr(f.ranks)-s),c=i.filter(f=>f.until<a.first).sort((f,d)=>u(f)-u(d))[0];c===void 0&&(c={name:`${n} ${i.length}`,until:-1,ranks:[]},i.push(c)),c.until=a.last,c.ranks.push(s),r.set(a.key,c.name)}return i.sort((a,s)=>Jr(a.ranks)-Jr(s.ranks)).map(a=>a.name)}function zd(e,t){let n=Math.max(...e.map(a=>t.get(a)??0)),r=e.filter(a=>2*(t.get(a)??0)<=n),o=Math.floor(r.length/2),i=e.filter(a=>!r.includes(a));return[...r.slice(0,o),...i,...r.slice(o)]}function Jr(e){return e.reduce((t,n)=>t+n,0)/e.length}function Vd(e,t,n,r){let o=new Map,i=new Set;for(let{key:a,group:s}of e.nodes){let u=s.lineage===null?void 0:r.get(a);u!==void 0&&(o.set(a,u),i.add(u))}for(let{key:a,group:s}of e.nodes){if(o.has(a))continue;let u=n[t.indexOf(s.layer)];if(u===void 0)continue;let l=u.find(c=>!i.has(c));l===void 0&&u.push(l=`${s.layer} ${u.length}`),o.set(a,l),i.add(l)}return o}var eo=12,[Es,Hd]=[76,260];function _s(e,t){let n=Math.max(1,e.layers.length);return n*t.width+(n-1)*Es}function to(e,t,n){let r=e.layers.map(l=>e.counts.get(l)??0),o=Math.max(1,r.length),i=t.height+eo,a=Math.max(1,...r)*i-eo,s=a*n.width/Math.max(1,n.height)-o*t.width,u=Math.min(Hd,Math.max(Es,s/Math.max(1,o-1)));return{width:o*t.width+(o-1)*u,height:a,card:t,pitch:{width:t.width+u,height:i},counts:r}}function no(e,t){return Math.max(1,e.counts[t]??1)*e.pitch.height-eo}function ro(e,t,n){return{x:t*e.pitch.width,y:(e.height-no(e,t))/2+n*e.pitch.height}}function Ts(e,t){let n=Cs(e,t,"source","target"),r=Cs(e,t,"target","source"),o=new Set([...n,...r]);return{keys:new Set([t,...[...o].flatMap(i=>[i.source,i.target])]),links:o}}function Cs(e,t,n,r){let o=new Map;for(let s of e)s.share!==0&&o.set(s[n],[...o.get(s[n])??[],s]);let i=new Map,a=s=>{let u=i.get(s);if(u!==void 0)return u;let l={strength:1,links:[]},c=-1;for(let f of o.get(s)??[]){let d=a(f[r]),g=Math.abs(f.share)*d.strength;g>c&&(c=g,l={strength:g,links:[f,...d.links]})}return i.set(s,l),l};return a(t).links}function Z(e){return function(){return e}}var Yt=Math.PI,oo=2*Yt,ot=1e-6,Fd=oo-ot;function Ls(e){this._+=e[0];for(let t=1,n=e.length;t<n;++t)this._+=arguments[t]+e[t]}function Bd(e){let t=Math.floor(e);if(!(t>=0))throw new Error(`invalid digits: ${e}`);if(t>15)return Ls;let n=10**t;return function(r){this._+=r[0];for(let o=1,i=r.length;o<i;++o)this._+=Math.round(arguments[o]*n)/n+r[o]}}function As(e,t,n,r){return e===n&&t===r}function qd(e){let t=Math.floor(e);if(!(t<=15))return As;let n=10**t,r=function(o){return Math.round(o*n)};return function(o,i,a,s){return r(o)===r(a)&&r(i)===r(s)}}var kt=class{constructor(t){this._x0=this._y0=this._x1=this._y1=null,this._="",this._append=t==null?Ls:Bd(t),this._equal=t==null?As:qd(t)}moveTo(t,n){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}`}closePath(){this._x1!==null&&(this._x1=this._x0,this._y1=this._y0,this._append`Z`)}lineTo(t,n){this._append`L${this._x1=+t},${this._y1=+n}`}quadraticCurveTo(t,n,r,o){this._append`Q${+t},${+n},${this._x1=+r},${this._y1=+o}`}bezierCurveTo(t,n,r,o,i,a){this._append`C${+t},${+n},${+r},${+o},${this._x1=+i},${this._y1=+a}`}arcTo(t,n,r,o,i){if(t=+t,n=+n,r=+r,o=+o,i=+i,i<0)throw new Error(`negative radius: ${i}`);let a=this._x1,s=this._y1,u=r-t,l=o-n,c=a-t,f=s-n,d=c*c+f*f;if(this._x1===null)this._append`M${this._x1=t},${this._y1=n}`;else if(d>ot)if(!(Math.abs(f*u-l*c)>ot)||!i)this._append`L${this._x1=t},${this._y1=n}`;else{let g=r-a,S=o-s,C=u*u+l*l,$=g*g+S*S,w=Math.sqrt(C),G=Math.sqrt(d),P=i*Math.tan((Yt-Math.acos((C+d-$)/(2*w*G)))/2),D=P/G,H=P/w;Math.abs(D-1)>ot&&this._append`L${t+D*c},${n+D*f}`,this._append`A${i},${i},0,0,${+(f*g>c*S)},${this._x1=t+H*u},${this._y1=n+H*l}`}}arc(t,n,r,o,i,a){if(t=+t,n=+n,r=+r,a=!!a,r<0)throw new Error(`negative radius: ${r}`);let s=r*Math.cos(o),u=r*Math.sin(o),l=t+s,c=n+u,f=1^a,d=a?o-i:i-o;if(this._x1===null?this._append`M${l},${c}`:(Math.abs(this._x1-l)>ot||Math.abs(this._y1-c)>ot)&&this._append`L${l},${c}`,!!r){if(d<0&&(d=d%oo+oo),d>Fd)this._append`A${r},${r},0,1,${f},${t-s},${n-u}A${r},${r},0,1,${f},${this._x1=l},${this._y1=c}`;else if(d>ot){let g=t+r*Math.cos(i),S=n+r*Math.sin(i);if(d>=Yt&&this._equal(l,c,g,S)){d/=2;let C=o+d;this._append`A${r},${r},0,${+(d>=Yt)},${f},${t+r*Math.cos(C)},${n+r*Math.sin(C)}`}this._append`A${r},${r},0,${+(d>=Yt)},${f},${this._x1=g},${this._y1=S}`}}}rect(t,n,r,o){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}h${r=+r}v${+o}h${-r}Z`}toString(){return this._}};function jd(){return new kt}jd.prototype=kt.prototype;function Mt(e){let t=3;return e.digits=function(n){if(!arguments.length)return t;if(n==null)t=null;else{let r=Math.floor(n);if(!(r>=0))throw new RangeError(`invalid digits: ${n}`);t=r}return e},()=>new kt(t)}var Rs=Array.prototype.slice;function Wn(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function Ns(e){this._context=e}Ns.prototype={areaStart:function(){this._line=0},areaEnd:function(){this._line=NaN},lineStart:function(){this._point=0},lineEnd:function(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line},point:function(e,t){switch(e=+e,t=+t,this._point){case 0:this._point=1,this._line?this._context.lineTo(e,t):this._context.moveTo(e,t);break;case 1:this._point=2;default:this._context.lineTo(e,t);break}}};function Xn(e){return new Ns(e)}function St(e){return e[0]}function $t(e){return e[1]}function Et(e,t){var n=Z(!0),r=null,o=Xn,i=null,a=Mt(s);e=typeof e=="function"?e:e===void 0?St:Z(e),t=typeof t=="function"?t:t===void 0?$t:Z(t);function s(u){var l,c=(u=Wn(u)).length,f,d=!1,g;for(r==null&&(i=o(g=a())),l=0;l<=c;++l)!(l<c&&n(f=u[l],l,u))===d&&((d=!d)?i.lineStart():i.lineEnd()),d&&i.point(+e(f,l,u),+t(f,l,u));if(g)return i=null,g+""||null}return s.x=function(u){return arguments.length?(e=typeof u=="function"?u:Z(+u),s):e},s.y=function(u){return arguments.length?(t=typeof u=="function"?u:Z(+u),s):t},s.defined=function(u){return arguments.length?(n=typeof u=="function"?u:Z(!!u),s):n},s.curve=function(u){return arguments.length?(o=u,r!=null&&(i=o(r)),s):o},s.context=function(u){return arguments.length?(u==null?r=i=null:i=o(r=u),s):r},s}function io(e,t,n){var r=null,o=Z(!0),i=null,a=Xn,s=null,u=Mt(l);e=typeof e=="function"?e:e===void 0?St:Z(+e),t=typeof t=="function"?t:t===void 0?Z(0):Z(+t),n=typeof n=="function"?n:n===void 0?$t:Z(+n);function l(f){var d,g,S,C=(f=Wn(f)).length,$,w=!1,G,P=new Array(C),D=new Array(C);for(i==null&&(s=a(G=u())),d=0;d<=C;++d){if(!(d<C&&o($=f[d],d,f))===w)if(w=!w)g=d,s.areaStart(),s.lineStart();else{for(s.lineEnd(),s.lineStart(),S=d-1;S>=g;--S)s.point(P[S],D[S]);s.lineEnd(),s.areaEnd()}w&&(P[d]=+e($,d,f),D[d]=+t($,d,f),s.point(r?+r($,d,f):P[d],n?+n($,d,f):D[d]))}if(G)return s=null,G+""||null}function c(){return Et().defined(o).curve(a).context(i)}return l.x=function(f){return arguments.length?(e=typeof f=="function"?f:Z(+f),r=null,l):e},l.x0=function(f){return arguments.length?(e=typeof f=="function"?f:Z(+f),l):e},l.x1=function(f){return arguments.length?(r=f==null?null:typeof f=="function"?f:Z(+f),l):r},l.y=function(f){return arguments.length?(t=typeof f=="function"?f:Z(+f),n=null,l):t},l.y0=function(f){return arguments.length?(t=typeof f=="function"?f:Z(+f),l):t},l.y1=function(f){return arguments.length?(n=f==null?null:typeof f=="function"?f:Z(+f),l):n},l.lineX0=l.lineY0=function(){return c().x(e).y(t)},l.lineY1=function(){return c().x(e).y(n)},l.lineX1=function(){return c().x(r).y(t)},l.defined=function(f){return arguments.length?(o=typeof f=="function"?f:Z(!!f),l):o},l.curve=function(f){return arguments.length?(a=f,i!=null&&(s=a(i)),l):a},l.context=function(f){return arguments.length?(f==null?i=s=null:s=a(i=f),l):i},l}var ao=class{constructor(t,n){this._context=t,this._x=n}areaStart(){this._line=0}areaEnd(){this._line=NaN}lineStart(){this._point=0}lineEnd(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line}point(t,n){switch(t=+t,n=+n,this._point){case 0:{this._point=1,this._line?this._context.lineTo(t,n):this._context.moveTo(t,n);break}case 1:this._point=2;default:{this._x?this._context.bezierCurveTo(this._x0=(this._x0+t)/2,this._y0,this._x0,n,t,n):this._context.bezierCurveTo(this._x0,this._y0=(this._y0+n)/2,t,this._y0,t,n);break}}this._x0=t,this._y0=n}};function Os(e){return new ao(e,!0)}function Wd(e){return e.source}function Xd(e){return e.target}function Gs(e){let t=Wd,n=Xd,r=St,o=$t,i=null,a=null,s=Mt(u);function u(){let l,c=Rs.call(arguments),f=t.apply(this,c),d=n.apply(this,c);if(i==null&&(a=e(l=s())),a.lineStart(),c[0]=f,a.point(+r.apply(this,c),+o.apply(this,c)),c[0]=d,a.point(+r.apply(this,c),+o.apply(this,c)),a.lineEnd(),l)return a=null,l+""||null}return u.source=function(l){return arguments.length?(t=l,u):t},u.target=function(l){return arguments.length?(n=l,u):n},u.x=function(l){return arguments.length?(r=typeof l=="function"?l:Z(+l),u):r},u.y=function(l){return arguments.length?(o=typeof l=="function"?l:Z(+l),u):o},u.context=function(l){return arguments.length?(l==null?i=a=null:a=e(i=l),u):i},u}function so(){return Gs(Os)}var[Ds,Yd]=[1.25,9],Ud=12;function Kd(e){return Ds+(Yd-Ds)*e}function Yn(e,t,n,r){let o=e.filter(l=>n.has(l.source)&&n.has(l.target)).sort((l,c)=>Math.abs(l.share)-Math.abs(c.share)),i=new Map(o.map(l=>[l,Kd(t>0?Math.abs(l.share)/t:0)])),a=Ps(o,"source","target",n,i,r.height),s=Ps(o,"target","source",n,i,r.height),u=so();return o.map(l=>{let c=n.get(l.source),f=n.get(l.target),d=u({source:[Ut(c.x+r.width),Ut(c.y+a.get(l))],target:[Ut(f.x),Ut(f.y+s.get(l))]});return{link:l,path:d,width:Ut(i.get(l))}})}function Ps(e,t,n,r,o,i){let a=new Map;for(let u of e)a.set(u[t],[...a.get(u[t])??[],u]);let s=new Map;for(let u of a.values()){u.sort((d,g)=>r.get(d[n]).y-r.get(g[n]).y);let l=u.reduce((d,g)=>d+o.get(g)+1,-1),c=Math.min(1,(i-2*Ud)/l),f=(i-l*c)/2;for(let d of u){let g=o.get(d)*c;s.set(d,f+g/2),f+=g+c}}return s}function Ut(e){return Math.round(e*10)/10}function Is(e,t,n){let r=n.trim().toLowerCase();if(r==="")return null;let o=/^(?:(.+):)?\s*(\d+)$/.exec(r),i=e.targets.find(a=>a.target===t)?.groups??[];return new Set(i.filter(a=>{let s=he(a).toLowerCase().includes(r);if(o===null)return s;if(s&&a.label!==null)return!0;let[,u,l]=o;return u!==void 0&&!a.layer.toLowerCase().endsWith(u)?!1:(a.members??[]).some(([c])=>c===Number(l))}).map(Me))}var Pe=8,Zn=4,[Zd,Qd,Jd]=[{columns:2,rows:2,patch:66},{columns:4,rows:1,patch:40},{columns:3,rows:1,patch:40}],zs=.8,Un=14,Kn=62,Vs=30,lo=56,ep=450,tp={emerge:"new",split:"split",merge:"merged"},Kt=(e,t)=>{let n=m("section",{class:"view circuit","aria-label":"Circuit"}),r=m("p",{class:"empty-note",hidden:!0}),o=ce(n).append("svg").attr("class","chart").attr("data-export","").attr("role","group"),i=o.append("g"),a=i.append("g").attr("class","lanes").attr("aria-hidden","true"),s=i.append("g").attr("class","edges").attr("aria-hidden","true"),u=i.append("g").attr("class","nodes"),l=o.append("g").attr("class","headings"),c=dp(h=>e({threshold:h})),f=m("div",{class:"zoom",role:"group","aria-label":"Zoom"},uo("Zoom in",me.plus,()=>H(1.3)),uo("Zoom out",me.minus,()=>H(1/1.3)),uo("Fit the whole circuit",me.fit,()=>O(!0)));n.append(m("div",{class:"legend"},fp(),c.element),f,r);let d=null,g=null,S=null,C=null,$=!1,w="",G=null,P=Qr().scaleExtent([.2,4]).on("zoom",h=>{h.sourceEvent&&($=!0),i.attr("transform",h.transform.toString()),A()});o.call(P).on("dblclick.zoom",null),o.on("click",h=>{h.target===o.node()&&e({group:null})}),new ResizeObserver(()=>{G=null,d!==null&&!n.hidden&&q(d)}).observe(n);function D(){if(G!==null)return G;let{clientWidth:h,clientHeight:E}=n;return h===0?{width:960,height:600}:G={width:h,height:E}}function H(h){$=!0,o.transition().duration(on()?0:200).call(P.scaleBy,h)}function O(h){if(g===null)return;let{frame:E}=g,{width:R,height:z}=D(),I={width:R-2*Vs,height:z-Kn-lo},L=Math.min(1.2,Math.max(.3,Math.min(I.width/E.width,I.height/E.height))),F=rt.translate((R-E.width*L)/2,Kn+Math.max(0,(I.height-E.height*L)/2)).scale(L);$=!1,h&&!on()&&n.clientWidth>0?o.transition().duration(300).call(P.transform,F):o.call(P.transform,F)}function q(h){d=h;let E=re(h.run,h.state),R=h.snapshot&&ue(h.snapshot,E);if(c.show(h.state.threshold),r.hidden=R!==null,o.classed("absent",R===null),R===null||E===null){g=null,r.textContent=lp(h,E);return}let{width:z,height:I}=D(),L={width:z-2*Vs,height:I-Kn-lo},F=jn(h.run,E),V=g;g=np(R,F,L,h.state.threshold);let j=`Circuit of ${R.target.name} at step ${R.snapshot.step}, ${h.run.name}`;n.setAttribute("aria-label",j),o.attr("aria-label",j);let U=`${h.run.name}/${E}/${z}×${I}/${g.frame.width}×${g.frame.height}`,K=V===null||V.circuit.target.target!==E;B(g,h,K||on()?0:ep),U!==w&&(!$||K)?O(V!==null&&!K):A(),w=U,W(h),y()}function W({run:h,snapshot:E,state:R}){E===null||R.query.trim()===""||C?.step===E.step&&C.fingerprint===E.graph.fingerprint||(C=null,t.detail(h.name,E.step).then(z=>{d?.snapshot?.step!==z.step||d.run.name!==h.name||(C=z,y())},()=>{}))}function B({placed:h,frame:E,card:R,routes:z,circuit:I},L,F){let V=I.snapshot.graph.layers;a.selectAll("rect").data(jn(L.run,I.target.target).layers).join("rect").attr("x",(j,U)=>U*E.pitch.width-Un).attr("y",(j,U)=>ro(E,U,0).y-Un).attr("width",R.width+2*Un).attr("height",(j,U)=>no(E,U)+2*Un).attr("rx",14).classed("last",j=>j===V[V.length-1]),T(z,h,F),N(h,R,L,F),l.selectAll("g").data(jn(L.run,I.target.target).layers).join(j=>{let U=j.append("g");return U.append("title"),U.append("text").attr("class","layer").attr("y",26),U.append("text").attr("class","statistics").attr("y",44),U}).each(function(j){ce(this).select("title").text(`${j}: ${Hs(I,j,99).join(" · ")}`)})}function A(){if(g===null)return;let{circuit:h,frame:E,card:R}=g,z=wt(o.node()),{width:I}=D(),L=oe(h.snapshot.graph.layers);l.selectAll("g").each(function(F,V){let j=z.applyX(V*E.pitch.width+R.width/2),U=Math.min(E.pitch.width*z.k,2*j,2*(I-j))-14;this.setAttribute("transform",`translate(${j},0)`),ce(this).select(".layer").text(ft(L.get(F)??F,Math.floor(U/8))),ce(this).select(".statistics").text(ap(Hs(h,F,3),U/6.1))})}function T(h,E,R){let z=new Map(E.map(L=>[L.node.key,L.dom])),I=new Map(E.map(L=>[L.node.key,L.title]));s.selectAll("path.edge").data(h,L=>`${z.get(L.link.source)} ${z.get(L.link.target)}`).join(L=>{let F=L.append("path").attr("class",R===0?"edge":"edge entering").attr("d",V=>V.path).attr("stroke-width",V=>V.width);return F.append("title"),F.on("animationend",qs),F},L=>L,L=>Bs(L,R)).attr("data-source",L=>L.link.source).attr("data-target",L=>L.link.target).attr("data-weight",L=>L.link.weight).attr("data-sign",L=>L.link.weight<0?"-":"+").each(function(L){this.firstElementChild.textContent=sp(L.link,I)}).call(L=>{if(R===0){L.interrupt().attr("d",F=>F.path).attr("stroke-width",F=>F.width);return}L.filter(function(F){return this.getAttribute("d")!==F.path||this.getAttribute("stroke-width")!==String(F.width)}).transition().duration(R).attr("d",F=>F.path).attr("stroke-width",F=>F.width)})}function N(h,E,R,z){let I=L=>`translate(${L.x},${L.y})`;u.selectAll("g.node").data(h,L=>L.dom).join(L=>{let F=L.append("g").attr("class",z===0?"node":"node entering").attr("role","button").attr("tabindex",0).attr("transform",I).on("pointerenter",(V,j)=>b(j.node.key)).on("pointerleave",()=>b(null)).on("focus",(V,j)=>_(j)).on("blur",()=>b(null)).on("click",(V,j)=>M(j.node.key)).on("keydown",(V,j)=>x(V,j));return F.on("animationend",qs).each(function(){cp(this)}),F},L=>L,L=>Bs(L,z)).each(function(L){v(this,L,E,R)}).call(up).call(L=>{if(z===0){L.interrupt().attr("transform",I);return}L.filter(function(F){return this.getAttribute("transform")!==I(F)}).transition().duration(z).attr("transform",I)})}function v(h,E,R,z){let{node:I,title:L}=E,F=js(I);h.dataset.group=I.key,h.classList.toggle("unstable",F),h.classList.toggle("target",E.column===z.run.layers.length-1),h.setAttribute("aria-label",Fs(E));let V=Mu=>h.querySelector(`:scope > .${Mu}`);V("card").setAttribute("width",String(R.width)),V("card").setAttribute("height",String(R.height)),V("hover").textContent=`${L} · ${Fs(E)}`;let j=Math.floor((R.width-2*Pe)/7.6)-Y(I.group.importance).length,U=E.badge??(F?"unstable":""),K=L.length+U.length+2>j?U&&"•":U;V("name").replaceChildren(ze(L,j-K.length),k("tspan",{class:"badge",dx:6},K)),V("importance").textContent=Y(I.group.importance),V("importance").setAttribute("x",String(R.width-Pe));let le=V("bar");V("track").setAttribute("y",String(R.height-8)),le.setAttribute("y",String(R.height-8));let Ye=R.width-2*Pe;V("track").setAttribute("width",String(Ye)),le.setAttribute("width",String(Math.max(2,Math.min(1,I.importance)*Ye))),p(h,I,R,z)}function p(h,E,R,z){let I=h.querySelector(":scope > .patches"),L=z.snapshot,F=E.group.patches.slice(0,R.columns*R.rows).flatMap(j=>se(t,z.run.name,L,j)??[]),V=h.querySelector(":scope > .members");for(V.textContent=F.length===0?te(E.size,"member"):"",F.forEach((j,U)=>{let K=I.children[U],le=K??I.appendChild(J(j));K!==void 0&&vr(K,j);let Ye=R.patch+Zn;le.setAttribute("width",String(R.patch)),le.setAttribute("height",String(R.patch)),le.setAttribute("x",String(Pe+U%R.columns*Ye)),le.setAttribute("y",String(23+Math.floor(U/R.columns)*Ye))});I.children.length>F.length;)I.lastElementChild.remove()}function b(h){S!==h&&(S=h,y())}function y(){if(g===null||d===null)return;let{circuit:h,links:E}=g,R=d.state.group,z=S??(R!==null&&h.byKey.has(R)?R:null),I=z===null?null:Ts(E,z),L=C?.step===h.snapshot.step?C:h.snapshot.graph,F=Is(L,h.target.target,d.state.query);o.classed("tracing",I!==null).classed("searching",F!==null),u.selectAll("g.node").classed("on-path",V=>I?.keys.has(V.node.key)??!1).classed("selected",V=>V.node.key===R).classed("hit",V=>F?.has(V.node.key)??!1).attr("aria-pressed",V=>String(V.node.key===R)),s.selectAll("path.edge").classed("on-path",({link:V})=>I?.links.has(V)??!1).classed("near",({link:V})=>z!==null&&(V.source===z||V.target===z)),n.dataset.hits=F===null?"":String(F.size),n.dispatchEvent(new CustomEvent("hits",{detail:F?.size??null,bubbles:!0}))}function M(h){e({group:d?.state.group===h?null:h})}function _(h){b(h.node.key);let E=wt(o.node()),{width:R,height:z}=D(),[I,L]=E.apply([h.x,h.y]),F=g.card,[V,j]=E.apply([h.x+F.width,h.y+F.height]);(I<0||L<Kn||V>R||j>z-lo)&&($=!0,o.call(P.translateTo,h.x+F.width/2,h.y+F.height/2))}function x(h,E){if(h.key==="Enter"||h.key===" ")M(E.node.key);else if(h.key==="Escape")e({group:null});else{let R=g===null?null:ip(g.placed,E,h.key);if(R===null)return;u.selectAll("g.node").filter(I=>I.dom===R.dom).node()?.focus()}h.preventDefault(),h.stopPropagation()}return{element:n,update:q}};function np(e,t,n,r){let[o,i]=rp(e.snapshot.graph.input!==null,t,n),a=t.at(e.snapshot),s=op(e),u=t.layers.length-1,l=e.nodes.flatMap(d=>{let g=t.layers.indexOf(d.group.layer),S=a.get(d.key);if(g<0||S===void 0)return[];let C=d.group.lineage===null&&g!==u;return[{node:d,column:g,dom:C?`${d.key}@${e.snapshot.step}`:d.key,title:Se(e,d),badge:s.get(`${d.group.layer}/${d.group.number}`)??null,...ro(i,g,S)}]});l.sort((d,g)=>d.column-g.column||d.y-g.y);let c=new Map(l.map(d=>[d.node.key,d])),f=an(e,r);return{circuit:e,frame:i,card:o,placed:l,links:f,routes:Yn(f,e.strongest,c,o)}}function rp(e,t,n){let r=l=>({...l,width:l.columns*(l.patch+Zn)-Zn+2*Pe,height:e?23+l.rows*(l.patch+Zn)+11:50}),[o,i]=[r(Zd),r(Qd)],a=l=>_s(t,l)*zs<=n.width,s=to(t,o,n);if(e&&a(o)&&s.height*zs<=n.height)return[o,s];let u=a(i)?i:r(Jd);return[u,to(t,u,n)]}function op(e){return new Map((e.target.drift?.events??[]).flatMap(({event:t,layer:n,after:r})=>r.flatMap(o=>{let i=tp[t];return i===void 0?[]:[[`${n}/${o}`,i]]})))}function js(e){return!Ue(e.group.stability)}function ip(e,t,n){let r=n==="ArrowLeft"?-1:n==="ArrowRight"?1:0,o=n==="ArrowUp"?-1:n==="ArrowDown"?1:0;if(r===0&&o===0)return null;let i=e.filter(s=>r!==0?Math.sign(s.column-t.column)===r:s.column===t.column&&Math.sign(s.y-t.y)===o),a=s=>Math.abs(s.column-t.column)*1e6+Math.abs(s.y-t.y);return i.sort((s,u)=>a(s)-a(u))[0]??null}function Hs(e,t,n){let r=e.target.statistics[t];if(r===void 0)return[];let o=e.target.left_out[t]??0;return[r.core_neurons===null?null:te(r.core_neurons,"neuron"),r.neuron_groups===null?null:te(r.neuron_groups,"group"),r.semantic_groups===null?null:`${de(r.semantic_groups)} meanings each`,r.completeness_gap===null?null:`gap ${Y(r.completeness_gap)}`,o>0?`${o} left out`:null].filter(a=>a!==null).slice(0,n)}function ap(e,t){let n="";for(let r of e){let o=n===""?r:`${n} · ${r}`;if(o.length>t)break;n=o}return n}function Fs({node:e,title:t,badge:n}){let{stability:r,layer:o,importance:i}=e.group;return[t,o,te(e.size,"member"),`importance ${Y(i)}`,r===null?null:`stability ${Y(r)}`,js(e)?"unstable":null,n].filter(a=>a!==null).join(", ")}function sp(e,t){let n=o=>t.get(o)??o,r=e.stability===null?"":`, sign kept in ${Y(e.stability)} of resamples`;return`${n(e.source)} → ${n(e.target)}: ${$e(e.weight)}${r}`}function lp({run:e,snapshot:t},n){if(t===null||n===null)return"This run has no snapshot yet.";let r=e.targets.find(o=>o.target===n)?.name??String(n);return`The snapshot of step ${t.step} holds no circuit of “${r}”. Choose another step or target.`}function Bs(e,t){if(e.interrupt(),t===0){e.remove();return}e.attr("class","leaving").attr("tabindex",null).attr("role",null).attr("aria-hidden","true").transition().duration(t/2).remove()}function qs(){this.classList.remove("entering")}function up(e){let t=document.activeElement;e.order(),t instanceof SVGElement&&t!==document.activeElement&&t.isConnected&&t.focus({preventScroll:!0})}function cp(e){e.append(k("title",{class:"hover"}),k("rect",{class:"card",rx:9}),k("text",{class:"name",x:Pe,y:16}),k("text",{class:"importance",y:16}),k("text",{class:"members",x:Pe,y:36}),k("g",{class:"patches"}),k("rect",{class:"track",x:Pe,height:3,rx:1.5}),k("rect",{class:"bar",x:Pe,height:3,rx:1.5}))}function fp(){let e=(t,n)=>m("span",{class:"key"},k("svg",{width:26,height:8,"aria-hidden":"true"},k("path",{class:"edge on-path","data-sign":t,d:"M1 4H25","stroke-width":3})),n);return m("div",{class:"keys"},e("+","raises"),e("-","lowers"))}function dp(e){let t=m("input",{type:"range",min:0,max:1,step:.01,"aria-label":"Hide edges weaker than this share of the strongest into the same group",title:"Of the edges into each group",class:"threshold"}),n=m("output",{class:"number"});return t.addEventListener("input",()=>e(Number(t.value))),{element:m("label",{class:"labelled"},m("span",{},"Edges from"),t,n),show(r){t.value=String(r);let o=r===0?"all":`${Math.round(100*r)} %`;n.replaceChildren(o,m("span",{class:"roomy"},r===0?"":" of the strongest")),t.setAttribute("aria-valuetext",o)}}}function uo(e,t,n){let r=m("button",{class:"button icon",type:"button","aria-label":e,title:e},ke(t));return r.addEventListener("click",n),r}var fo=["gained","lost","stronger","weaker","turned","same","unstable"],pp=.3,mp=.1;function Ws(e){let t=new Map;for(let[n,,r]of e)t.set(n,(t.get(n)??0)+r);return t}function hp(e,t){let[n,r]=[Ws(e),Ws(t)],[o,i]=[0,0];for(let a of new Set([...n.keys(),...r.keys()])){let[s,u]=[n.get(a)??0,r.get(a)??0];o+=Math.min(s,u),i+=Math.max(s,u)}return i>0?o/i:0}function gp(e,t,n,r){let o=new Map,i=t.findIndex(u=>u.layer===n);e.forEach((u,l)=>{u.layer===n&&i>=0&&o.set(l,i)}),r&&e.forEach((u,l)=>{let c=d=>d.layer===u.layer&&d.lineage===u.lineage,f=u.lineage===null?-1:t.findIndex(c);f>=0&&!o.has(l)&&o.set(l,f)});let a=new Set(o.values()),s=e.flatMap((u,l)=>t.map((c,f)=>({position:l,there:f,alike:u.layer===c.layer?hp(u.members,c.members):0})));s.sort((u,l)=>l.alike-u.alike||u.position-l.position||u.there-l.there);for(let{position:u,there:l,alike:c}of s){let f=r&&e[u].lineage!==null&&t[l].lineage!==null;c<pp||f||o.has(u)||a.has(l)||(o.set(u,l),a.add(l))}return o}function Xs(e,t){if(e*t<0)return"turned";let[n,r]=[Math.abs(e),Math.abs(t)];return Math.abs(r-n)<=mp*Math.max(r,n)?"same":r>n?"stronger":"weaker"}var Ys=(e,t)=>e&&t?null:t?"gained":"lost";function Us(e,t,n,r){let o=e[e.length-1]??"",i=gp(t.groups,n.groups,o,r),a=[],s=[new Map,new Map],u=(l,c)=>{let[f,d]=[l===null?null:t.groups[l],c===null?null:n.groups[c]],g=[f?.importance??0,d?.importance??0],S=(f??d).layer,$=S===o||(f?.stable??!0)&&(d?.stable??!0)?Ys(f!==null,d!==null)??Xs(...g):"unstable";a.push({layer:S,before:l,after:c,importance:g,change:$})};for(let l=0;l<t.groups.length;l+=1){let c=i.get(l)??null,f=c===null?void 0:s[1].get(c);f===void 0&&u(l,c);let d=f??a.length-1;s[0].set(l,d),c!==null&&s[1].set(c,d)}return n.groups.forEach((l,c)=>{if(s[1].has(c))return;let f=a.findIndex(g=>g.layer===o),d=l.layer===o&&f>=0;d||u(null,c),s[1].set(c,d?f:a.length-1)}),{layers:e,nodes:a,edges:yp([t,n],s,a)}}function yp(e,t,n){let r=new Map;for(let o of[0,1])for(let[i,a,s,u]of e[o].edges){let l=[t[o].get(i),t[o].get(a)],c=l.join(" "),f=l.every(g=>n[g].change!=="unstable"),d=r.get(c)??{ends:l,weight:[0,0],there:[!1,!1],stable:f};d.stable&&=u,d.weight[o]+=s,d.there[o]=!0,r.set(c,d)}return[...r.values()].map(({ends:o,weight:i,there:a,stable:s})=>({source:o[0],target:o[1],weight:i,change:s?Ys(...a)??Xs(...i):"unstable"}))}var co=e=>Math.max(...e.weight.map(Math.abs));function Ks(e,t){let n=Math.max(0,...e.map(co));return e.filter(r=>co(r)>=t*n)}function po(e){let t=Object.fromEntries(fo.map(n=>[n,0]));for(let{change:n}of e)t[n]+=1;return t}function Zs({layers:e,nodes:t,edges:n}){let r=e.map(a=>t.flatMap((s,u)=>s.layer===a?[String(u)]:[])),o=n.map(a=>[String(a.source),String(a.target),co(a)]),i=[];return qn(r,o).forEach((a,s)=>a.forEach((u,l)=>i[Number(u)]={column:s,row:l,of:a.length})),i}function it({name:e,step:t}){return e??`step ${t}`}var Qs=" ⇒ ",Js=" → ";function el({kind:e,name:t,before:n,after:r},o){if(e==="image")return t;let i=[e==="edge"||n!==null,e==="edge"||r!==null];return t.split(Js).map(a=>{let s=a.split(Qs),u=[s[0],s[s.length-1]],l=o.flatMap(({groups:c},f)=>{let d=c.find(g=>`${g.layer}/${g.number}`===u[f]);return i[f]&&d!==void 0?[`${he(d)} of ${d.layer}`]:[]});return l.length>0?[...new Set(l)].join(Qs):a}).join(Js)}var bp=e=>Math.round(e*100)/100;function X(e,t){for(let[n,r]of Object.entries(t))r===null?e.removeAttribute(n):e.setAttribute(n,typeof r=="number"?String(bp(r)):r)}function Ie(e,t,n,r,o){let i=new Map([...e.children].map(a=>[a.getAttribute("data-key"),a]));t.forEach((a,s)=>{let u=n(a),l=i.get(u)??r(a);i.delete(u),l.setAttribute("data-key",u),o(l,a);let c=e.children[s]??null;c!==l&&e.insertBefore(l,c)});for(let a of i.values())a.remove()}function _t(e,t){let n="";new ResizeObserver(()=>{let r=getComputedStyle(e),o=(u,l,c)=>Math.floor(u-parseFloat(l)-parseFloat(c)),i=o(e.clientWidth,r.paddingLeft,r.paddingRight),a=o(e.clientHeight,r.paddingTop,r.paddingBottom),s=`${i} ${a}`;i<=0||s===n||(n=s,t(i,a))}).observe(e)}var Qn=(e,t,n)=>{let r=e.indexOf(t);if(n==="ArrowDown"||n==="ArrowRight")return e[r+1];if(n==="ArrowUp"||n==="ArrowLeft")return e[r-1]},Te=(e,t,n)=>{let r={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]}[n];if(!r)return;let o=f=>{let d=f.getBoundingClientRect();return[d.left+d.width/2,d.top+d.height/2]},[i,a]=o(t),[s,u]=r,[l,c]=[void 0,1/0];for(let f of e){let[d,g]=o(f),S=(d-i)*s+(g-a)*u,C=Math.abs((d-i)*u)+Math.abs((g-a)*s),$=S+4*C;S<=.5||s!==0&&C>S+24||$>=c||([l,c]=[f,$])}return l};function ye(e,t,n,r){let o=()=>[...e.querySelectorAll(t)],i=s=>{for(let u of o())u.setAttribute("tabindex",u===s?"0":"-1")},a=s=>s.target.closest(t);return e.setAttribute("tabindex","-1"),e.addEventListener("click",s=>{let u=a(s);u&&r(u)}),e.addEventListener("focusin",s=>{let u=a(s);u&&i(u)}),e.addEventListener("keydown",s=>{let[u,{key:l}]=[a(s),s];if(!u)return;let c=o(),d={Home:c[0],End:c[c.length-1]}[l]??n(c,u,l);if(l==="Enter"||l===" ")r(u);else if(d)d.focus();else if(!l.startsWith("Arrow"))return;s.preventDefault(),s.stopPropagation()}),()=>{let s=o(),u=l=>l===document.activeElement||l.getAttribute("aria-pressed")==="true"||l.hasAttribute("aria-current");i(s.find(l=>l===document.activeElement)??s.find(u)??s[0])}}function qe(e,t,n){let r=JSON.stringify(t);e.dataset.choices!==r&&(e.dataset.choices=r,e.replaceChildren(...t.map(([o,i])=>m("option",{value:o},i)))),e.value=n}function je(e){let t=m("select",{class:"select","aria-label":e});return[m("label",{class:"labelled"},m("span",{},e),t),t]}var be={width:168,height:56},Jn=31,tl=be.height+12,nl=40,Zt={least:138,most:178,height:38},xp=44,at=14,er={gained:"gained",lost:"lost",stronger:"strengthened",weaker:"weakened",turned:"turned",same:"unchanged",unstable:"unstable"},wp="unstable: other probe images of the class might not show it, so it is not counted as a change",vp={gained:"M-3.6,0H3.6M0,-3.6V3.6",lost:"M-3.6,0H3.6",stronger:"M-3.2,1.8L0,-2L3.2,1.8",weaker:"M-3.2,-1.8L0,2L3.2,-1.8",turned:"M-3,-1.5H3L1,-3.6M3,1.5H-3L-1,3.6",same:"M-2.6,-1.5H2.6M-2.6,1.5H2.6",unstable:"M-3.4,1C-1.7,-3 0,3 3.4,-1"};function rl(e,t){let n=new Set,r=k("g",{class:"headings"}),o=k("g",{class:"edges",role:"group","aria-label":"Edges"}),i=k("g",{class:"nodes",role:"group","aria-label":"Neuron groups"}),a=k("g",{class:"changes",role:"group","aria-label":"Changes; choose one to hide or show it"}),s=k("svg",{class:"difference-chart",role:"group","data-export":!0},a,r,o,i),u=m("div",{class:"difference"},s),l=null,c=null,f=ye(i,".node",Te,$=>{let w=$.getAttribute("data-group");w!==null&&e(w===l?.selected?null:w)}),d=ye(a,".change",Te,$=>{let w=$.getAttribute("data-change");n.delete(w)||n.add(w),l&&S(l)}),g=$=>{let w=$.target.closest(".node");return w?Number(w.getAttribute("data-place")):null};for(let[$,w]of[["pointerover",!1],["focusin",!1],["pointerleave",!0],["focusout",!0]])i.addEventListener($,G=>{c=w?null:g(G),C()});function S($){l=$;let{difference:w,width:G,threshold:P}=l,D=Ks(w.edges,P),H=Zs({...w,edges:D}),O=w.layers.length,q=Math.max(xp,(G-2*at-O*be.width)/Math.max(1,O-1)),W=Math.max(1,...H.map(({of:b})=>b)),B=Ep(w.nodes,D,G),A=B.rows*Zt.height+4+nl,T=A+W*tl+at,N=H.map(({column:b,row:y,of:M})=>({x:at+b*(be.width+q),y:A+(y+(W-M)/2)*tl})),v=2*at+O*be.width+(O-1)*q;X(s,{viewBox:`0 0 ${v} ${T}`,width:v,height:T,"aria-label":kp(l)});let p=oe(w.layers);r.replaceChildren(...w.layers.map((b,y)=>k("text",{x:at+y*(be.width+q)+be.width/2,y:A-nl+22,"text-anchor":"middle"},k("title",{},b),ft(p.get(b)??b,22)))),Sp(o,l,D,N,n),i.replaceChildren(...w.nodes.flatMap((b,y)=>n.has(b.change)?[]:[$p(b,y,N[y],l,t)])),_p(a,B,n),f(),d(),C()}function C(){if(!l)return;let $=l.selected===null?-1:l.keys.indexOf(l.selected),w=c??($>=0?$:null);s.classList.toggle("pointing",w!==null);let G=new Set([String(w)]);for(let P of o.children){let D=[P.getAttribute("data-source"),P.getAttribute("data-target")],H=D.includes(String(w));if(P.classList.toggle("near",H),H)for(let O of D)G.add(O)}for(let P of i.children){P.classList.toggle("near",G.has(P.getAttribute("data-place")));let D=P.getAttribute("data-group");X(P,{"aria-pressed":String(D!==null&&D===l.selected)})}}return{element:u,draw:S}}function kp({sides:[e,t]}){let n=r=>`${r.run}, ${it(r.graph)}`;return`What changed in the circuit of ${t.target.name} from ${n(e)} to ${n(t)}`}function Mp({weight:[e,t],change:n}){return n==="same"?0:Math.abs(n==="turned"?t-e:Math.abs(t)-Math.abs(e))}function Sp(e,{difference:t},n,r,o){let i=f=>o.has(t.nodes[f].change),a=n.filter(f=>!o.has(f.change)&&!i(f.source)&&!i(f.target)),s=new Map,u=a.map(f=>{let[d,g]=[String(f.source),String(f.target)],S={source:d,target:g,weight:f.weight[1],share:Mp(f),stability:null};return s.set(S,f),S}),l=Math.max(0,...u.map(f=>f.share)),c=new Map(r.map((f,d)=>[String(d),f]));e.replaceChildren(...Yn(u,l,c,be).map(({link:f,path:d,width:g})=>{let S=s.get(f);return k("path",{class:`edge ${S.change}`,d,"stroke-width":g,"data-source":f.source,"data-target":f.target,"data-change":S.change},k("title",{},`${er[S.change]}: ${de(S.weight[0])} → ${de(S.weight[1])}`))}))}function $p(e,t,{x:n,y:r},o,i){let a=P=>{let D=P===0?e.before:e.after;return D===null?null:o.sides[P].target.groups[D]},[s,u]=[a(0),a(1)],l=u??s,f=e.layer===o.difference.layers[o.difference.layers.length-1]&&l.label===null?o.sides[1].target.name:he(l),d=[0,1].flatMap(P=>{let{run:D,graph:H}=o.sides[P];return(a(P)?.patches.slice(0,s&&u?1:2)??[]).flatMap(q=>se(i,D,H,q)??[])}),[g,S]=[Y(s?.importance),Y(u?.importance)],C=s&&u&&g!==S?`${g} → ${S}`:Y(l.importance),$=`${f}, ${e.layer}: ${er[e.change]}, importance ${C}`,w=o.keys[t]??null,G=d.length?9+d.length*(Jn+3)+5:12;return k("g",{class:`node ${e.change}`,transform:`translate(${n},${r})`,role:"button","aria-label":$,"aria-disabled":w===null?"true":null,"data-group":w,"data-place":t,"data-change":e.change},k("title",{},$),k("rect",{class:"card",width:be.width,height:be.height,rx:9}),...d.map((P,D)=>{let H=J(P,Jn);return X(H,{x:9+D*(Jn+3),y:(be.height-Jn)/2}),H}),k("text",{class:"name",x:G,y:24},ze(f,Math.floor((be.width-G-6)/7))),k("text",{class:"importance",x:G,y:41},C.replace(" % →"," →")),ol(e.change,be.width-2,2))}function ol(e,t,n){return k("g",{class:`sign ${e}`,transform:`translate(${t},${n})`},k("circle",{r:7.5}),k("path",{d:vp[e]}))}function Ep(e,t,n){let[r,o]=[po(e),po(t)],i=fo.filter(l=>r[l]+o[l]>0).map(l=>({change:l,counts:`${te(r[l],"group")}, ${te(o[l],"edge")}`})),a=n-2*at,s=Math.max(1,Math.min(i.length,Math.floor(a/Zt.least))),u=Math.ceil(i.length/s);return{entries:i,pitch:Math.min(Zt.most,a/s),across:s,rows:u}}function _p(e,{entries:t,pitch:n,across:r},o){e.replaceChildren(...t.map(({change:i,counts:a},s)=>{let[u,l]=[at+s%r*n,4+Math.floor(s/r)*Zt.height];return k("g",{class:`change ${i}`,role:"button","aria-pressed":String(!o.has(i)),"aria-label":`${er[i]}: ${a}`,"data-change":i,transform:`translate(${u},${l})`},k("title",{},`${o.has(i)?"Show":"Hide"}${i==="unstable"?` what is ${wp}`:""}`),k("rect",{class:"hit",x:-4,y:-2,width:n-8,height:Zt.height-4,rx:7}),k("line",{class:`edge ${i}`,x1:0,x2:26,y1:15,y2:15,"stroke-width":3}),ol(i,13,15),k("text",{x:34,y:12},er[i]),k("text",{class:"count",x:34,y:27},a))}))}var Ct=[["edge_drift","Edge drift"],["core_turnover","Core turnover"],["importance_turnover","Importance turnover"],["rank_turnover","Rank turnover"],["group_turnover","Group turnover"],["concept_drift","Concept drift"],["polysemanticity","Polysemanticity"]],Cp=["changed","re-described"];function Tp(e){let[,,,t,n,,r]=e;return t===null||n===null||r===null?!1:r<.05&&t>n}function tr(e,t,n){let r=new Map;return e.forEach(({drift:o},i)=>{for(let a of o?.drifts??[]){let[s,u,l,c,f,,d]=a;if(s!==t||c===null)continue;let g=JSON.stringify([u,l]),S=r.get(g)??{layer:u,below:l,points:[]};r.set(g,S);let C=Tp(a),$=C&&Cp.includes(o.verdict);S.points.push({place:i,value:c,nullQuantile:f,pAdjusted:d,significant:C,alarm:$})}}),[...r.values()].sort((o,i)=>n.indexOf(o.layer)-n.indexOf(i.layer))}function mo(e,t=()=>!0){let n=[],r=null;for(let o of e.filter(t))r&&o.place===r.place+1?n[n.length-1].push(o):n.push([o]),r=o;return n}function il(e,t){let n=e[0]?.wall_time??0;return t==="time"?{unit:"time",values:e.map(r=>r.wall_time-n)}:t==="epoch"&&e.every(({epoch:r})=>r!==null)?{unit:"epoch",values:e.map((o,i)=>{let a=u=>u.epoch===o.epoch,s=e.slice(0,i).filter(a).length;return o.epoch+s/e.filter(a).length})}:{unit:"step",values:e.map(r=>r.step)}}function We(e){return e===null?"none":e!==0&&Math.abs(e)<.001?e.toExponential(1).replace("-","−"):String(Number(e.toPrecision(3))).replace("-","−")}function al(e){return e<120?`${Number(e.toFixed(e<10?1:0))} s`:e<7200?`${Number((e/60).toFixed(e<600?1:0))} min`:`${Number((e/3600).toFixed(1))} h`}var Lp=44,nr=8,Ap={edge:["Edge","the edges into"],group:["Group","the groups of"],image:["Image","the images' activations in"]},Rp={emerge:["emerged","emerged"],disappear:["disappeared","disappeared"],split:["split","split"],merge:["merge","merges"]};function sl(e,t,n,r,o){let i=e.evidence??[],[a,s]=n,u=l=>m("ol",{},...l.map(c=>Gp(c,el(c,r),t,[s,a],o)));return m("aside",{class:"evidence","aria-label":"Evidence of the change"},m("h2",{},"What changed ",m("span",{class:e.verdict==="changed"?"chip alarm":"chip accent"},e.verdict)),m("p",{class:"muted"},`From ${it(a)} to ${it(s)}. ${Np(e.events)}`),Op(e,s),m("h3",{},i.length>0?"What makes up most of it":"No evidence was recorded"),u(i.slice(0,nr)),i.length>nr?m("details",{class:"more"},m("summary",{},`${i.length-nr} more`),u(i.slice(nr))):null)}function Np(e){let t=Object.entries(Rp).flatMap(([n,[r,o]])=>{let i=e.filter(a=>a.event===n).length;return i===0?[]:[`${i} ${i===1?r:o}`]});return t.length>0?`Groups: ${t.join(", ")}.`:"Every group survived."}function Op(e,t){let[n,r]=Ct[0],o={step:t.step,epoch:null,wall_time:0,since:t.since,drift:e},i=oe(t.layers),a=u=>i.get(u)??u,s=tr([o],n,t.layers).reverse();return m("table",{},m("caption",{class:"visually-hidden"},r),m("thead",{},m("tr",{},...[r,"value","noise"].map(u=>m("th",{scope:"col"},u)))),m("tbody",{},...s.flatMap(({layer:u,below:l,points:c})=>c.map(f=>m("tr",{class:f.significant?"significant":null},m("th",{scope:"row"},l===null?a(u):`${a(l)} → ${a(u)}`),m("td",{class:"number"},`${f.significant?"◆ ":""}${We(f.value)}`),m("td",{class:"number"},f.nullQuantile===null?"–":`≤ ${We(f.nullQuantile)}`))))))}function Gp(e,t,n,r,o){let i=Math.max(0,Math.min(1,e.share??0)),[a,s]=Ap[e.kind]??[e.kind,""],u=l=>l===null?"none":We(l);return m("li",{},m("p",{class:"what"},m("span",{class:"chip"},a),m("span",{class:"mono"},t)),m("p",{class:"size number"},`${u(e.before)} → ${u(e.after)}`,m("span",{class:"muted"},`${Y(e.share)} of the change in ${s} ${oe(r[0].layers).get(e.layer)??e.layer}`)),k("svg",{class:"share",viewBox:"0 0 100 3",preserveAspectRatio:"none","aria-hidden":"true"},k("rect",{class:"track",width:100,height:3}),k("rect",{class:"part",width:100*i,height:3})),Dp(e,n,r,o))}function Dp(e,t,n,r){let o=e.patches.flatMap(a=>n.map(u=>se(r,t,u,a)).find(u=>u!==null)??[]);if(o.length===0)return null;let i=`${o.length} ${o.length===1?"patch":"patches"} to look at`;return m("div",{class:"patches",role:"img","aria-label":i},...o.map(a=>J(a,Lp)))}var Pp=[["sides","Side by side"],["difference","Difference"]],ll={lineage:"A group is the same where it kept its lineage; one without, where its neurons are alike.",members:"A group is the same where its neurons are alike (Jaccard index .3 or more). Networks trained from different seeds have no neuron in common."},dl=(e,t)=>{let[n,r]=je("Compare with run"),[o,i]=je("Compare with step"),a=m("span",{class:"view-note"}),s=m("button",{class:"button",type:"button"},"Swap"),u=Pp.map(([v,p])=>{let b=m("button",{type:"button",role:"radio","data-mode":v},p);return b.addEventListener("click",()=>e({compare:v})),b}),l=m("div",{class:"segments",role:"radiogroup","aria-label":"How to compare"},...u),c=m("div",{class:"view-head"},n,o,a,s,l),f=m("p",{class:"view-empty",role:"status"}),d=[m("h3"),m("h3")],g=[Kt(e,t),Kt(e,t)],S=m("div",{class:"sides"},...g.map((v,p)=>m("div",{class:"side"},d[p],v.element))),C=rl(v=>e({group:v}),t),$=m("div",{class:"beside"}),w=m("p",{class:"muted view-note"}),G=m("div",{class:"whole"},m("div",{},w,C.element),$),P=m("section",{class:"view compare","aria-label":"Compare"},c,f,S,G),D=null,H=[],O=0,q="",W=null,B="";t.runs().then(v=>{H=v,A()},()=>{}),r.addEventListener("change",()=>{let v=r.value;e({otherRun:v===D?.run.name?null:v,otherStep:null})}),i.addEventListener("change",()=>e({otherStep:Number(i.value)})),s.addEventListener("click",()=>{let v=D&&ul(D);if(!v)return;let[p,b]=v.snapshots;e({run:v.runs[0].name,step:p.step,otherRun:v.sameRun?null:v.runs[1].name,otherStep:b.step})}),l.addEventListener("keydown",v=>{if(!["ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(v.key))return;v.preventDefault();let p=u.find(b=>b.getAttribute("aria-checked")!=="true");p?.focus(),p?.click()}),_t(C.element,v=>{O=v,A()});function A(){if(!D)return;let{state:v,run:p,other:b}=D;for(let h of u){let E=h.dataset.mode===v.compare;h.setAttribute("aria-checked",String(E)),h.tabIndex=E?0:-1}let y=ul(D),M=[...new Set([p.name,...H])];qe(r,M.map(h=>[h,h===p.name?`${h} (this run)`:h]),b?.name??v.otherRun??p.name);let _=b?.snapshots??[];qe(i,_.map(h=>[String(h.step),h.graph.name??String(h.step)]),String(y?.snapshots[0].step??"")),n.hidden=M.length<2,o.firstElementChild.textContent=M.length<2?"Compare with step":"step",s.disabled=y===null;let x=y?Vp(y):zp(D);f.textContent=x??"",f.hidden=x===null,S.hidden=x!==null||v.compare!=="sides",G.hidden=x!==null||v.compare!=="difference",a.textContent=y?`and ${cl(y,1)}`:"",!(!y||x!==null)&&(v.compare==="sides"?T(D,y):N(y,v))}function T(v,p){for(let b of[0,1]){d[b].textContent=`${b===0?"Before: ":"After: "}${cl(p,b)}`;let[y,M]=[p.runs[b],p.snapshots[b]],_={...v.state,run:y.name,step:M.step,target:p.target};g[b].update({...v,run:y,snapshot:M,state:_})}}function N(v,p){let b=JSON.stringify(v.runs.map((_,x)=>[_.name,v.snapshots[x].step]));if(W?.key!==b){if(q===b)return;q=b;let _=x=>t.detail(v.runs[x].name,v.snapshots[x].step);Promise.all([_(0),_(1)]).then(x=>{q===b&&(W={key:b,graphs:x},A())},x=>{q===b&&(q="",G.hidden=!0,f.hidden=!1,f.textContent=x instanceof Error?x.message:String(x))});return}if(O===0)return;w.textContent=v.sameRun?ll.lineage:ll.members;let y=Hp(v,W.graphs),M=`${b} ${v.target}`;if(B!==M){B=M;let[_,x]=W.graphs,h=y.sides[1].target.drift,E=v.sameRun&&h!==null&&x.since===_.step;$.replaceChildren(...E?[sl(h,v.runs[1].name,W.graphs,[y.sides[0].target,y.sides[1].target],t)]:[]),G.classList.toggle("with-evidence",E)}C.draw({...y,width:O,threshold:p.threshold,selected:p.group})}return{element:P,update(v){D=v,A()}}};function ul({run:e,other:t,state:n,snapshot:r}){let o=re(e,n),i=t!==null&&t.name===e.name;if(!r||!t||o===null||n.otherRun!==null&&t.name!==n.otherRun)return null;let a=i?Ip(e,r,n.otherStep):At(t,n.otherStep);return a&&{runs:[t,e],snapshots:[a,r],target:o,sameRun:i}}function Ip(e,t,n){if(n!==null)return At(e,n);let r=e.snapshots.find(i=>i.step===t.graph.since),o=e.snapshots.findIndex(i=>i.step===t.step);return r??e.snapshots[Math.max(0,o-1)]??null}var cl=(e,t)=>`${e.sameRun?"":`${e.runs[t].name}, `}${it(e.snapshots[t].graph)}`;function zp({state:e,run:t}){return t.snapshots.length===0?"This run has no snapshot yet.":`Reading ${e.otherRun??t.name} …`}function Vp({runs:e,snapshots:t,target:n,sameRun:r}){let o=t.findIndex(i=>ue(i,n)===null);if(o>=0){let i=e[1].targets.find(a=>a.target===n)?.name??n;return`Step ${t[o].step} of ${e[o].name} holds no circuit of “${i}”. Choose another step or target.`}return r&&t[0].step===t[1].step?`Step ${t[0].step} is on both sides: nothing differs. Choose another step to compare with.`:null}function fl({nodes:e,links:t,byKey:n}){return{groups:e.map(({group:r})=>({layer:r.layer,number:r.number,lineage:r.lineage,importance:r.importance??0,stable:Ue(r.stability),members:r.members??[]})),edges:t.map(r=>[n.get(r.source).position,n.get(r.target).position,r.share,Ue(r.stability)])}}function Hp(e,t){let n=l=>ue({...e.snapshots[l],graph:t[l]},e.target),r=[n(0),n(1)],o=l=>({run:e.runs[l].name,graph:t[l],target:r[l].target}),[i,a]=t,s=[...i.layers.filter(l=>!a.layers.includes(l)),...a.layers],u=Us(s,fl(r[0]),fl(r[1]),e.sameRun);return{difference:u,sides:[o(0),o(1)],keys:Fp(u,r,e.sameRun)}}function Fp({nodes:e},[t,n],r){return e.map(o=>{if(o.after!==null)return Me(n.nodes[o.after].group);let i=t.nodes[o.before].group;return r&&i.lineage!==null?Me(i):null})}function Le(e,t){return e.names[t]??`class ${t}`}function ml(e,t){return e.mistakes.find(n=>n.image===t)??e.mistakes[0]??null}function hl(e,t,n){return[pl(e,t,n,t.predicted),pl(e,t,n,t.true)]}function pl(e,t,n,r){let o=t.circuits.find(c=>c.target===r),i=o===void 0?null:ue(n,r),a=new Map(i?.nodes.map(c=>[st(c.group),c])),s=new Map(o?.path.map(([c,f,d])=>[st({layer:c,number:f}),d])),u=(o?.groups??[]).flatMap(c=>{let f=a.get(st(c)),d=c.score>e.threshold;return f===void 0?[]:[{node:f,firing:c,fired:d,share:s.get(st(c))??null}]}),l=[...s.keys()].flatMap(c=>u.find(f=>st(f.firing)===c)??[]);return{target:r,name:Le(e,r),circuit:i,groups:u,path:l}}function st({layer:e,number:t}){return`${e}/${t}`}function gl(e,[t,n]){let r=t.groups.filter(({firing:o})=>(o.effect?.[0]??0)<0).sort((o,i)=>o.firing.effect[0]-i.firing.effect[0]);return{deciding:r.filter(({firing:o})=>o.effect[1]===e.true),strongest:r[0]??null,missing:n.groups.filter(({fired:o})=>!o)}}function yl(e,t,n,r){let i=e.mistakes.find(l=>l.image===n)?.circuits.find(l=>l.target===r),a=i===void 0?null:ue(t,r),s=new Map(i?.groups.map(l=>[st(l),l.score])),u=new Map;for(let{group:l}of a?.nodes??[]){let c=s.get(st(l));l.lineage!==null&&c!==void 0&&u.set(Me(l),c)}return u}var ho=420,go=196,yo=18,rr=36,Bp=.3;function xl(e,t,n,r){let o=e.circuit,{graph:i}=o.snapshot,a=new Map(e.groups.map(w=>[w.node.key,w])),s=i.layers.map(w=>o.nodes.filter(({group:G})=>G.layer===w).sort((G,P)=>P.importance-G.importance)),u=Math.max(1,...s.map(w=>w.length)),l=(go-yo)/u,c=Math.min(rr,l-3),f=(ho-rr)/Math.max(1,s.length-1),d=new Map;s.forEach((w,G)=>{w.forEach((P,D)=>{let H=yo+(go-yo)/2+(D-(w.length-1)/2)*l;d.set(P.key,{x:rr/2+G*f,y:H})})});let g=oe(i.layers),S=an(o,Bp),C=(w,G)=>{let[P,D]=[d.get(w),d.get(G)],H=(P.x+D.x)/2;return`M${P.x} ${P.y}C${H} ${P.y} ${H} ${D.y} ${D.x} ${D.y}`},$=k("svg",{class:"mini",viewBox:`0 0 ${ho} ${go}`,role:"group","data-export":"","aria-label":`Circuit of ${e.name}`},k("g",{"aria-hidden":"true"},...i.layers.map((w,G)=>k("text",{class:"layer",x:G===0?0:G===s.length-1?ho:rr/2+G*f,y:10,"text-anchor":G===0?"start":G===s.length-1?"end":"middle"},g.get(w))),...S.map(w=>k("path",{class:"faint",d:C(w.source,w.target)})),...qp(e).map(({source:w,target:G,share:P})=>k("path",{class:"along",d:C(w,G),"data-sign":P<0?"-":"+","stroke-width":2+4*Math.min(1,Math.abs(P))}))),...o.nodes.map(w=>{let{x:G,y:P}=d.get(w.key),D=a.get(w.key),H=se(n,t,o.snapshot,w.group.patches[0]??-1),O={x:G-c/2,y:P-c/2,width:c,height:c},q=H===null?null:J(H);for(let[B,A]of Object.entries(O))q?.setAttribute(B,String(A));let W=D===void 0?"target":D.fired?"fired":"silent";return k("g",{class:`group ${W}${D?.share==null?"":" on-path"}`,role:"button","data-group":w.key,"aria-label":`${Se(o,w)}, ${g.get(w.group.layer)}${D===void 0?"":`: ${bl(D)}`}`},k("title",{},`${Se(o,w)}${D===void 0?"":`: ${bl(D)}`}`),k("rect",{class:"ground",...O}),q,k("rect",{class:"frame",...O}))}));return ye($,".group",Te,w=>r(w.getAttribute("data-group")))(),$}function bl({fired:e,firing:t,share:n}){let r=`${e?"fired":"did not fire"}, ${de(t.score)} × normal`;return n===null?r:`${r}; on the path, ${$e(n)}`}function qp({circuit:e,path:t}){return t.flatMap(({node:n,share:r},o)=>{let i=t[o-1]?.node.key??jp(e,n.key,r);return i===void 0?[]:[{source:n.key,target:i,share:r}]})}function jp({links:e},t,n){let r=o=>Math.abs(o.share-n);return e.filter(o=>o.source===t).sort((o,i)=>r(o)-r(i))[0]?.target}var Wp=300,bo=6;function xo(e,t,n,{picture:r}){if(r===null)return null;let[o,i,a,s,u]=r;return{href:e.mistakenImage(t,n.step,o),x:i,y:a,width:s,height:u}}function wl(e,t,n){let r=t.crops[n];if(r===void 0||t.input===null)return null;let[o,i,a,s]=r,[u,l]=[e.width/t.input[1],e.height/t.input[0]];return{href:e.href,x:e.x+i*u,y:e.y+o*l,width:s*u,height:a*l}}function vl(e,t,n,r){let[o,i]=t.input,a=Wp/Math.max(o,i),s=J(e);s.setAttribute("width",String(i*a)),s.setAttribute("height",String(o*a));let u=k("g",{class:"frames"}),l=k("svg",{class:"large",viewBox:`0 0 ${i*a} ${o*a}`,width:i*a,height:o*a,role:"img","data-export":"","aria-label":r},s,u);function c(d,g,S){let C=t.crops[d];if(C===void 0)return null;let[$,w,G,P]=C.map(A=>A*a),D=2+2*S,H={x:w+D,y:$+D,width:P-2*D,height:G-2*D},O=g.join(" "),q=9+6.2*O.length,[W,B]=[Math.min(H.x,i*a-q-2),Math.max(H.y-16,2)];return k("g",{"data-colour":g[0]},k("rect",{class:"under",...H}),k("rect",{class:"box",...H}),k("rect",{class:"chip",x:W,y:B,width:q,height:15,rx:3}),k("text",{x:W+q/2,y:B+11.5},O))}function f(d){let g=new Map;n.forEach((C,$)=>{if(!(d!==null&&C!==d))for(let[w]of d===null?C.firing.crops.slice(0,1):C.firing.crops)g.set(w,[...g.get(w)??[],$+1])});let S=[...g].map(([C,$],w)=>c(C,$,w));u.replaceChildren(...S.filter(C=>C!==null))}return f(null),{element:l,point:f}}var Qt=bo,Xp=2,Yp=3,kl=2,Up=44,Ml=40,Sl=(e,t)=>{let n=m("ol",{class:"mistakes"}),r=m("p",{class:"muted"}),o=m("nav",{"aria-label":"Mistakes, the worst first"},r,n),i=m("article",{class:"mistake"}),a=m("p",{class:"view-note muted",role:"status"}),s=m("div",{class:"debug-body"},o,m("div",{},a,i)),u=m("div",{class:"view-empty",role:"status"}),l=m("section",{class:"view debug","aria-label":"Debug"},s,u),c=ye(n,"button",Qn,v=>e({image:Number(v.getAttribute("data-image"))})),f=null,d=new WeakMap,g=new WeakSet,S=new WeakSet,C="";function $(v,p){let b=d.get(p)??null;return(b?.record??null)!==null||g.has(p)||S.has(p)||(g.add(p),S.add(p),t.mistakes(v.name,p.step).catch(y=>{let M=y instanceof Error?y.message:String(y);return{steps:[],record:null,problem:M}}).then(y=>{d.set(p,y),g.delete(p),w()})),b}function w(){if(f===null||f.snapshot===null)return;let{run:v,snapshot:p,state:b}=f,y=$(v,p);if(l.setAttribute("aria-busy",String(y===null)),y===null)return;let{record:M}=y,_=M===null?null:ml(M,b.image);if(s.hidden=_===null,u.hidden=_!==null,M===null||_===null){let I=JSON.stringify([p.step,y]);I!==C&&u.replaceChildren(...Qp(y,p)),C=I;return}let x=G(v,_),h=JSON.stringify([v.name,p.step,p.wallTime,_.image,x.length]);if(a.textContent=b.image===null||b.image===_.image?"":`Image ${b.image} is not among the worst mistakes at step ${p.step}. This is the worst.`,h===C)return;C=h;let E=xo(t,v.name,M,_),R={run:v,snapshot:p,record:M,mistake:_,whole:E,earlier:x},z=document.activeElement?.dataset.focus;P(R),i.replaceChildren(...D(R)),z!==void 0&&l.querySelector(`[data-focus="${CSS.escape(z)}"]`)?.focus()}function G(v,p){return p.past.filter(y=>y[4]>0).map(([y])=>y).slice(-Yp).flatMap(y=>{let M=v.snapshots.find(x=>x.step===y),_=M&&$(v,M)?.record;return M&&_?[{snapshot:M,record:_}]:[]})}function P({run:v,record:p,mistake:b}){let{images:y,wrong:M,mistakes:_}=p,x=_.length<M?` The worst ${_.length}:`:"";r.textContent=`${M} of ${te(y,"image")} taken for another class.${x}`,n.replaceChildren(..._.map(h=>{let E=xo(t,v.name,p,h);return m("li",{},m("button",{type:"button","data-image":h.image,"data-focus":`image ${h.image}`,"aria-pressed":String(h===b),"aria-label":`Image ${h.image}: taken for ${Le(p,h.predicted)}, is ${Le(p,h.true)}, ${Y(h.sure)} sure`},E===null?null:J(E,Up),m("span",{},m("b",{},Le(p,h.predicted)),m("span",{class:"muted"},`is ${Le(p,h.true)}`)),m("span",{class:"number muted"},Y(h.sure))))})),c()}function D(v){let{record:p,mistake:b,snapshot:y,whole:M}=v,_=hl(p,b,y),[x,h]=_,E=x.groups.filter(I=>I.fired),R=`Taken for “${x.name}”, but is “${h.name}”`,z=M===null||p.input===null?null:vl(M,p,E.slice(0,bo),`Image ${b.image}, and where the groups of ${x.name} fired`);return[m("header",{},m("h2",{},R),m("p",{class:"muted"},`Image ${b.image} · ${Y(b.sure)} sure of “${x.name}”, ${Y(b.right)} of “${h.name}” · ${de(b.margin)} apart in the logits`)),m("div",{class:"about"},z===null?null:m("figure",{},z.element),m("div",{},m("h3",{},"What would have to change"),...H(v,_),m("h3",{},"The same image before"),O(v))),m("div",{class:"two"},q(v,x,!0,z),q(v,h,!1,null))]}function H({mistake:v},p){let[b,y]=p,{deciding:M,strongest:_,missing:x}=gl(v,p),h=(z,I)=>z.slice(0,Qt).flatMap((L,F)=>[F===0?"":", ",T(L,I)]),E=z=>z.length>Qt?` and ${z.length-Qt} more`:"",R=[];if(M.length>0){let z=M.length===1?"Without ":"Without any one of ";R.push(m("p",{},z,...h(M,b),E(M),` it would be “${y.name}”.`))}else if(_!==null){let z=_.firing.effect[0];R.push(m("p",{},"No single group decided. Without ",T(_,b),` the lead of “${b.name}” changes by ${$e(z)}, of ${de(v.margin)}.`))}else b.circuit!==null&&R.push(m("p",{},`No group of “${b.name}” that fired spoke for it by itself.`));return y.circuit!==null&&R.push(x.length===0?m("p",{},`Of the circuit of “${y.name}” nothing is missing: every group fired.`):m("p",{},`Of the circuit of “${y.name}” did not fire: `,...h(x,y),E(x),".")),R}function O({run:v,record:p,mistake:b,snapshot:y}){let M=[y.step,b.predicted,b.sure,b.right,0],_=[...b.past,M].slice(-8).map(h=>{let[E,R,z,I,L]=h,F=L>0&&v.snapshots.some(j=>j.step===E),V=m("button",{type:"button",class:"link","data-focus":`past ${E}`},`step ${E}`);return V.addEventListener("click",()=>e({step:E,image:b.image,playing:!1})),m("tr",{class:h===M?"now":null},m("th",{scope:"row"},F?V:`step ${E}`),m("td",{},R===b.true?`✓ ${Le(p,R)}`:Le(p,R)),m("td",{class:"number"},Y(z)),m("td",{class:"number"},Y(I)))}),x=["","taken for","sure",`of “${Le(p,b.true)}”`];return m("div",{class:"scroll",tabindex:0,role:"region","aria-label":"The same image before"},m("table",{},m("thead",{},m("tr",{},...x.map(h=>m(h===""?"td":"th",{scope:h===""?null:"col"},h)))),m("tbody",{},..._)))}function q(v,p,b,y){let M=p.groups.filter(I=>I.fired===b),_=p.groups.filter(I=>I.fired!==b),x=b?`Why “${p.name}”`:`Why not “${p.name}”`,h=m("section",{"aria-label":x,"data-target":p.target},m("h3",{},x));if(p.circuit===null)return h.append(m("p",{class:"muted"},`This snapshot has no circuit of “${p.name}”: it is not among the callback’s targets.`)),h;let E=p.groups.filter(I=>I.fired).length,R=p.path.length===0?" Nothing that fired feeds the class.":"";h.append(m("p",{class:"muted"},`${E} of ${te(p.groups.length,"group")} fired.${R}`),xl(p,v.run.name,t,I=>N(p,I)),...W(v,p,M.slice(0,Qt),b,y));let z=[...M.slice(Qt),..._];if(z.length>0){let I=z.length>_.length?"more":b?"that did not fire":"that fired";h.append(m("details",{class:"more"},m("summary",{},`${z.length} ${I}`),...W(v,p,z,!1,null)))}return h}function W(v,p,b,y,M){if(b.length===0)return[];let{record:_,mistake:x,earlier:h}=v,E=h.map(L=>({step:L.snapshot.step,scores:yl(L.record,L.snapshot,x.image,p.target)})),R=b.some(({firing:L})=>L.effect!==null),z=[...v.whole===null?[]:["here"],"usually","group","× normal",...R?["if masked"]:[],...E.map(({step:L})=>`step ${L}`)],I=b.map((L,F)=>{let V=m("tr",{"data-group":L.node.key,"data-colour":y?F+1:null},v.whole===null?null:m("td",{},B(v,L,y?F:null)),m("td",{},A(v,L)),m("th",{scope:"row"},T(L,p),L.share===null?null:m("span",{class:"chip"},"path"),m("span",{class:"muted"},`${oe(v.snapshot.graph.layers).get(L.node.group.layer)} · ${Y(L.firing.importance)}`)),m("td",{class:"number score"},L.firing.score.toFixed(2),Kp(L,_)),R?m("td",{class:"number"},Zp(L,x,_)):null,...E.map(({scores:j})=>m("td",{class:"number"},j.get(L.node.key)?.toFixed(2)??"–")));if(M!==null){let j=U=>()=>M.point(U);V.addEventListener("pointerenter",j(L)),V.addEventListener("pointerleave",j(null)),V.addEventListener("focusin",j(L)),V.addEventListener("focusout",j(null))}return V});return[m("div",{class:"scroll",tabindex:0,role:"region","aria-label":`Groups of ${p.name}`},m("table",{},m("thead",{},m("tr",{},...z.map(L=>m("th",{scope:"col"},L)))),m("tbody",{},...I)))]}function B({whole:v,record:p},{firing:b},y){let M=wl(v,p,b.crops[0]?.[0]??-1);return m("span",{class:"here"},M===null?null:J(M,Ml),y===null?null:m("b",{},String(y+1)))}function A({run:v,snapshot:p},{node:b}){let y=b.group.patches.slice(0,Xp).flatMap(M=>se(t,v.name,p,M)??[]);return m("span",{class:"usual"},...y.map(M=>J(M,Ml)))}function T({node:v},p){let b=m("button",{type:"button",class:"link","data-focus":`group ${p.target} ${v.key}`,title:"Show it in the circuit"},Se(p.circuit,v));return b.addEventListener("click",()=>N(p,v.key)),b}function N(v,p){e({view:"circuit",target:v.target,group:p})}return{element:l,update(v){f?.run.name!==v.run.name&&(d=new WeakMap),f=v,S=new WeakSet,w()}}};function Kp({firing:e,fired:t},{threshold:n}){let r=o=>100*Math.max(0,Math.min(o,kl))/kl;return k("svg",{class:t?"level fired":"level",viewBox:"0 0 100 8",preserveAspectRatio:"none","aria-hidden":"true"},k("rect",{class:"track",y:2,width:100,height:4}),k("rect",{class:"part",y:2,width:r(e.score),height:4}),k("rect",{class:"tick",x:r(n)-.6,width:1.2,height:8}))}function Zp({firing:e},t,n){if(e.effect===null||e.effect[0]===null)return"–";let[r,o]=e.effect;return`${$e(r)}${o===t.predicted?"":` → ${Le(n,o)}`}`}function Qp({steps:e,record:t,problem:n},{step:r}){return n!==null?[m("h2",{},"The mistakes cannot be shown"),m("p",{},n)]:t!==null?[m("h2",{},"No mistakes"),m("p",{},`At step ${r} all ${te(t.images,"probe image")} are taken for what they are.`)]:e.length>0?[m("h2",{},`No mistakes told of at step ${r}`),m("p",{},`They are at ${te(e.length,"snapshot")}, from step ${e[0]} to ${e[e.length-1]}.`)]:[m("h2",{},"No mistakes are recorded in this run"),m("p",{},"Have the callback debug the worst mistakes among the probe images with each snapshot:"),m("pre",{class:"mono"},"NeurFlowCallback(debug_images=4)"),m("p",{},"The probe images need labels. What is already trained is debugged by ",m("code",{class:"mono"},"neurflow debug"),".")]}function lt(e,t){return e==null||t==null?NaN:e<t?-1:e>t?1:e>=t?0:NaN}function wo(e,t){return e==null||t==null?NaN:t<e?-1:t>e?1:t>=e?0:NaN}function or(e){let t,n,r;e.length!==2?(t=lt,n=(s,u)=>lt(e(s),u),r=(s,u)=>e(s)-u):(t=e===lt||e===wo?e:Jp,n=e,r=e);function o(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<0?l=f+1:c=f}while(l<c)}return l}function i(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<=0?l=f+1:c=f}while(l<c)}return l}function a(s,u,l=0,c=s.length){let f=o(s,u,l,c-1);return f>l&&r(s[f-1],u)>-r(s[f],u)?f-1:f}return{left:o,center:a,right:i}}function Jp(){return 0}function vo(e){return e===null?NaN:+e}var $l=or(lt),El=$l.right,em=$l.left,tm=or(vo).center,ko=El;var nm=Math.sqrt(50),rm=Math.sqrt(10),om=Math.sqrt(2);function ir(e,t,n){let r=(t-e)/Math.max(0,n),o=Math.floor(Math.log10(r)),i=r/Math.pow(10,o),a=i>=nm?10:i>=rm?5:i>=om?2:1,s,u,l;return o<0?(l=Math.pow(10,-o)/a,s=Math.round(e*l),u=Math.round(t*l),s/l<e&&++s,u/l>t&&--u,l=-l):(l=Math.pow(10,o)*a,s=Math.round(e/l),u=Math.round(t/l),s*l<e&&++s,u*l>t&&--u),u<s&&.5<=n&&n<2?ir(e,t,n*2):[s,u,l]}function ar(e,t,n){if(t=+t,e=+e,n=+n,!(n>0))return[];if(e===t)return[e];let r=t<e,[o,i,a]=r?ir(t,e,n):ir(e,t,n);if(!(i>=o))return[];let s=i-o+1,u=new Array(s);if(r)if(a<0)for(let l=0;l<s;++l)u[l]=(i-l)/-a;else for(let l=0;l<s;++l)u[l]=(i-l)*a;else if(a<0)for(let l=0;l<s;++l)u[l]=(o+l)/-a;else for(let l=0;l<s;++l)u[l]=(o+l)*a;return u}function Jt(e,t,n){return t=+t,e=+e,n=+n,ir(e,t,n)[2]}function Mo(e,t,n){t=+t,e=+e,n=+n;let r=t<e,o=r?Jt(t,e,n):Jt(e,t,n);return(r?-1:1)*(o<0?1/-o:o)}function _l(e,t){switch(arguments.length){case 0:break;case 1:this.range(e);break;default:this.range(t).domain(e);break}return this}function So(e){return function(){return e}}function $o(e){return+e}var Cl=[0,1];function Tt(e){return e}function Eo(e,t){return(t-=e=+e)?function(n){return(n-e)/t}:So(isNaN(t)?NaN:.5)}function im(e,t){var n;return e>t&&(n=e,e=t,t=n),function(r){return Math.max(e,Math.min(t,r))}}function am(e,t,n){var r=e[0],o=e[1],i=t[0],a=t[1];return o<r?(r=Eo(o,r),i=n(a,i)):(r=Eo(r,o),i=n(i,a)),function(s){return i(r(s))}}function sm(e,t,n){var r=Math.min(e.length,t.length)-1,o=new Array(r),i=new Array(r),a=-1;for(e[r]<e[0]&&(e=e.slice().reverse(),t=t.slice().reverse());++a<r;)o[a]=Eo(e[a],e[a+1]),i[a]=n(t[a],t[a+1]);return function(s){var u=ko(e,s,1,r)-1;return i[u](o[u](s))}}function Tl(e,t){return t.domain(e.domain()).range(e.range()).interpolate(e.interpolate()).clamp(e.clamp()).unknown(e.unknown())}function lm(){var e=Cl,t=Cl,n=zn,r,o,i,a=Tt,s,u,l;function c(){var d=Math.min(e.length,t.length);return a!==Tt&&(a=im(e[0],e[d-1])),s=d>2?sm:am,u=l=null,f}function f(d){return d==null||isNaN(d=+d)?i:(u||(u=s(e.map(r),t,n)))(r(a(d)))}return f.invert=function(d){return a(o((l||(l=s(t,e.map(r),ge)))(d)))},f.domain=function(d){return arguments.length?(e=Array.from(d,$o),c()):e.slice()},f.range=function(d){return arguments.length?(t=Array.from(d),c()):t.slice()},f.rangeRound=function(d){return t=Array.from(d),n=za,c()},f.clamp=function(d){return arguments.length?(a=d?!0:Tt,c()):a!==Tt},f.interpolate=function(d){return arguments.length?(n=d,c()):n},f.unknown=function(d){return arguments.length?(i=d,f):i},function(d,g){return r=d,o=g,c()}}function _o(){return lm()(Tt,Tt)}function um(e){return Math.abs(e=Math.round(e))>=1e21?e.toLocaleString("en").replace(/,/g,""):e.toString(10)}function lr(e,t){if(!isFinite(e)||e===0)return null;var n=(e=t?e.toExponential(t-1):e.toExponential()).indexOf("e"),r=e.slice(0,n);return[r.length>1?r[0]+r.slice(2):r,+e.slice(n+1)]}function Lt(e){return e=lr(Math.abs(e)),e?e[1]:NaN}function cm(e,t){return function(n,r){for(var o=n.length,i=[],a=0,s=e[0],u=0;o>0&&s>0&&(u+s+1>r&&(s=Math.max(1,r-u)),i.push(n.substring(o-=s,o+s)),!((u+=s+1)>r));)s=e[a=(a+1)%e.length];return i.reverse().join(t)}}function fm(e){return function(t){return t.replace(/[0-9]/g,function(n){return e[+n]})}}var dm=/^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;function en(e){if(!(t=dm.exec(e)))throw new Error("invalid format: "+e);var t;return new Co({fill:t[1],align:t[2],sign:t[3],symbol:t[4],zero:t[5],width:t[6],comma:t[7],precision:t[8]&&t[8].slice(1),trim:t[9],type:t[10]})}en.prototype=Co.prototype;function Co(e){this.fill=e.fill===void 0?" ":e.fill+"",this.align=e.align===void 0?">":e.align+"",this.sign=e.sign===void 0?"-":e.sign+"",this.symbol=e.symbol===void 0?"":e.symbol+"",this.zero=!!e.zero,this.width=e.width===void 0?void 0:+e.width,this.comma=!!e.comma,this.precision=e.precision===void 0?void 0:+e.precision,this.trim=!!e.trim,this.type=e.type===void 0?"":e.type+""}Co.prototype.toString=function(){return this.fill+this.align+this.sign+this.symbol+(this.zero?"0":"")+(this.width===void 0?"":Math.max(1,this.width|0))+(this.comma?",":"")+(this.precision===void 0?"":"."+Math.max(0,this.precision|0))+(this.trim?"~":"")+this.type};function pm(e){e:for(var t=e.length,n=1,r=-1,o;n<t;++n)switch(e[n]){case".":r=o=n;break;case"0":r===0&&(r=n),o=n;break;default:if(!+e[n])break e;r>0&&(r=0);break}return r>0?e.slice(0,r)+e.slice(o+1):e}var ur;function mm(e,t){var n=lr(e,t);if(!n)return ur=void 0,e.toPrecision(t);var r=n[0],o=n[1],i=o-(ur=Math.max(-8,Math.min(8,Math.floor(o/3)))*3)+1,a=r.length;return i===a?r:i>a?r+new Array(i-a+1).join("0"):i>0?r.slice(0,i)+"."+r.slice(i):"0."+new Array(1-i).join("0")+lr(e,Math.max(0,t+i-1))[0]}function Ll(e,t){var n=lr(e,t);if(!n)return e+"";var r=n[0],o=n[1];return o<0?"0."+new Array(-o).join("0")+r:r.length>o+1?r.slice(0,o+1)+"."+r.slice(o+1):r+new Array(o-r.length+2).join("0")}var Al={"%":(e,t)=>(e*100).toFixed(t),b:e=>Math.round(e).toString(2),c:e=>e+"",d:um,e:(e,t)=>e.toExponential(t),f:(e,t)=>e.toFixed(t),g:(e,t)=>e.toPrecision(t),o:e=>Math.round(e).toString(8),p:(e,t)=>Ll(e*100,t),r:Ll,s:mm,X:e=>Math.round(e).toString(16).toUpperCase(),x:e=>Math.round(e).toString(16)};function Rl(e){return e}var Nl=Array.prototype.map,Ol=["y","z","a","f","p","n","µ","m","","k","M","G","T","P","E","Z","Y"];function hm(e){var t=e.grouping===void 0||e.thousands===void 0?Rl:cm(Nl.call(e.grouping,Number),e.thousands+""),n=e.currency===void 0?"":e.currency[0]+"",r=e.currency===void 0?"":e.currency[1]+"",o=e.decimal===void 0?".":e.decimal+"",i=e.numerals===void 0?Rl:fm(Nl.call(e.numerals,String)),a=e.percent===void 0?"%":e.percent+"",s=e.minus===void 0?"−":e.minus+"",u=e.nan===void 0?"NaN":e.nan+"";function l(f,d){f=en(f);var g=f.fill,S=f.align,C=f.sign,$=f.symbol,w=f.zero,G=f.width,P=f.comma,D=f.precision,H=f.trim,O=f.type;O==="n"?(P=!0,O="g"):Al[O]||(D===void 0&&(D=12),H=!0,O="g"),(w||g==="0"&&S==="=")&&(w=!0,g="0",S="=");var q=(d&&d.prefix!==void 0?d.prefix:"")+($==="$"?n:$==="#"&&/[boxX]/.test(O)?"0"+O.toLowerCase():""),W=($==="$"?r:/[%p]/.test(O)?a:"")+(d&&d.suffix!==void 0?d.suffix:""),B=Al[O],A=/[defgprs%]/.test(O);D=D===void 0?6:/[gprs]/.test(O)?Math.max(1,Math.min(21,D)):Math.max(0,Math.min(20,D));function T(N){var v=q,p=W,b,y,M;if(O==="c")p=B(N)+p,N="";else{N=+N;var _=N<0||1/N<0;if(N=isNaN(N)?u:B(Math.abs(N),D),H&&(N=pm(N)),_&&+N==0&&C!=="+"&&(_=!1),v=(_?C==="("?C:s:C==="-"||C==="("?"":C)+v,p=(O==="s"&&!isNaN(N)&&ur!==void 0?Ol[8+ur/3]:"")+p+(_&&C==="("?")":""),A){for(b=-1,y=N.length;++b<y;)if(M=N.charCodeAt(b),48>M||M>57){p=(M===46?o+N.slice(b+1):N.slice(b))+p,N=N.slice(0,b);break}}}P&&!w&&(N=t(N,1/0));var x=v.length+N.length+p.length,h=x<G?new Array(G-x+1).join(g):"";switch(P&&w&&(N=t(h+N,h.length?G-p.length:1/0),h=""),S){case"<":N=v+N+p+h;break;case"=":N=v+h+N+p;break;case"^":N=h.slice(0,x=h.length>>1)+v+N+p+h.slice(x);break;default:N=h+v+N+p;break}return i(N)}return T.toString=function(){return f+""},T}function c(f,d){var g=Math.max(-8,Math.min(8,Math.floor(Lt(d)/3)))*3,S=Math.pow(10,-g),C=l((f=en(f),f.type="f",f),{suffix:Ol[8+g/3]});return function($){return C(S*$)}}return{format:l,formatPrefix:c}}var sr,To,Lo;gm({thousands:",",grouping:[3],currency:["$",""]});function gm(e){return sr=hm(e),To=sr.format,Lo=sr.formatPrefix,sr}function Gl(e){return Math.max(0,-Lt(Math.abs(e)))}function Dl(e,t){return Math.max(0,Math.max(-8,Math.min(8,Math.floor(Lt(t)/3)))*3-Lt(Math.abs(e)))}function Pl(e,t){return e=Math.abs(e),t=Math.abs(t)-e,Math.max(0,Lt(t)-Lt(e))+1}function Ao(e,t,n,r){var o=Mo(e,t,n),i;switch(r=en(r??",f"),r.type){case"s":{var a=Math.max(Math.abs(e),Math.abs(t));return r.precision==null&&!isNaN(i=Dl(o,a))&&(r.precision=i),Lo(r,a)}case"":case"e":case"g":case"p":case"r":{r.precision==null&&!isNaN(i=Pl(o,Math.max(Math.abs(e),Math.abs(t))))&&(r.precision=i-(r.type==="e"));break}case"f":case"%":{r.precision==null&&!isNaN(i=Gl(o))&&(r.precision=i-(r.type==="%")*2);break}}return To(r)}function ym(e){var t=e.domain;return e.ticks=function(n){var r=t();return ar(r[0],r[r.length-1],n??10)},e.tickFormat=function(n,r){var o=t();return Ao(o[0],o[o.length-1],n??10,r)},e.nice=function(n){n==null&&(n=10);var r=t(),o=0,i=r.length-1,a=r[o],s=r[i],u,l,c=10;for(s<a&&(l=a,a=s,s=l,l=o,o=i,i=l);c-- >0;){if(l=Jt(a,s,n),l===u)return r[o]=a,r[i]=s,t(r);if(l>0)a=Math.floor(a/l)*l,s=Math.ceil(s/l)*l;else if(l<0)a=Math.ceil(a*l)/l,s=Math.floor(s*l)/l;else break;u=l}return e},e}function Xe(){var e=_o();return e.copy=function(){return Tl(e,Xe())},_l.apply(e,arguments),ym(e)}var tn={right:26,top:8},cr={least:56,most:150,letter:6.8},ut={height:18,pitch:23},ve={head:30,least:76,most:170,below:12},Ro=46,bm=9,Hl=[["stable","no edge drift above noise"],["unjudged","no null to judge by"],["drifting","above noise, but not significant or not lasting"],["re-described","significant, but the old neurons still carry the function"],["changed","edge drift is significant"]],Fl=e=>{let[t,n]=je("Measure"),r=m("p",{class:"muted view-note"}),o=m("div",{class:"view-head"},t,r),i=m("p",{class:"view-empty"}),a=k("g",{class:"verdicts",role:"group","aria-label":"Verdicts"}),s=k("g",{class:"panels"}),u=k("g",{class:"axis","aria-hidden":"true"}),l=k("path",{class:"now"}),c=k("path",{class:"pointer",visibility:"hidden"}),f=k("g",{class:"glyphs","aria-hidden":"true"}),d=k("svg",{class:"drift-chart",role:"group","data-export":!0},a,s,l,c,u,f),g=m("section",{class:"view drift","aria-label":"Drift"},o,i,d),S=null,[C,$]=[0,0],w=null;n.addEventListener("change",()=>e({measure:n.value}));let G=ye(a,".verdict",Te,B=>e({target:Number(B.getAttribute("data-target")),step:Number(B.getAttribute("data-step"))})),P=ye(s,".point",Te,B=>D(Number(B.getAttribute("data-place"))));s.addEventListener("click",B=>{if(B.target.closest(".point"))return;let A=H(B);A!==null&&D(A)}),s.addEventListener("pointermove",B=>O(H(B))),s.addEventListener("pointerleave",()=>O(null)),s.addEventListener("focusin",B=>{let A=B.target.closest(".point");O(A?Number(A.getAttribute("data-place")):null)}),s.addEventListener("focusout",()=>O(null)),_t(g,(B,A)=>{[C,$]=[B,A],q()});function D(B){let A=w?.moments[B];!A||A.since===null||e({view:"compare",compare:"difference",step:A.step,otherRun:null,otherStep:A.since})}function H(B){if(!w)return null;let A=B.clientX-d.getBoundingClientRect().left,T=[...new Set(w.lines.flatMap(({points:v})=>v.map(({place:p})=>p)))],N=v=>Math.abs(w.axes.x(v)-A);return T.sort((v,p)=>N(v)-N(p))[0]??null}function O(B){if(!w||!S)return;c.setAttribute("visibility",B===null?"hidden":"visible"),B!==null&&X(c,{d:Il(w.axes.x(B),w.spans)});let A=w.moments.findIndex(T=>T.step===S.snapshot?.step);[...s.children].forEach((T,N)=>{let v=T.querySelector(".value");v.textContent=Sm(w.lines[N],w.moments,B??A)})}function q(){if(!S||C===0)return;let{run:B,state:A}=S,T=re(B,A),N=wm(A),v=`${C} ${$} ${N[0]} ${A.scale}`;if(w?.run===B&&w.target===T&&w.shape===v){W();return}let p=T===null?[]:Bl(B.snapshots,T),b=tr(p,N[0],B.layers).reverse(),y=B.snapshots.some(({graph:K})=>K.targets.some(le=>le.drift));qe(n,Ct,N[0]);let M=B.targets.find(K=>K.target===T)?.name??"";if(r.textContent=y?`of “${M}”; choose a point to compare its two steps`:"",i.hidden=y,i.textContent=y?"":"Nothing to compare yet: drift is measured from a run's second snapshot on.",d.toggleAttribute("hidden",!y),w=null,!y)return;let _=vm(p,S,C),{top:x}=tn;X(a,{transform:`translate(0,${x})`}),$m(a,S,T,_);let h=oe(B.layers),E=B.targets.length*ut.pitch,R=xm($-44-x-E-14-Ro-Vl(C),b.length),z=K=>x+E+14+K*(ve.head+R+ve.below),I=b.map((K,le)=>z(le)),L=I.map(K=>[K+ve.head,K+ve.head+R]);w={run:B,target:T,shape:v,moments:p,lines:b,axes:_,spans:L};let[F,V]=Mm(b);Ie(s,b.map((K,le)=>({one:K,y:I[le]})),({one:K})=>JSON.stringify([K.layer,K.below]),Cm,(K,{one:le,y:Ye})=>Tm(K,le,Ye,{axes:_,moments:p,low:F,high:V,width:C,tall:R,measure:N[1],short:h}));let j=z(b.length);b.length===0&&(r.textContent=`No snapshot has ${N[1].toLowerCase()} for ${M}.`),Am(u,_,j),Rm(f,C),X(f,{transform:`translate(${_.left+8},${j+Ro+8})`});let U=j+Ro+8+Vl(C);X(d,{viewBox:`0 0 ${C} ${U}`,width:C,height:U,"aria-label":`${N[1]} through the run, for ${M}`}),W(),G(),P()}function W(){if(!w||!S)return;let B=S.snapshot?.step??null,A=w.moments.findIndex(T=>T.step===B);X(l,{d:A<0?"":Il(w.axes.x(A),w.spans)});for(let T of a.querySelectorAll("[aria-current]"))T.removeAttribute("aria-current");for(let T of a.querySelectorAll(`.verdict[data-step="${B}"]`))T.setAttribute("aria-current","step");O(null)}return{element:g,update(B){S=B,q()}}},xm=(e,t)=>Math.max(ve.least,Math.min(ve.most,Math.floor(e/Math.max(1,t))-ve.head-ve.below)),Il=(e,t)=>t.map(([n,r])=>`M${e.toFixed(2)},${n}V${r}`).join(""),wm=({measure:e})=>Ct.find(([t])=>t===e)??Ct[0];function Bl(e,t){return e.map(({step:n,epoch:r,wallTime:o,graph:i})=>({step:n,epoch:r,wall_time:o,since:i.since,drift:i.targets.find(a=>a.target===t)?.drift??null}))}function vm(e,{run:t,state:n},r){let{unit:o,values:i}=il(e,n.scale),a=Math.max(0,...t.targets.map(({name:$})=>$.length)),s=Math.ceil(Math.max(cr.least,Math.min(cr.most,20+cr.letter*a))),u=r-tn.right,l=(u-s)/Math.max(1,e.length),c=Math.min(14,l/2),f=Xe([i[0]??0,i[i.length-1]??1],[s+c,u-c]),d=$=>e.length===1?(s+u)/2:f(i[$]??0),g=i.map(($,w)=>[w===0?s:(d(w-1)+d(w))/2,w===i.length-1?u:(d(w)+d(w+1))/2]),C=km(f.domain(),Math.max(2,Math.floor((u-s)/110)),o).map(([$,w])=>({at:f($),text:w}));return{left:s,x:d,unit:o==="time"?"time since the first snapshot":o,ticks:C,cells:g,pitch:l}}function km(e,t,n){if(n!=="time")return Xe(e,[0,1]).ticks(t).filter(Number.isInteger).map(u=>[u,String(u)]);let r=e[1]-e[0],[o,i]=r<300?["s",1]:r<4*3600?["min",60]:["h",3600];return Xe(e.map(s=>s/i),[0,1]).ticks(t).map(s=>[s*i,`${s} ${o}`])}function Mm(e){let t=e.flatMap(({points:o})=>o.flatMap(i=>[i.value,i.nullQuantile??0])),[n,r]=[Math.min(0,...t),Math.max(0,...t)];return n<0?[-Math.max(-n,r)*1.1,Math.max(-n,r)*1.1]:[0,r>0?Math.min(Math.max(1,r),r*1.12):1]}function Sm(e,t,n){let r=e.points.find(i=>i.place===n),o=t[n]?.step;return r?`step ${o}: ${ql(r)}`:o===void 0?"":`step ${o}: no value`}function ql(e){let t=e.nullQuantile===null?"no null":`noise up to ${We(e.nullQuantile)}`,n=e.pAdjusted===null?"":`, adjusted p ${Number(e.pAdjusted.toPrecision(2))}`;return`${We(e.value)} · ${t}${n}`}function $m(e,{run:t},n,r){Ie(e,t.targets.map((o,i)=>({...o,row:i})),o=>String(o.target),()=>k("g",{class:"ribbon-row"},k("text",{class:"target-name","text-anchor":"end"},k("title"),""),k("g")),(o,i)=>{X(o,{transform:`translate(0,${i.row*ut.pitch})`,"data-current":i.target===n?"":null});let[a,s]=[o.children[0],o.children[1]];X(a,{x:r.left-12,y:ut.height/2,dy:"0.35em"}),a.firstElementChild.textContent=i.name,a.lastChild.textContent=ze(i.name,Math.floor((r.left-20)/cr.letter));let u=Bl(t.snapshots,i.target).map((l,c)=>({moment:l,place:c})).filter(({moment:l})=>l.drift!==null);Ie(s,u,({moment:l})=>String(l.step),()=>k("g",{role:"button"},k("title"),k("rect"),k("path")),(l,{moment:c,place:f})=>{let{verdict:d}=c.drift,[g,S]=r.cells[f],C=S-g>6?1:0,$=`${i.name}, step ${c.step}: ${d}`;X(l,{class:`verdict ${Em(d)}`,"data-target":i.target,"data-step":c.step,"aria-label":$}),l.children[0].textContent=$;let w=S-g<9,G=w?_m[d]??4:ut.height;X(l.children[1],{x:g+C,y:ut.height-G,width:Math.max(1,S-g-2*C),height:G,rx:w?0:3}),X(l.children[2],{d:w?"":jl[d]??"",transform:`translate(${(g+S)/2},${ut.height/2})`})})})}var Em=e=>Hl.find(([t])=>t===e)?.[0]??"unjudged",_m={stable:4,drifting:9,"re-described":14,changed:ut.height},jl={unjudged:"M-2,-2.4A2.2,2.2 0 1 1 0,0.4V1.4M0,3.6V3.7",drifting:"M-3.6,0.9C-2.4,-2 -1,-2 0,0S2.4,2 3.6,-0.9","re-described":"M0,-4L4,0L0,4L-4,0Z",changed:"M0,-4L4.2,3.4H-4.2Z"};function Cm(){return k("g",{class:"panel",role:"group"},k("text",{class:"place",y:19}),k("text",{class:"value",y:19,"text-anchor":"end"}),k("rect",{class:"plot",y:ve.head,rx:4}),k("g",{class:"grid"}),k("path",{class:"null-band"}),k("path",{class:"null-edge"}),k("path",{class:"trace"}),k("g",{class:"points"}))}function zl({layer:e,below:t},n){let r=o=>ft(n.get(o)??o,24);return t===null?r(e):`${r(t)} → ${r(e)}`}function Tm(e,t,n,r){let{axes:o,moments:i,low:a,high:s,width:u,tall:l,measure:c,short:f}=r,d=Xe([a,s],[ve.head+l,ve.head+6]),g=O=>o.x(O.place),S=O=>e.querySelector(`:scope > .${O}`);X(e,{transform:`translate(0,${n})`,"aria-label":`${c}, ${zl(t,f)}`}),X(S("place"),{x:o.left}),S("place").textContent=zl(t,f),X(S("value"),{x:u-tn.right}),X(S("plot"),{x:o.left,width:u-tn.right-o.left,height:l});let C=d.ticks(4);Ie(S("grid"),C,String,()=>k("g",{},k("line"),k("text",{"text-anchor":"end",dy:"0.35em"})),(O,q)=>{X(O,{transform:`translate(0,${d(q)})`,class:q===0?"zero":null}),X(O.children[0],{x1:o.left,x2:u-tn.right}),X(O.children[1],{x:o.left-8}),O.children[1].textContent=We(q)});let $=mo(t.points,O=>O.nullQuantile!==null),w=io(O=>O[0],d(0),O=>O[1]),G=Et(),P=$.map(O=>Lm(O,g,q=>d(q.nullQuantile),o));X(S("null-band"),{d:P.map(O=>w(O)).join("")}),X(S("null-edge"),{d:P.map(O=>G(O)).join("")});let D=Et(g,O=>d(O.value));X(S("trace"),{d:mo(t.points).map(O=>D(O)).join("")});let H=o.pitch<bm;Ie(S("points"),t.points,O=>String(i[O.place].step),()=>k("g",{role:"button"},k("title"),k("circle",{class:"halo",r:8}),k("path")),(O,q)=>{let{step:W,since:B,drift:A}=i[q.place],T=q.alarm?"alarm":q.significant?"significant":"quiet",N=`Step ${W}, compared with ${B??"none"}: ${ql(q)}${q.alarm?`. Alarm: ${A.verdict}`:q.significant?". Significant":""}`;X(O,{class:`point ${T}`,transform:`translate(${g(q).toFixed(2)},${d(q.value).toFixed(2)})`,"data-place":q.place,"data-step":W,"aria-label":N}),O.children[0].textContent=N,X(O.children[2],{d:H&&T==="quiet"?"":No[T]})})}function Lm(e,t,n,r){let[o,i]=[e[0],e[e.length-1]],a=(s,u)=>{let l=r.cells[s.place][u];return t(s)+Math.sign(l-t(s))*Math.min(14,Math.abs(l-t(s)))};return[[a(o,0),n(o)],...e.map(s=>[t(s),n(s)]),[a(i,1),n(i)]]}var No={quiet:"M-2.6,0A2.6,2.6 0 1 1 2.6,0A2.6,2.6 0 1 1 -2.6,0Z",significant:"M0,-4.2L4.2,0L0,4.2L-4.2,0Z",alarm:"M0,-6L6,4.6H-6Z"};function Am(e,t,n){X(e,{transform:`translate(0,${n})`});let r=t.cells.length?(t.cells[0][0]+t.cells[t.cells.length-1][1])/2:0;e.replaceChildren(...t.ticks.map(({at:o,text:i})=>k("g",{},k("line",{x1:o,x2:o,y2:5}),k("text",{x:o,y:19,"text-anchor":"middle"},i))),k("text",{class:"unit",x:r,y:38,"text-anchor":"middle"},t.unit))}var Wl=e=>e<1240?2:1,Vl=e=>22*Wl(e)+8;function Rm(e,t){let n=0,r=8,o=(s,u)=>{let l=k("g",{transform:`translate(${n},${r})`},s,k("text",{x:17,dy:"0.35em"},u));return n+=44+u.length*7,l},i=Hl.map(([s,u])=>o(k("g",{class:`verdict ${s}`},k("title",{},u),k("rect",{x:-8,y:-8,width:16,height:16,rx:3}),k("path",{d:jl[s]??""})),s));Wl(t)>1&&([n,r]=[0,30]);let a=[o(k("rect",{class:"null-band",x:-8,y:-8,width:16,height:16,rx:2}),"what noise makes, 99 %"),o(k("g",{class:"point significant"},k("path",{d:No.significant})),"significant"),o(k("g",{class:"point alarm"},k("path",{d:No.alarm})),"alarm")];e.replaceChildren(...i,...a)}var Xl=(e,t)=>e.x<t.x+t.width&&t.x<e.x+e.width&&e.y<t.y+t.height&&t.y<e.y+e.height;function Yl(e,t,n,r){let o=[];for(let i of e){let a=-1/0;for(let s of i)s.x-a<n||s.x+s.width>r||t.some(u=>Xl(s,u))||o.some(u=>Xl(s,u))||(o.push(s),a=s.x)}return o}function Kl(e,t,n=[],r=()=>0){if(e<=t)return Array.from({length:e},(a,s)=>s);let o=new Set([0,e-1,...n.filter(a=>a>=0&&a<e)]),i=Math.max(0,t-o.size);for(let a=0;a<i;a+=1){let[s,u]=[a,a+1].map(c=>Math.round(c*e/i)),l=null;for(let c=s;c<u;c+=1)o.has(c)||(l===null||r(c)>r(l))&&(l=c);l!==null&&o.add(l)}return[...o].sort((a,s)=>a-s)}function Zl(e,t,n){let r=Math.min(e,Math.max(1,t)),o=Math.max(0,Math.min(e-r,n-Math.floor(r/2)));return Array.from({length:r},(i,a)=>o+a)}var Oo=e=>t=>t.lineage===e;function Nm(e,t){let n=new Map,r=(o,i)=>{let a=(s,u)=>s.groups.some(l=>l.number===u);!a(e,o)||!a(t,i)||n.set(o,(n.get(o)??new Set).add(i))};for(let o of e.groups){let i=o.lineage===null?void 0:t.groups.find(Oo(o.lineage));i&&r(o.number,i.number)}if(t.since!==null&&t.since!==e.step)return n;for(let o of t.events)for(let i of o.before)for(let a of o.after)r(i,a);return n}function Om(e,t){let n=r=>new Set([...r].flatMap(o=>[...t.get(o)??[]]));return new Map([...e].map(([r,o])=>[r,n(o)]))}function Ql(e){let[t,n]=[e[0],e[e.length-1]],r=new Map(t.groups.map(i=>[i.number,new Set([i.number])]));for(let i=1;i<e.length;i+=1)r=Om(r,Nm(e[i-1],e[i]));let o=[];for(let i of t.groups){if(i.lineage===null)continue;let a=n.groups.some(Oo(i.lineage));for(let s of n.groups){if(s.lineage===null)continue;let l=i.lineage===s.lineage?"same":r.get(i.number)?.has(s.number)?t.groups.some(Oo(s.lineage))?a?null:"merge":"split":null;l&&o.push({source:i.number,target:s.number,become:l})}}return o}function Gm(e,t,n,r,o,i){let a=[],s=(c,f)=>c.groups.find(d=>d.number===f)?.lineage??null,u=(c,f)=>f.map(d=>s(c,d)).filter(d=>d!==null),l=(c,f)=>o.some(d=>d.event===c&&d.lineage.includes(f));for(let c of t.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.source===c.number).map(d=>d.target);f.length>1?a.push({turn:"split",column:e-1,number:c.number,lineage:u(n,f)}):f.length===0&&l("disappear",c.lineage)&&a.push({turn:"death",column:e-1,number:c.number,lineage:[c.lineage]})}for(let c of n.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.target===c.number).map(d=>d.source);f.length>1?a.push({turn:"merge",column:e,number:c.number,lineage:u(t,f)}):f.length===0&&i.has(c.lineage)?a.push({turn:"return",column:e,number:c.number,lineage:[c.lineage]}):f.length===0&&a.push({turn:"birth",column:e,number:c.number,lineage:[c.lineage]})}return a}function Dm(e){let t=new Map,n=[];return e.forEach((r,o)=>{for(let{lineage:i}of r.groups){if(i===null)continue;let a=t.get(i);a!==void 0&&a<o-1&&n.push({lineage:i,from:a,to:o}),t.set(i,o)}}),n}function Jl(e,t){let n=t.map(a=>e[a]),r=[],o=[],i=new Set;return t.forEach((a,s)=>{if(s>0){let u=e.slice(t[s-1],a+1),[l,c]=[u[0],u[u.length-1]],f=Ql(u),d=u.slice(1).flatMap(g=>g.events);r.push(f),o.push(...Gm(s,l,c,f,d,i))}for(let{lineage:u}of e[a].groups)u!==null&&i.add(u)}),{moments:n,passages:r,marks:o,gaps:Dm(n)}}function Pm(e){let t=[];for(let n=1;n<e.length;n+=1){let[r,o]=[e[n-1],e[n]],i=(a,s)=>a.groups.find(u=>u.number===s)?.lineage;for(let a of Ql([r,o]))a.become!=="same"&&t.push([i(r,a.source),i(o,a.target)])}return t}function eu(e){let t=Pm(e),n=[];for(let r of e){let o=[...r.groups].sort((i,a)=>a.importance-i.importance);for(let{lineage:i}of o){if(i===null||n.includes(i))continue;let a=t.find(([s,u])=>u===i&&n.includes(s))?.[0];n.splice(a===void 0?n.length:n.indexOf(a)+1,0,i)}}return zm(n,t)}var Im=12;function zm(e,t){let n=new Map(e.map((a,s)=>[a,s])),r=new Map(e.map(a=>[a,[]]));for(let[a,s]of t)r.get(a).push(s),r.get(s).push(a);let o=a=>r.get(a).reduce((s,u)=>s+Math.abs(n.get(a)-n.get(u)),0),i=a=>{[e[a],e[a+1]]=[e[a+1],e[a]],n.set(e[a],a).set(e[a+1],a+1)};for(let a=0;a<Im;a+=1){let s=!1;for(let u=0;u+1<e.length;u+=1){let[l,c]=[e[u],e[u+1]],f=o(l)+o(c);i(u),o(l)+o(c)<f?s=!0:i(u)}if(!s)break}return e}function tu(e,t){let n=new Map,r=Array.from({length:t},()=>-1);return e.forEach((o,i)=>{let a=o.groups.flatMap(({lineage:u})=>u===null?[]:[u]),s=u=>r[n.get(u)]=i;a.filter(u=>n.has(u)).forEach(s);for(let u of a.filter(l=>!n.has(l)).sort((l,c)=>l-c))n.set(u,r.indexOf(Math.min(...r))),s(u)}),n}var fr=e=>Math.max(0,e.importance);function Vm(e,t){let n=e.map(({groups:o})=>{let i=o.reduce((s,u)=>s+fr(u),0),a=t.height-t.gap*Math.max(0,o.length-1);return i>0?Math.max(0,a)/i:1/0}),r=Math.min(...n,1/0);return Number.isFinite(r)?r:0}function Hm(e,t,n,r,o,i){let a=[...e.groups].sort((c,f)=>r(c)-r(f)||c.number-f.number),s=a.map(c=>fr(c)*o),u=s.reduce((c,f)=>c+f,0)+i.gap*(a.length-1),l=(i.height-u)/2;return a.map((c,f)=>{let d={column:t,group:c,x:n,top:l,bottom:l+s[f]};return l=d.bottom+i.gap,d})}function Ul(e,t){let n=t.reduce((o,i)=>o+fr(i.group),0),r=e.top;return t.map(o=>{let i=n>0?fr(o.group)/n:1/t.length,a=[r,r+i*(e.bottom-e.top)];return r=a[1],a})}function nu(e,t,n){let{moments:r,passages:o}=e,i=new Map(t.map((d,g)=>[d,g])),a=d=>d.lineage===null?t.length+1:i.get(d.lineage)??t.length,s=r.length>1?(n.width-n.bar)/(r.length-1):0,u=r.map((d,g)=>g*s),l=Vm(r,n),c=r.map((d,g)=>Hm(d,g,u[g],a,l,n)),f=o.flatMap((d,g)=>Fm(c[g],c[g+1],d));return{columns:u,bars:c.flat(),ribbons:f}}function Fm(e,t,n){let r=(o,i)=>n.find(a=>a.source===o.group.number&&a.target===i.group.number);return e.flatMap(o=>{let i=t.filter(s=>r(o,s)),a=Ul(o,i);return i.map((s,u)=>{let l=e.filter(f=>r(f,s)),c=Ul(s,l);return{source:o,target:s,become:r(o,s).become,from:a[u],to:c[l.indexOf(o)]}})})}function ru(e,t){let[n,r]=[e.source.x+t,e.target.x],o=(n+r)/2,[i,a]=e.from,[s,u]=e.to,l=c=>Math.round(c*100)/100;return`M${l(n)},${l(i)}C${l(o)},${l(i)} ${l(o)},${l(s)} ${l(r)},${l(s)}V${l(u)}C${l(o)},${l(u)} ${l(o)},${l(a)} ${l(n)},${l(a)}Z`}var ee={left:54,right:22,head:42},[Bm,qm]=[260,620],au=9,jm=7,Wm=22,Xm=64,Go=84,Ae={head:44,side:44,least:32,patches:4},Ym=8,Um=320,dr={width:6.9,bold:8.5,height:13},Km=46,su=(e,t)=>{let[n,r]=je("Layer"),[o,i]=je("Show"),a=m("p",{class:"muted view-note","aria-live":"polite"}),s=m("div",{class:"view-head"},n,o,a),u=k("g",{class:"columns",role:"group","aria-label":"Snapshots"}),l=k("g",{class:"streams",role:"group","aria-label":"Streams"}),c=k("g",{class:"stream-names","aria-hidden":"true"}),f=k("g",{class:"now","aria-hidden":"true"}),d=k("text",{class:"column-axis",x:4,y:22}),g=k("g",{class:"strip"}),S=k("g",{class:"glyphs","aria-hidden":"true"}),C=k("g",{},d,u,l,c,f),$=k("svg",{class:"lineage-chart",role:"group","data-export":!0},C,g,S),w=m("p",{class:"view-empty"}),G=m("section",{class:"view lineage","aria-label":"Lineage"},s,w,$),P=null,[D,H]=[0,0],O=null,q=ye(u,".column",Te,A=>e({step:Number(A.getAttribute("data-step"))})),W=ye(l,".stream",Qn,A=>{let T=A.getAttribute("data-group"),N=A.getAttribute("data-step"),v=P?.state.group===T,p=O?.layer??null;e({layer:p,group:v?null:T,...N===null?{}:{step:Number(N)}})});r.addEventListener("change",()=>e({layer:r.value,group:null})),i.addEventListener("change",()=>e({span:i.value})),_t(G,(A,T)=>{[D,H]=[A,T],B()});function B(){if(!P||D===0)return;let{run:A,state:T,snapshot:N}=P,v=re(A,T),p=A.layers.slice(0,-1),y=[v===null?null:Qm(A,v,T.group,p),T.layer].find(V=>V!==null&&p.includes(V))??p[p.length-1],M=y===void 0||v===null?null:Jm(A,v,y),_=M===null||M.moments.length===0;w.textContent=_?"No snapshot has a layer below the target's to follow.":"",w.hidden=!_,$.toggleAttribute("hidden",_);let x=oe(A.layers);if(qe(r,p.map(V=>[V,x.get(V)??V]),y??""),_||y===void 0||v===null)return;let h=Math.max(2,Math.floor((D-ee.left-ee.right)/Wm)),E=M.moments.length>h;qe(i,[["run","the whole run"],["around","around this step"]],T.span),o.hidden=!E;let R=Math.max(0,M.snapshots.findIndex(V=>V.step===N?.step)),z=E&&T.span==="around"?Zl(M.moments.length,h,R):Kl(M.moments.length,h,[],V=>M.moments[V].events.length);a.textContent=rh(M,z,T.span);let I=th(H,D,z.length),L=nh(O,{run:A,target:v,layer:y,of:M,shown:z,width:D,height:I});(L!==O||T.scale!==d.textContent)&&oh(u,L,P),O||wh(S),uh(l,L,P,L!==O,t),L!==O&&gh(c,L,D);for(let V of c.children){let j=l.classList.contains("has-selection")&&V.getAttribute("data-group")!==T.group;V.classList.toggle("faint",j)}O=L,d.textContent=T.scale,sh(f,u,L,P);let F=xh(g,L,P,t);X(S,{transform:`translate(${ee.left},${F+22})`}),X($,{viewBox:`0 0 ${D} ${F+40}`,width:D,height:F+40,"aria-label":`Neuron groups of ${y} through the run, for ${Zm(A,v)}`}),q(),W()}return{element:G,update(A){P=A,B()}}},Zm=(e,t)=>e.targets.find(n=>n.target===t)?.name??String(t);function Qm(e,t,n,r){if(n===null)return null;let o=r.find(i=>n.startsWith(`${i}/`));if(o!==void 0)return o;for(let{graph:i}of e.snapshots){let s=(i.targets.find(u=>u.target===t)?.groups??[]).find(u=>`L${u.lineage}`===n);if(s)return r.includes(s.layer)?s.layer:null}return null}var ou=new WeakMap;function Jm(e,t,n){let r=ou.get(e)??new Map;ou.set(e,r);let o=`${t} ${n}`,i=r.get(o);return i||r.set(o,i=eh(e,t,n)),i}function eh(e,t,n){let r=[],o=[];for(let i of e.snapshots){let a=i.graph.targets.find(s=>s.target===t);!a||!i.graph.layers.includes(n)||(r.push(i),o.push({step:i.step,since:i.graph.since,groups:lu(i,t,n).map(({number:s,lineage:u,importance:l})=>({number:s,lineage:u,importance:l??0})),events:(a.drift?.events??[]).filter(s=>s.layer===n)}))}return{snapshots:r,moments:o}}function lu(e,t,n){return e.graph.targets.find(o=>o.target===t)?.groups.filter(o=>o.layer===n)??[]}var iu=new WeakMap;function th(e,t,n){let{side:r,across:o}=hu((t-ee.left-ee.right)/Math.max(1,n-1)),i=Ae.head+Math.ceil(Ae.patches/o)*(r+3),a=44+ee.head+i+44;return Math.max(Bm,Math.min(qm,e-a))}function nh(e,t){if(e?.of===t.of&&e.width===t.width&&e.height===t.height&&e.shown.join()===t.shown.join())return e;let r=iu.get(t.of)??eu(t.of.moments);iu.set(t.of,r);let o=Jl(t.of.moments,t.shown),i=t.width-ee.left-ee.right,a=i-Go>=Xm*(t.shown.length-1),s=a?i-Go:i,u=Math.min(au,Math.max(3,Math.round(.22*s/t.shown.length))),l={width:s,height:t.height,gap:jm,bar:u},c=nu(o,r,l),f=c.columns[1]??l.width;return{...t,streams:o,layout:c,pitch:f,bar:u,colours:tu(t.of.moments,Ym),roomy:a}}function rh(e,t,n){let r=e.moments.length;if(t.length===r)return`${r} snapshots`;if(n==="around"){let[i,a]=[e.moments[t[0]],e.moments[t[t.length-1]]];return`Steps ${i.step} to ${a.step}: ${t.length} of ${r} snapshots in a row`}let o=Math.round(r/t.length);return`${t.length} of ${r} snapshots: the first, the last, and of about every ${o} in between the one with most events`}function uu(e,{run:t,state:n}){return n.scale==="time"?al(e.wallTime-(t.snapshots[0]?.wallTime??0)):String((n.scale==="epoch"?e.epoch:null)??e.step)}function oh(e,t,n){let{layout:r,of:o,shown:i,pitch:a,bar:s}=t,u=Math.max(1,Math.ceil(52/a));Ie(e,i.map((l,c)=>({column:c,snapshot:o.snapshots[l]})),({snapshot:l})=>String(l.step),()=>k("g",{class:"column",role:"button"},k("rect",{class:"column-back",rx:6}),k("text",{class:"column-name","text-anchor":"middle",y:22})),(l,{column:c,snapshot:f})=>{let d=ee.left+r.columns[c]+s/2,g=c===0?d-Math.min(ee.left,a/2):d-a/2;X(l,{"data-step":f.step,"data-named":c%u===0?"":null,"aria-label":`Step ${f.step}${f.epoch===null?"":`, epoch ${f.epoch}`}: ${ih(t,c)}`});let S=Math.min(d+a/2,t.width-2)-Math.max(2,g);X(l.children[0],{x:Math.max(2,g),y:4,width:S,height:ee.head+t.height+8});let C=uu(f,n),$=C.length*dr.bold/2;X(l.children[1],{x:Math.min(d,t.width-$)}),l.children[1].textContent=C})}function ih({streams:e},t){let n=e.moments[t].groups,r=n.filter(i=>i.lineage===null).length,o=te(n.length,"group");return r?`${o}, ${r} of them unstable`:o}function ah(e,t,n){let r=t.findIndex(s=>s>=e);if(r<0||r===0&&t[0]!==e)return null;if(t[r]===e)return n[r];let[o,i]=[t[r-1],t[r]],a=(e-o)/(i-o);return n[r-1]*(1-a)+n[r]*a}function sh(e,t,n,r){let{layout:o,of:i,shown:a}=n,s=r.snapshot?.step??null,u=i.snapshots.findIndex(g=>g.step===s),l=u<0?null:ah(u,a,o.columns);if([...t.children].forEach((g,S)=>{let C=a[S]===u,$=!C&&l!==null&&Math.abs(o.columns[S]-l)<Km;X(g,{"aria-current":C?"step":null,"data-near":$?"":null})}),e.replaceChildren(),l===null||a.includes(u))return;let c=ee.left+n.bar/2+l,f=uu(i.snapshots[u],r),d=12+7*f.length;e.append(k("line",{x1:c,x2:c,y1:32,y2:ee.head+n.height+8}),k("rect",{x:c-d/2,y:6,width:d,height:24,rx:6}),k("text",{x:c,y:22,"text-anchor":"middle"},f))}function Po({layer:e,streams:t,layout:n}){let r=({column:a,group:s})=>s.lineage===null?`${e}/${s.number}@${a}`:`L${s.lineage}`,o=new Map;for(let a of n.bars){let s=o.get(r(a))??{lineage:a.group.lineage,bars:[],ribbons:[],marks:[]};o.set(r(a),s),s.bars.push(a)}for(let a of n.ribbons)o.get(r(a.become==="split"?a.target:a.source)).ribbons.push(a);for(let a of t.marks){let s=n.bars.find(u=>u.column===a.column&&u.group.number===a.number);o.get(r(s)).marks.push(a)}return[...o].map(([a,s])=>({key:a,...s})).sort((a,s)=>a.bars[0].column-s.bars[0].column||a.bars[0].top-s.bars[0].top)}var cu=({lineage:e},{colours:t})=>e===null?"unstable":`stream-${t.get(e)}`,lh=e=>e.key.replace(/@\d+$/,"");function uh(e,t,{state:n,snapshot:r},o,i){X(e,{transform:`translate(${ee.left},${ee.head})`});let a=t.streams.moments.map(u=>u.step);o&&Ie(e,Po(t),u=>u.key,()=>k("g",{class:"stream",role:"button"}),(u,l)=>{X(u,{class:`stream ${cu(l,t)}`,"data-group":lh(l),"data-step":l.lineage===null?a[l.bars[0].column]:null,"aria-label":fu(l,t)}),u.replaceChildren(...fh(l,t,i))});let s=!1;for(let u of e.children){let l=u.getAttribute("data-step"),c=u.getAttribute("data-group")===n.group&&(l===null||l===String(r?.step));s||=c,X(u,{"aria-pressed":String(c)})}e.classList.toggle("has-selection",s)}function ch(e,t){let{group:n}=nn(t,e.bars[0]);return n?.label??String(e.lineage)}function nn(e,t){let n=e.of.snapshots[e.shown[t.column]],r=lu(n,e.target,e.layer);return{snapshot:n,group:r.find(o=>o.number===t.group.number)}}function fu(e,t){let n=e.bars.map(f=>t.streams.moments[f.column].step),[r,o]=[e.bars[0],e.bars[e.bars.length-1]],i=n.length===1?`at step ${n[0]}`:`steps ${n[0]} to ${n[n.length-1]}`,a=n.length===1?Y(r.group.importance):`${Y(r.group.importance)} to ${Y(o.group.importance)}`,s=e.marks.map(f=>mu(f,t)).join("; "),{group:u}=nn(t,r),l=u?he(u):"";return`${e.lineage===null?`${l}, unstable`:l}, ${i}, importance ${a}${s&&`. ${s}`}`}function fh(e,t,n){let{streams:r,layout:o,bar:i}=t,a=k("title",{},fu(e,t)),s=e.ribbons.map(g=>k("path",{class:`ribbon ${g.become}`,d:ru(g,i)})),u=r.gaps.filter(g=>g.lineage===e.lineage).map(g=>{let S=C=>e.bars.find($=>$.column===C);return k("path",{class:"sleep",d:dh(S(g.from),S(g.to),i)})}),l=e.marks.flatMap(g=>ph(g,e,t)),c=e.bars.map(g=>k("rect",{class:"bar",x:g.x,y:g.top,width:i,height:Math.max(1,g.bottom-g.top),rx:Math.min(2.5,(g.bottom-g.top)/2)})),f=e.bars.flatMap(g=>mh(g,t,n)),d=e.marks.filter(g=>g.turn!=="birth"||o.bars.length<400).map(g=>bh(g,e,t));return[a,...u,...l,...s,...c,...f,...d]}function dh(e,t,n){let[r,o]=[e.x+n,(e.top+e.bottom)/2],[i,a]=[t.x,(t.top+t.bottom)/2];return`M${r},${o}C${(r+i)/2},${o} ${(r+i)/2},${a} ${i},${a}`}function Io(e,{pitch:t,roomy:n}){let r=Math.floor(Math.min(e.bottom-e.top-4,t*.42,44));return n&&r>=14?r:0}function du(e,t,n){let[r,o]=[n.pitch-n.bar,rn(n)],i=Math.min(24,n.pitch*.3,r/2-o),a=Io(t,n);return e.turn==="death"&&a>0?Math.min(a+14,r-i-2*o):i}function ph(e,t,n){if(e.turn==="split"||e.turn==="merge")return[];let r=t.bars.find(c=>c.column===e.column),o=(r.top+r.bottom)/2,i=e.turn==="death",a=i?r.x+n.bar:r.x,s=a+(i?1:-1)*du(e,r,n),u=(a+s)/2,l=`M${a},${r.top}C${u},${r.top} ${u},${o} ${s},${o}C${u},${o} ${u},${r.bottom} ${a},${r.bottom}Z`;return[k("path",{class:"ribbon taper",d:l})]}function mh(e,t,n){let r=Io(e,t),{snapshot:o,group:i}=nn(t,e),a=i?.patches[0];if(r===0||a===void 0)return[];let s=se(n,t.run.name,o,a);if(s===null)return[];let u=J(s,r);return X(u,{x:e.x+t.bar+4,y:(e.top+e.bottom-r)/2,"aria-hidden":"true"}),[u]}function hh(e,t,{pitch:n,roomy:r}){if(t.lineage===null)return!1;let o=t.ribbons.some(i=>i.source===e);return e.bottom-e.top>=11&&(r||o&&n>=20)}function gh(e,t,n){let r=({bars:u})=>u.reduce((l,c)=>l+c.group.importance,0),o=Po(t).sort((u,l)=>r(l)-r(u)),i=o.map(u=>u.bars.filter(l=>hh(l,u,t)).map(l=>yh(l,u,t))),a=rn(t),s=o.flatMap(u=>u.marks.map(l=>{let[c,f]=zo(l,u,t);return{x:c-a,y:f-a,width:2*a,height:2*a}}));X(e,{transform:`translate(${ee.left},${ee.head})`}),e.replaceChildren(...Yl(i,s,Um,n-ee.left).map(({x:u,y:l,height:c,text:f,group:d})=>k("text",{class:"stream-name",x:u,y:l+c/2,dy:"0.35em","data-group":d},f)))}function yh(e,t,n){let r=Io(e,n),o=t.marks.find(f=>(f.turn==="death"||f.turn==="split")&&f.column===e.column),i=o===void 0?0:zo(o,t,n)[0]-e.x+rn(n)+4,a=Math.max(n.bar+(r>0?r+9:5),i),s=n.roomy?Math.min(n.pitch,Go+30)-a-16:60,u=ze(ch(t,n),Math.max(4,Math.floor(s/6.4))),[l,c]=[e.x+a,(e.top+e.bottom-dr.height)/2];return{x:l,y:c,width:u.length*dr.width,height:dr.height,text:u,group:t.key}}var pu={birth:"M0,-3.2L2.9,1.8H-2.9Z",return:"M0,-3.2L2.9,1.8H-2.9Z",death:"M-2.6,-2.6L2.6,2.6M2.6,-2.6L-2.6,2.6",split:"M-3.6,0H-0.8L3.4,-3.4M-0.8,0L3.4,3.4",merge:"M3.6,0H0.8L-3.4,-3.4M0.8,0L-3.4,3.4"},Do={birth:"emerges",return:"comes back",death:"disappears",split:"splits",merge:"is merged"};function mu(e,{streams:t}){let n=o=>t.moments[o]?.step,r=e.lineage.map(o=>`group ${o}`).join(" and ");return e.turn==="split"?`splits into ${r} by step ${n(e.column+1)}`:e.turn==="merge"?`merged from ${r} at step ${n(e.column)}`:e.turn==="death"?`disappears after step ${n(e.column)}`:`${Do[e.turn]} at step ${n(e.column)}`}var rn=({pitch:e})=>Math.max(4,Math.min(6,.2*e));function zo(e,t,n){let r=t.bars.find(s=>s.column===e.column),[o,i]=[du(e,r,n),rn(n)],a={birth:-o,return:-o,merge:-i,split:n.bar+i,death:n.bar+o};return[r.x+a[e.turn],(r.top+r.bottom)/2]}function bh(e,t,n){let[r,o]=zo(e,t,n);return k("g",{class:`turn ${e.turn}`,transform:`translate(${r.toFixed(2)},${o.toFixed(2)})`},k("title",{},mu(e,n)),k("circle",{r:rn(n)}),k("path",{d:pu[e.turn]}))}function hu(e){let t=r=>Math.floor(Math.min(Ae.side,(e-8)/r-3)),n=[Ae.patches,2].find(r=>t(r)>=Ae.least);return n?{side:t(n),across:n}:{side:Math.floor(Math.min(Ae.side,e-3)),across:1}}function xh(e,t,{state:n},r){let o=ee.head+t.height+Ae.head,i=Po(t).filter($=>$.lineage!==null),a=$=>$.bars.reduce((w,G)=>w+G.group.importance,0),s=i.find($=>$.key===n.group),u=s??[...i].sort(($,w)=>a(w)-a($))[0];if(e.replaceChildren(),!u||t.of.snapshots.every(({graph:$})=>$.input===null))return o-Ae.head+14;let{side:l,across:c}=hu(t.pitch),{group:f}=nn(t,u.bars[0]),d=f?he(f):"",g=s?`Patches of ${d} through the run`:`Patches of ${d}, the most important stream here; select another to see its own`,S=k("text",{class:"strip-name",x:ee.left,y:o-12},g),C=u.bars.flatMap($=>{let{snapshot:w,group:G}=nn(t,$);return(G?.patches??[]).slice(0,Ae.patches).flatMap((P,D)=>{let H=se(r,t.run.name,w,P);if(H===null)return[];let O=J(H,l),q=c===1?(t.bar-l)/2:0;return X(O,{x:ee.left+$.x+q+D%c*(l+3),y:o+Math.floor(D/c)*(l+3),role:"img","aria-label":`Patch ${D+1} of ${d} at step ${w.step}`}),[O]})});return X(e,{class:`strip ${cu(u,t)}`}),e.append(S,...C),o+Math.ceil(Ae.patches/c)*(l+3)}function wh(e){let t=["birth","return","death","split","merge"],n=6,r=t.map(a=>{let s=k("g",{class:`turn ${a}`,transform:`translate(${n},0)`},k("circle",{r:6}),k("path",{d:pu[a]}),k("text",{class:"legend-name",x:11,dy:"0.35em"},Do[a]));return n+=34+Do[a].length*6.4,s}),o=k("g",{class:"stream unstable",transform:`translate(${n},0)`},k("rect",{class:"bar",x:-4,y:-6,width:au,height:12,rx:2.5}),k("text",{class:"legend-name",x:11,dy:"0.35em"},"unstable: in no stream"));n+=168;let i=k("text",{class:"legend-name",x:n,dy:"0.35em"},"height: importance");e.replaceChildren(...r,o,i)}var gu=`.view.compare {
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
`;var yu=`.debug-body {
  display: grid;
  grid-template-columns: 214px minmax(0, 1fr);
  gap: 24px;
  align-items: start;
  container-type: inline-size;
}

.debug nav {
  position: sticky;
  top: 0;
  display: grid;
  gap: 8px;
}

.debug nav > p,
.debug .view-note {
  font-size: 12.5px;
}

.debug .mistakes {
  display: grid;
  gap: 4px;
  list-style: none;
}

.debug .mistakes button {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr) auto;
  align-items: center;
  gap: 10px;
  width: 100%;
  padding: 5px 8px 5px 5px;
  color: inherit;
  font: inherit;
  text-align: left;
  background: none;
  border: 1px solid transparent;
  border-radius: var(--radius);
  cursor: pointer;
}

.debug .mistakes button:hover {
  background: var(--surface-2);
}

.debug .mistakes button[aria-pressed="true"] {
  background: var(--surface);
  border-color: var(--accent);
}

.debug .mistakes button > span:nth-of-type(1) {
  display: grid;
  min-width: 0;
}

.debug .mistakes button > span > * {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.debug .picture {
  flex: none;
  border-radius: 4px;
}

.mistake {
  display: grid;
  gap: 16px;
  min-width: 0;
}

.mistake h2,
.mistake p {
  overflow-wrap: anywhere;
}

.mistake .about {
  display: flex;
  flex-wrap: wrap;
  gap: 20px 28px;
}

.mistake .about > div {
  display: grid;
  flex: 1 1 260px;
  align-content: start;
  gap: 8px;
  min-width: 0;
}

.mistake .about > div > h3:not(:first-child) {
  margin-top: 8px;
}

.mistake .two {
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: 24px;
}

@container (max-width: 1080px) {
  .mistake .two {
    grid-template-columns: minmax(0, 1fr);
  }
}

.mistake section {
  display: grid;
  align-content: start;
  gap: 8px;
  min-width: 0;
}

.mistake h3 {
  overflow-wrap: anywhere;
}

/* --- the image --- */

.mistake [data-colour="1"] { --own: #0072b2; }
.mistake [data-colour="2"] { --own: #a34700; }
.mistake [data-colour="3"] { --own: #00694c; }
.mistake [data-colour="4"] { --own: #a0457a; }
.mistake [data-colour="5"] { --own: #7a5c00; }
.mistake [data-colour="6"] { --own: #3b5b73; }

.large {
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

.mistake tbody th {
  min-width: 116px;
  font-weight: 500;
  overflow-wrap: anywhere;
}

.mistake tbody th > .muted {
  display: block;
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
  display: inline-block;
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
`;var bu=`.drift-chart {
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
`;var xu=`.lineage-chart {
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
`;var wu=`/* What the lineage, drift, compare and debug views have in common. */
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
`;var vu=[wu,xu,bu,gu,yu];var ku={circuit:Kt,lineage:su,drift:Fl,compare:dl,debug:Sl},Eh=[pi,mi,...vu];function _h(){let e=document.createElement("style");e.textContent=Eh.join(`
`),document.head.append(e),document.documentElement.lang||="en";let t=document.getElementById("neurflow-data");if(t===null){Mr(document.body,fi(),Sr(window),{},ku);return}let n=JSON.parse(t.textContent??""),r=document.body.appendChild(document.createElement("div"));Mr(r,di(n),Sr(window),n.state??{},ku)}document.getElementById("neurflow-data")!==null&&_h();export{_h as render};
