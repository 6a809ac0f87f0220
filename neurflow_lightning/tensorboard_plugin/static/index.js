/* Built from frontend/; licences: THIRD_PARTY_LICENSES.txt */
var Zl="http://www.w3.org/2000/svg";function m(e,t={},...n){return $o(document.createElement(e),t,n)}function w(e,t={},...n){return $o(document.createElementNS(Zl,e),t,n)}function $o(e,t,n){for(let[r,o]of Object.entries(t))o===null||o===!1||e.setAttribute(r,o===!0?"":String(o));return e.append(...n.filter(r=>r!==null)),e}function ve(e){return w("svg",{viewBox:"0 0 24 24","aria-hidden":"true"},w("path",{d:e}))}var ce={play:"M7 4.5v15l12-7.5z",pause:"M8 5v14M16 5v14",plus:"M12 5v14M5 12h14",minus:"M5 12h14",fit:"M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",close:"M6 6l12 12M18 6L6 18",save:"M12 4v11M7 11l5 5 5-5M5 20h14",search:"M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16.5 16.5L20 20",warning:"M12 4l9 16H3zM12 10v4M12 17v.5"};function en(){return matchMedia("(prefers-reduced-motion: reduce)").matches}var Xe=e=>e===null||e>=.75;function To(e,t){let n=t.restarted||e===null?[]:e.snapshots,r=t.snapshots.map(Ql),o=new Set(r.map(a=>a.step)),i=[...n.filter(a=>!o.has(a.step)),...r].sort((a,s)=>a.step-s.step);return{name:t.run,layers:Jl(i),snapshots:i,targets:eu(i),problems:t.problems}}function Ql(e){return{step:e.step,epoch:e.epoch,wallTime:e.wall_time??0,graph:e}}function Jl(e){let t=e[e.length-1]?.graph.layers??[],n=e.flatMap(r=>r.graph.layers);return[...new Set(n.filter(r=>!t.includes(r))),...t]}function eu(e){let t=new Map;for(let{graph:n}of e)for(let{target:r,name:o}of n.targets)t.set(r,o);return[...t].map(([n,r])=>({target:n,name:r})).sort((n,r)=>n.target-r.target)}function Et(e,t){let{snapshots:n}=e;if(t===null)return n[n.length-1]??null;for(let r=n.length-1;r>=0;r--)if(n[r].step<=t)return n[r];return n[0]??null}function ee(e,t){return e.targets.some(({target:r})=>r===t.target)?t.target:e.targets[0]?.target??null}function tu(e,t){return t==="epoch"?e.epoch??e.step:t==="time"?e.wallTime:e.step}function Ao(e,t){let n=e.snapshots.map(i=>tu(i,t));if(t!=="epoch"||e.snapshots.some(i=>i.epoch===null))return t==="epoch"?e.snapshots.map(i=>i.step):n;let r=new Map;for(let i of n)r.set(i,(r.get(i)??0)+1);let o=new Map;return n.map(i=>{let a=o.get(i)??0;return o.set(i,a+1),i+a/r.get(i)})}function Lo(e,t){return e.graph.targets.some(n=>(t===null||n.target===t)&&n.drift?.verdict==="changed")}function Oe(e){return e.lineage===null?`${e.layer}/${e.number}`:`L${e.lineage}`}function fe(e){return e.label!==null?e.label:e.lineage===null?`unnamed ${e.number}`:`group ${e.lineage}`}function Ct(e,t){let{layers:n}=e.snapshot.graph;return t.group.layer===n[n.length-1]&&t.group.label===null?e.target.name:fe(t.group)}var Eo=new WeakMap;function he(e,t){if(t===null)return null;let n=Eo.get(e.graph)??new Map;Eo.set(e.graph,n);let r=n.get(t);if(r===void 0){let o=e.graph.targets.find(i=>i.target===t);r=o===void 0?null:nu(e,o),n.set(t,r)}return r}function nu(e,t){let n=t.groups.map((o,i)=>({key:Oe(o),position:i,group:o,size:o.members?.length??o.size??1,importance:o.importance??0})),r=t.edges.flatMap(([o,i,a,s])=>{let[u,l]=[n[o],n[i]];if(u===void 0||l===void 0)return[];let c=a/Math.max(1,l.size);return[{source:u.key,target:l.key,weight:a,share:c,stability:s}]});return{snapshot:e,target:t,nodes:n,links:r,byKey:new Map(n.map(o=>[o.key,o])),strongest:Math.max(0,...r.map(o=>Math.abs(o.share)))}}function Ro(e,t){let n=Co(e.links,"target"),r=Co(e.links,"source");return e.links.filter(o=>{let i=Math.abs(o.share),a=i>=t*n.get(o.target);return i>0&&(a||i===r.get(o.source))})}function Co(e,t){let n=new Map;for(let r of e)n.set(r[t],Math.max(n.get(r[t])??0,Math.abs(r.share)));return n}function rr(e,t,n){return e.snapshots.map(r=>({snapshot:r,node:he(r,t)?.byKey.get(n)??null}))}var ar=["circuit","lineage","drift","compare"],sr=["step","epoch","time"],nn=Object.freeze({view:"circuit",run:"",target:null,step:null,otherRun:null,otherStep:null,compare:"sides",group:null,layer:null,span:"run",measure:"edge_drift",scale:"step",threshold:.1,query:"",live:!1,playing:!1}),ir="nf.",at=e=>e,ru=e=>e==="1"?!0:e==="0"?!1:void 0,or=e=>/^\d{1,15}$/.test(e)?Number(e):void 0,tn=(...e)=>t=>e.find(n=>n===t),ou=e=>{let t=Number(e);return e!==""&&t>=0&&t<=1?t:void 0},No={view:tn(...ar),run:at,target:or,step:or,otherRun:at,otherStep:or,compare:tn("sides","difference"),group:at,layer:at,span:tn("run","around"),measure:at,scale:tn(...sr),threshold:ou,query:at,live:ru},Oo=Object.keys(No);function rn(e,t){return Object.keys(t).every(r=>Object.is(e[r],t[r]))?e:Object.freeze({...e,...t})}function lr(e){let t={};for(let[n,r]of au(e)){let o=Oo.find(a=>ir+a===n),i=o===void 0?void 0:No[o](r);o!==void 0&&i!==void 0&&(t[o]=i)}return t}function Do(e,t){let r=t.replace(/^#/,"").split("&").filter(i=>i!==""&&!i.startsWith(ir)),o=Oo.filter(i=>e[i]!==null&&e[i]!==nn[i]).map(i=>`${ir}${i}=${encodeURIComponent(iu(e[i]))}`);return`#${[...r,...o].join("&")}`}function iu(e){return typeof e=="boolean"?e?"1":"0":String(e)}function au(e){return e.replace(/^#/,"").split("&").map(t=>{let n=t.indexOf("=");return n<0?[t,""]:[t.slice(0,n),su(t.slice(n+1))]})}function su(e){try{return decodeURIComponent(e)}catch{return e}}function K(e){if(e==null)return"–";let t=100*e;if(t===0)return"0 %";let n=Math.abs(t);return n<.05?t<0?">−0.1 %":"<0.1 %":`${Go(t.toFixed(n<1?1:0))} %`}function Tt(e){let t=Math.abs(e),n=t!==0&&t<.005?t.toExponential(0):t.toFixed(2);return`${e<0?"−":"+"}${n}`}function _e(e){return e==null?"–":Go(String(Math.round(e*100)/100))}function se(e,t){return`${e} ${t}${e===1?"":"s"}`}function Po(e){return new Date(e*1e3).toLocaleString(void 0,{month:"short",day:"numeric",hour:"2-digit",minute:"2-digit"})}function st(e,t){return e.length<=t?e:`…${e.slice(e.length-Math.max(1,t-1))}`}function le(e){let t=e.map(o=>o.split(".")),n=e.length===0?0:Math.min(...t.map(o=>o.length))-1,r=0;for(;r<n&&t.every(o=>o[r]===t[0][r]);)r++;return new Map(e.map((o,i)=>[o,t[i].slice(r).join(".")]))}function De(e,t){return e.length<=t?e:`${e.slice(0,Math.max(1,t-1)).trimEnd()}…`}function Go(e){return e.replace("-","−")}var lu={step:"Step",epoch:"Epoch",time:"Time"},lt=10;function zo(e){let t=m("input",{type:"range",min:0,step:1,class:"visually-hidden","aria-label":"Snapshot"}),n=w("svg",{class:"track","aria-hidden":"true"}),r=m("div",{class:"slider"},n,t),o=m("button",{type:"button",class:"button icon play"}),i=m("p",{class:"moment number"}),a=m("p",{class:"visually-hidden","aria-live":"polite"}),s=pu("Time scale",sr,lu,O=>e({scale:O})),u=m("button",{type:"button",class:"button live","aria-pressed":"false"},m("i",{}),"Live"),l=m("footer",{class:"time","aria-label":"Time"},o,r,i,s.element,u,a),c=null,f=0,d;o.addEventListener("click",()=>c&&e(ur(c))),u.addEventListener("click",()=>{c!==null&&e(c.state.live?{live:!1}:{live:!0,step:null,playing:!1})}),t.addEventListener("input",()=>g(Number(t.value))),n.addEventListener("pointerdown",O=>{n.setPointerCapture(O.pointerId),t.focus({preventScroll:!0}),M(O)}),n.addEventListener("pointermove",O=>{n.hasPointerCapture(O.pointerId)&&M(O)}),new ResizeObserver(()=>{f=r.clientWidth,c!==null&&k(c)}).observe(r);function g(O){let P=c?.run.snapshots[O];P!==void 0&&e({step:P.step,playing:!1})}function M(O){if(c===null)return;let P=O.clientX-n.getBoundingClientRect().left;g(cu(S(c),P))}function S({run:O,state:P}){return uu(Ao(O,P.scale),f)}function k(O){let{run:P,state:G,snapshot:H}=O,N=S(O),F=H===null?-1:P.snapshots.indexOf(H),[X,I]=[f,16],T=ee(P,G),A=P.snapshots.findIndex(E=>E.step===G.otherStep);n.setAttribute("viewBox",`0 0 ${Math.max(1,X)} 32`),n.replaceChildren(w("path",{class:"rail",d:`M${lt} ${I}H${Math.max(lt,X-lt)}`}),...F<0?[]:[w("path",{class:"past",d:`M${lt} ${I}H${N[F]}`})],w("path",{class:"ticks",d:N.map(E=>`M${E} ${I-4}v8`).join("")}),...P.snapshots.flatMap((E,_)=>Lo(E,T)?[w("path",{class:"alarm",d:`M${N[_]} ${I-7}l4 -7h-8z`},w("title",{},`step ${E.step}: the circuit changed`))]:[]),...A<0||G.view!=="compare"?[]:[w("circle",{class:"other",cx:N[A],cy:I,r:6})],...F<0?[]:[w("circle",{class:"thumb",cx:N[F],cy:I,r:8})])}function x(O,P){let{run:G,state:H,snapshot:N}=O;c=O;let F=N===null?0:G.snapshots.indexOf(N);t.max=String(Math.max(0,G.snapshots.length-1)),t.value=String(F),t.disabled=G.snapshots.length===0;let X=N===null?"no snapshot":fu(N);t.setAttribute("aria-valuetext",X),i.replaceChildren(...N===null?[X]:du(N,G)),clearTimeout(d),d=setTimeout(()=>{a.textContent!==X&&(a.textContent=X)},400),o.replaceChildren(ve(H.playing?ce.pause:ce.play)),o.setAttribute("aria-label",H.playing?"Pause":"Play"),o.disabled=G.snapshots.length<2,u.hidden=!P,u.setAttribute("aria-pressed",String(H.live)),s.show(H.scale),k(O)}return{element:l,update:x}}function ur({run:e,state:t,snapshot:n}){if(t.playing)return{playing:!1};let r=e.snapshots[e.snapshots.length-1],o=e.snapshots[0];return{playing:!0,live:!1,step:n===r&&o!==void 0?o.step:n?.step??null}}function on(e,t,n){let r=t===null?-1:e.snapshots.indexOf(t);return e.snapshots[r+n]?.step??null}function uu(e,t){let n=Math.min(...e),r=Math.max(...e)-n,o=Math.max(0,t-2*lt);return e.map(i=>lt+(r>0?o*(i-n)/r:o/2))}function cu(e,t){let n=0;return e.forEach((r,o)=>{Math.abs(r-t)<Math.abs(e[n]-t)&&(n=o)}),n}function fu(e){let t=e.epoch===null?"":`, epoch ${e.epoch}`;return e.graph.name??`step ${e.step}${t}`}function du(e,t){let n=t.snapshots.indexOf(e),r=[e.epoch===null?null:`epoch ${e.epoch}`,e.wallTime>0?Po(e.wallTime):null,`${n+1}/${t.snapshots.length}`].filter(i=>i!==null),o=e.graph.name??`Step ${e.step}`;return[m("b",{title:o},o),m("span",{class:"muted"},r.join(" · "))]}function pu(e,t,n,r){let o=t.map(a=>{let s=m("button",{type:"button",role:"radio","data-value":a},n[a]);return s.addEventListener("click",()=>r(a)),s}),i=m("div",{class:"segments",role:"radiogroup","aria-label":e},...o);return i.addEventListener("keydown",a=>cr(a,o)),{element:i,show(a){for(let s of o){let u=s.dataset.value===a;s.setAttribute("aria-checked",String(u)),s.tabIndex=u?0:-1}}}}function cr(e,t){let n={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[e.key],r=t.indexOf(document.activeElement);if(n===void 0||r<0)return;e.preventDefault(),e.stopPropagation();let o=t[(r+n+t.length)%t.length];o.focus(),o.click()}var hu={circuit:"Circuit",lineage:"Lineage",drift:"Drift",compare:"Compare"};function Ho(e,t){let n=Io("Run",c=>e({run:c,step:null,group:null,otherStep:null,playing:!1})),r=Io("Target",c=>e({target:Number(c),group:null})),o=ar.map(c=>{let f=m("button",{type:"button",role:"tab",id:`tab-${c}`,"aria-controls":"stage","data-view":c},hu[c]);return f.addEventListener("click",()=>e({view:c})),f}),i=m("div",{class:"segments",role:"tablist","aria-label":"Views"},...o);i.addEventListener("keydown",c=>cr(c,o));let a=m("input",{type:"search",class:"field",placeholder:"Neuron or label","aria-label":"Search for a neuron or a label",spellcheck:"false"}),s=m("output",{class:"hits number","aria-live":"polite"});a.addEventListener("input",()=>e({query:a.value}));let u=m("details",{class:"menu problems",hidden:!0});return{element:m("header",{class:"top"},m("h1",{class:"visually-hidden"},"NeurFlow"),m("div",{class:"pickers"},n.element,r.element),i,m("div",{class:"tools"},u,m("span",{class:"search",role:"search"},ve(ce.search),a,s),mu(t))),hits(c){s.textContent=c===null?"":c===0?"none":String(c)},update(c,f,d){n.show(c.map(M=>({value:M,text:M})),f?.run.name??null);let g=f===null?null:ee(f.run,f.state);r.show((f?.run.targets??[]).map(M=>({value:String(M.target),text:M.name})),g===null?null:String(g));for(let M of o){let S=M.dataset.view===d;M.setAttribute("aria-selected",String(S)),M.tabIndex=S?0:-1}f!==null&&a.value!==f.state.query&&(a.value=f.state.query),gu(u,f?.run.problems??[])}}}function Io(e,t){let n=m("select",{class:"select","aria-label":e});n.addEventListener("change",()=>t(n.value));let r="";return{element:m("label",{class:"labelled"},m("span",{"aria-hidden":"true"},e),n),show(o,i){let a=JSON.stringify(o);a!==r&&(n.replaceChildren(...o.map(({value:s,text:u})=>m("option",{value:s},u))),r=a),i!==null&&(n.value=i),n.disabled=o.length===0,n.title=o.find(({value:s})=>s===i)?.text??""}}}function mu(e){let t=m("details",{class:"menu save"}),n=(r,o)=>{let i=m("button",{type:"button",class:"button bare"},o);return i.addEventListener("click",()=>{t.open=!1,e(r)}),i};return t.append(m("summary",{class:"button icon","aria-label":"Save this view",title:"Save this view"},ve(ce.save)),m("div",{class:"popup"},n("svg","Save as SVG"),n("png","Save as PNG"))),Bo(t),t}function gu(e,t){if(e.hidden=t.length===0,e.hidden)return;let n=t.length===1?"1 snapshot could not be read":`${t.length} snapshots could not be read`;e.replaceChildren(m("summary",{class:"button icon","aria-label":n,title:n},ve(ce.warning)),m("div",{class:"popup"},m("h3",{},n),m("ul",{},...t.map(({step:r,message:o})=>m("li",{},m("b",{class:"number"},r===null?"":`Step ${r}: `),o))))),Bo(e)}var Vo=new WeakSet;function Bo(e){Vo.has(e)||(Vo.add(e),document.addEventListener("pointerdown",t=>{e.contains(t.target)||(e.open=!1)}),e.addEventListener("keydown",t=>{t.key!=="Escape"||!e.open||(e.open=!1,e.querySelector("summary")?.focus())}))}var yu=["fill","fill-opacity","stroke","stroke-width","stroke-dasharray","stroke-opacity","stroke-linecap","opacity","visibility","display","font-family","font-size","font-weight","font-variant-numeric","letter-spacing","text-anchor","dominant-baseline","paint-order"],an=16,sn=2;async function qo(e,t){let n=[...e.querySelectorAll("svg[data-export]")].filter(f=>f.getClientRects().length>0),r=n.map(f=>f.getBoundingClientRect()),o=Math.min(...r.map(f=>f.left),1/0),i=Math.min(...r.map(f=>f.top),1/0),a=Math.max(...r.map(f=>f.right),o)-o+2*an,s=Math.max(...r.map(f=>f.bottom),i)-i+2*an,u=getComputedStyle(document.body),l=new Map,c=await Promise.all(n.map(async(f,d)=>{let g=await bu(f,l);return g.setAttribute("x",String(r[d].left-o+an)),g.setAttribute("y",String(r[d].top-i+an)),g.setAttribute("width",String(r[d].width)),g.setAttribute("height",String(r[d].height)),g}));return w("svg",{xmlns:"http://www.w3.org/2000/svg",width:a,height:s,viewBox:`0 0 ${a} ${s}`},w("title",{},t),w("rect",{width:"100%",height:"100%",fill:u.backgroundColor}),...c)}function fr(e){return`<?xml version="1.0" encoding="UTF-8"?>
${new XMLSerializer().serializeToString(e)}`}async function Fo(e){let t=Number(e.getAttribute("width")),n=Number(e.getAttribute("height")),r=await Xo(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(fr(e))}`),o=document.createElement("canvas");o.width=Math.ceil(t*sn),o.height=Math.ceil(n*sn);let i=o.getContext("2d");return i.scale(sn,sn),i.drawImage(r,0,0,t,n),new Promise((a,s)=>{o.toBlob(u=>{u===null?s(new Error("This browser made no PNG of the drawing.")):a(u)},"image/png")})}function jo(e,t){let n=URL.createObjectURL(e),r=document.createElement("a");r.href=n,r.download=t,r.click(),setTimeout(()=>URL.revokeObjectURL(n),1e4)}async function bu(e,t){let n=e.cloneNode(!0),r=[e,...e.querySelectorAll("*")],o=[n,...n.querySelectorAll("*")];return r.forEach((i,a)=>xu(i,o[a])),await Promise.all([...n.querySelectorAll("image")].map(async i=>{let a=i.getAttribute("href"),s=i.parentElement;a===null||!(s instanceof SVGSVGElement)||(t.has(a)||t.set(a,Xo(a)),vu(await t.get(a),s,i))})),n}function xu(e,t){let n=getComputedStyle(e);t.setAttribute("style",yu.map(r=>`${r}:${n.getPropertyValue(r)}`).join(";"));for(let r of["class","tabindex","role","aria-pressed"])t.removeAttribute(r)}function vu(e,t,n){let{x:r,y:o,width:i,height:a}=t.viewBox.baseVal,s=document.createElement("canvas");s.width=i,s.height=a,s.getContext("2d").drawImage(e,r,o,i,a,0,0,i,a),t.setAttribute("viewBox",`0 0 ${i} ${a}`),n.setAttribute("href",s.toDataURL("image/png")),n.setAttribute("width",String(i)),n.setAttribute("height",String(a))}function Xo(e){return new Promise((t,n)=>{let r=new Image;r.onload=()=>t(r),r.onerror=()=>n(new Error("A picture of this view could not be read.")),r.src=e})}var Wo="http://www.w3.org/2000/svg";function me(e,t,n,r){let o="graph"in n?n.graph:n,i=o.patches[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function Yo(e,t,n,r){let o="graph"in n?n.graph:n,i=o.images[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function de(e,t=null){let n=document.createElementNS(Wo,"svg");return n.classList.add("picture"),t!==null&&(n.setAttribute("width",String(t)),n.setAttribute("height",String(t))),n.append(document.createElementNS(Wo,"image")),dr(n,e),n}function dr(e,t){let n=`${t.x} ${t.y} ${t.width} ${t.height}`;e.getAttribute("viewBox")!==n&&e.setAttribute("viewBox",n),e.setAttribute("preserveAspectRatio","xMidYMid slice");let r=e.firstElementChild;r.getAttribute("href")!==t.href&&r.setAttribute("href",t.href)}var wu=120;function Ko(e,t){let n=m("aside",{class:"detail","aria-label":"Details"}),r=null,o=null,i=0,a,s=0;n.addEventListener("scroll",()=>s=n.scrollTop,{passive:!0});function u(T){r?.state.group!==T.state.group&&(i=0),r=T,clearTimeout(a);let{snapshot:A,run:E}=T;A!==null&&l(T)===null&&(a=setTimeout(()=>{t.detail(E.name,A.step).then(_=>{o={run:E.name,graph:_},r?.snapshot===A&&f()},_=>{r?.snapshot===A&&c(String(_ instanceof Error?_.message:_))})},wu)),f()}function l({run:T,snapshot:A}){return o!==null&&o.run===T.name&&o.graph.step===A?.step?o.graph:null}function c(T){n.append(m("p",{class:"muted",role:"status"},T))}function f(){if(r===null)return;let{snapshot:T,state:A,run:E}=r,_=T&&he(T,ee(E,A)),h=A.group===null?null:_?.byKey.get(A.group)??null,b=n.contains(document.activeElement)?document.activeElement.dataset.focus:void 0;n.classList.toggle("open",A.group!==null),_===null?n.replaceChildren():A.group===null?n.replaceChildren(...H(_)):h===null?n.replaceChildren(...M(_,r,A.group)):n.replaceChildren(...g(_,h,r)),s>0&&(n.scrollTop=s),b!==void 0&&n.querySelector(`[data-focus="${CSS.escape(b)}"]`)?.focus()}function d(T,A,E){let _=m("button",{type:"button",class:"button icon bare","aria-label":"Close details","data-focus":"close"},ve(ce.close));return _.addEventListener("click",()=>e({group:null})),m("header",{},m("div",{},m("h2",{},T),m("p",{class:"muted"},A.filter(Boolean).join(" · "))),E?_:null)}function g(T,A,E){let _=l(E)?.targets.find(b=>b.target===T.target.target),h=_?.groups.find(b=>Oe(b)===A.key)??A.group,{stability:v}=A.group;return[d(Ct(T,A),[A.group.layer,A.group.lineage===null?null:`lineage ${A.group.lineage}`],!0),m("div",{class:"facts"},pr("importance",K(A.group.importance)),pr("members",String(A.size)),...v===null?[]:[pr(Xe(v)?"stable":"stable (too little)",K(v))]),...S(h.patches,E),Pe("History",I(E,T,A.key)),...x("Fed by",T,A,"target","source"),...x("Feeds",T,A,"source","target"),Pe("Neurons",P(h.members,A,_))]}function M(T,A,E){let _=rr(A.run,T.target.target,E).filter(b=>b.node!==null),h=_[_.length-1]?.node,v=_.map(({snapshot:b})=>b.step);return[d(h?fe(h.group):E,[h?.group.layer??null],!0),m("p",{class:"muted"},v.length===0?"No snapshot of this target holds this group.":`Not in the circuit at step ${T.snapshot.step}. It is there in ${se(v.length,"snapshot")}, from step ${v[0]} to ${v[v.length-1]}.`),...v.length===0?[]:[Pe("History",I(A,T,E))]]}function S(T,A){let{run:E,snapshot:_}=A;if(_===null)return[];let h=l(A)??_.graph,v=T.flatMap(R=>{let y=me(t,E.name,h,R);return y===null?[]:[{row:R,cut:y}]});if(v.length===0)return[];let b=v[Math.min(i,v.length-1)],C=m("div",{class:"strip",role:"group","aria-label":"Patches, best first"});return v.forEach(({row:R,cut:y},p)=>{let $=Uo(h,R),L=m("button",{type:"button","aria-pressed":String(R===b.row),"aria-label":`Patch ${p+1} of ${v.length}${$===null?"":`, from an image of ${$}`}`,"data-focus":`patch ${p}`},de(y));L.addEventListener("click",()=>{i=p,f()}),C.append(L)}),[m("figure",{class:"gallery"},k(b.row,h,E.name),C)]}function k(T,A,E){let[,,,_,h,v,b,C,R,y]=A.patches[T],p=Yo(t,E,A,v),$=Uo(A,T),L=m("figcaption",{class:"muted"},`image ${v}${$===null?"":`, labelled “${$}”`}`);if(p===null||A.input===null){let j=de(me(t,E,A,T));return j.setAttribute("style",`aspect-ratio: ${_} / ${h}`),m("div",{class:"source"},j,L)}let[B,z]=A.input,D=w("svg",{class:"whole",viewBox:`0 0 ${z} ${B}`,role:"img","aria-label":`Patch on image ${v}${$===null?"":` of ${$}`}`}),V=de(p);V.setAttribute("width",String(z)),V.setAttribute("height",String(B));let q={x:C,y:b,width:y,height:R};return D.append(V,w("path",{class:"veil","fill-rule":"evenodd",d:`M0 0H${z}V${B}H0ZM${C} ${b}h${y}v${R}h${-y}Z`}),w("rect",{class:"box",...q})),m("div",{class:"source"},D,L)}function x(T,A,E,_,h){let v=A.links.filter(p=>p[_]===E.key&&p.weight!==0).sort((p,$)=>Math.abs($.weight)-Math.abs(p.weight));if(v.length===0)return[];let b=Math.abs(v[0].weight),C=v.map(p=>O(p,A.byKey.get(p[h]),A,b)),R=m("ul",{class:"links"},...C.slice(0,6));if(C.length<=6)return[Pe(T,R)];let y=m("details",{class:"more"},m("summary",{},`${C.length-6} more`),m("ul",{class:"links"},...C.slice(6)));return[Pe(T,R,y)]}function O(T,A,E,_){let h=T.weight<0?"-":"+",v=49*Math.abs(T.weight)/_,b=w("svg",{class:"diverging",viewBox:"0 0 100 6",preserveAspectRatio:"none","aria-hidden":"true"},w("path",{class:"zero",d:"M50 0V6"}),w("rect",{"data-sign":h,x:h==="-"?50-v:50,y:.5,width:v,height:5})),C=Ct(E,A),R=m("button",{type:"button",class:"link","data-focus":`group ${A.key}`},C);return R.addEventListener("click",()=>e({group:A.key})),m("li",{},R,b,m("span",{class:"number"},Tt(T.weight)),T.stability===null?null:m("span",{class:"number muted",title:"share of resamples in which the sign is the same"},K(T.stability)))}function P(T,A,E){if(T===void 0||E===void 0)return m("p",{class:"muted"},`${se(A.size,"member")} …`);let _=new Map((E.neurons??[]).filter(C=>C.layer===A.group.layer).map(C=>[C.index,C])),h=m("tbody");for(let[C,R,y]of T){let p=_.get(C);h.append(m("tr",{},m("th",{scope:"row",class:"number"},String(C)),m("td",{},p===void 0||p.meanings<2?"only":`${R+1} of ${p.meanings}`),m("td",{class:"number"},K(y)),m("td",{class:"number"},K(p?.importance)),m("td",{class:"number"},K(p?.gap)),m("td",{class:"number"},K(p?.stability)))),p!==void 0&&p.inputs.length>0&&h.append(G(p))}let b=[["neuron","its index in the layer"],["meaning","which of its semantic groups"],["share","share of the neuron's patches that have this meaning"],["imp.","importance: path weight to the target"],["gap","completeness gap: error of the attribution's integral"],["stab.","share of resamples in which it is core"]].map(([C,R])=>m("th",{scope:"col",title:R},C));return m("div",{class:"scroll",tabindex:0,role:"region","aria-label":"Member neurons"},m("table",{class:"members"},m("thead",{},m("tr",{},...b)),h))}function G(T){let A=T.inputs.flatMap(([E,_])=>[m("span",{class:"input","data-sign":_<0?"-":"+"},`${E} `,m("b",{},Tt(_)))," "]);return m("tr",{class:"inputs"},m("td",{colspan:6},m("span",{class:"muted"},"from "),...A))}function H(T){let{target:A,snapshot:E}=T,{graph:_}=E,h=["layer","neurons","groups","meanings","gap"].map(R=>m("th",{scope:"col"},R)),v=le(_.layers),b=[..._.layers].reverse().flatMap(R=>{let y=A.statistics[R];if(y===void 0)return[];let p=[_e(y.core_neurons),_e(y.neuron_groups),_e(y.semantic_groups),K(y.completeness_gap)];return[m("tr",{},m("th",{scope:"row",class:"layer",title:R},m("span",{},v.get(R))),...p.map($=>m("td",{class:"number"},$)))]}),C=Object.values(A.left_out).reduce((R,y)=>R+y,0);return[d(A.name,[`class ${A.target}`,_.weights==="averaged"?"averaged weights":null],!1),...N(A,_),Pe("Layers, deep to shallow",m("div",{class:"scroll"},m("table",{class:"members"},m("thead",{},m("tr",{},...h)),m("tbody",{},...b))),...C>0?[m("p",{class:"muted"},`${se(C,"core neuron")} left out by max_neurons_per_layer.`)]:[]),...F(T),Pe("Made with",Su(_)),m("p",{class:"muted hint"},"Choose a group for its patches, neurons and links. Hover to see what it lies on.")]}function N(T,A){if(T.drift===null)return[];let E=T.drift.verdict,_=A.since===null?"":` since step ${A.since}`,h=m("button",{type:"button",class:"link","data-focus":"drift"},"Show drift");return h.addEventListener("click",()=>e({view:"drift"})),[m("p",{class:"verdict"},m("span",{class:E==="changed"?"chip alarm":"chip"},E),m("span",{class:"muted"},`${_.trim()} `),h)]}function F(T){let A=T.target.drift?.events??[],E=new Map;for(let h of A){if(h.event==="survive")continue;let v=`${h.layer} ${h.event}`;E.set(v,[...E.get(v)??[],h])}if(E.size===0)return[];let _=[...E.values()].map(h=>m("li",{},...X(h,T)));return[Pe("What happened at this step",m("ul",{class:"events"},..._))]}function X(T,A){let E=[...new Set(T.flatMap(b=>b.lineage))],_=E.flatMap((b,C)=>{let R=`L${b}`,y=A.byKey.get(R),p=C<E.length-1?",":"";if(y===void 0)return[`${b}${p} `];let $=y.group.label??String(b),L=m("button",{type:"button",class:"link","data-focus":`event ${R}`,"aria-label":fe(y.group)},$);return L.addEventListener("click",()=>e({group:R})),[m("span",{class:"whole-word"},L,p)," "]}),{event:h,layer:v}=T[0];return[m("span",{class:"chip"},h),m("span",{class:"muted",title:v},` ${le(A.snapshot.graph.layers).get(v)??v}: `),E.length===1?"group ":"groups ",..._]}function I(T,A,E){let{run:_}=T,h=rr(_,A.target.target,E),v=_.snapshots.flatMap(({step:C,graph:R})=>(R.targets.find(y=>y.target===A.target.target)?.drift?.events??[]).filter(y=>y.event!=="survive"&&y.lineage.some(p=>`L${p}`===E)).map(y=>({step:C,event:y}))),b=v.slice(-6).map(({step:C,event:R})=>{let y=m("button",{type:"button",class:"link number","data-focus":`step ${C}`},`step ${C}`);return y.addEventListener("click",()=>e({step:C})),m("li",{},y," ",m("span",{class:"muted"},Mu(R,E)))});return m("div",{},ku(h.map(({node:C})=>C?.importance??null),_.snapshots.indexOf(A.snapshot),new Set(v.map(({step:C})=>_.snapshots.findIndex(R=>R.step===C)))),b.length===0?null:m("ul",{class:"events"},...b))}return{element:n,update:u}}function ku(e,t,n){let[r,o,i]=[300,46,5],a=Math.max(...e.map(f=>f??0),1e-9),s=f=>e.length<2?r/2:i+(r-2*i)*f/(e.length-1),u=f=>o-i-(o-2*i)*f/a,l=e.map((f,d)=>f===null?"":`${d===0||e[d-1]===null?"M":"L"}${s(d).toFixed(1)} ${u(f).toFixed(1)}`).join(""),c=e[t]??null;return w("svg",{class:"sparkline",viewBox:`0 0 ${r} ${o}`,role:"img","aria-label":`Importance through the run, at most ${K(a)}`},w("path",{class:"base",d:`M${i} ${o-i}H${r-i}`}),w("path",{class:"now",d:`M${s(t)} 0V${o}`}),w("path",{class:"line",d:l||"M0 0"}),...e.flatMap((f,d)=>f!==null&&(e[d-1]??null)===null&&(e[d+1]??null)===null?[w("circle",{class:"alone",cx:s(d),cy:u(f),r:2})]:[]),...[...n].map(f=>w("circle",{class:"mark",cx:s(f),cy:o-i,r:2.5})),c===null?null:w("circle",{class:"dot",cx:s(t),cy:u(c),r:4}))}function Mu(e,t){let n=e.lineage.map(i=>`L${i}`).filter(i=>i!==t);return{emerge:"appears",disappear:"disappears",split:`comes of a split${n.length===0?"":` with ${n.map(i=>`group ${i.slice(1)}`).join(", ")}`}`,merge:"is merged of several"}[e.event]??e.event}function Uo(e,t){let n=e.patches[t]?.[5],r=n===void 0?null:e.images[n]?.[5]??null;return r===null?null:String(r)}function Su(e){let t=[...new Set(Object.values(e.methods))].join(", "),n=[...Object.entries(e.config).map(([r,o])=>[r,String(o)]),...t===""?[]:[["method",t]],["probe images",e.fingerprint.slice(0,12)]];return m("dl",{class:"pairs"},...n.flatMap(([r,o])=>[m("dt",{},r),m("dd",{class:"mono"},o)]))}function pr(e,t){return m("div",{},m("b",{class:"number"},t),m("span",{},e))}function Pe(e,...t){return m("section",{},m("h3",{},e),...t)}var _u=`from neurflow_lightning import NeurFlowCallback

neurflow = NeurFlowCallback(targets=["cat", "dog"], every_n_epochs=1)
trainer = Trainer(callbacks=[neurflow])`;function Zo(){let e=m("section",{class:"view welcome","aria-live":"polite",hidden:!0}),t=(...r)=>{e.replaceChildren(m("div",{},...r))},n=()=>m("p",{class:"muted waiting"},m("i",{}),"This page looks again every few seconds.");return{element:e,loading:()=>t(m("p",{class:"muted waiting"},m("i",{}),"Loading circuits …")),nothing:r=>t(m("h2",{},"No circuits yet"),m("p",{},"Add the callback to your training. Each snapshot it takes appears here, while the training runs."),m("pre",{class:"mono"},_u),m("p",{},"The run needs a TensorBoard logger, and TensorBoard its log folder: ",m("code",{class:"mono"},"tensorboard --logdir lightning_logs")),...r?[n()]:[]),noSnapshots:r=>t(m("h2",{},"No snapshot yet"),m("p",{},`The run ${r} has begun and holds no circuit so far. The first comes with the first validation that the callback’s schedule allows.`),n()),failed(r,o){let i=m("button",{type:"button",class:"button"},"Try again");i.addEventListener("click",o),t(m("h2",{},"The circuits could not be loaded"),m("p",{},r),i)}}}var $u=3e3,Eu=250;function hr(e,t,n,r,o){let i=rn(nn,{...r,...n.link()}),a=null,s=null,u=!1,l,c,f,d=new Map,g=new Set,M=new Map,S=m("div",{class:"stage",id:"stage",role:"tabpanel"}),k=Zo(),x=Ho(H,y=>void C(y)),O=zo(H),P=Ko(H,t),G=m("div",{class:"middle"},m("main",{},S),P.element);S.append(k.element),e.replaceChildren(m("div",{class:"app"},x.element,G,O.element)),S.addEventListener("hits",y=>x.hits(y.detail)),document.addEventListener("keydown",b),n.onTheme(y=>{document.documentElement.dataset.theme=y?"dark":"light"}),n.onLink(y=>{Object.keys(y).length>0?H({...nn,run:i.run,...y}):n.write(i)}),n.onReload(()=>void X()),window.addEventListener("focus",()=>{t.canGrow&&X()}),X();function H(y){let p=i;i=rn(i,y),i!==p&&((i.run!==p.run||i.otherRun!==p.otherRun)&&X(),i.live&&!p.live&&X(),i.playing!==p.playing&&F(),A())}function N(){let y=d.get(i.run);if(y===void 0)return null;let p=i.otherRun===null?y:d.get(i.otherRun)??null;return{run:y,other:p,state:i,snapshot:Et(y,i.step)}}function F(){if(clearTimeout(f),!i.playing)return;let y=d.get(i.run),p=Math.min(900,Math.max(90,2e4/(y?.snapshots.length??1)));f=setTimeout(()=>{let $=N(),L=$===null?null:on($.run,$.snapshot,1);H(L===null?{playing:!1}:{step:L}),F()},p)}async function X(){clearTimeout(c);try{a=await t.runs(),a.includes(i.run)||I(a[0]??"");let p=[i.run,i.otherRun].filter($=>$!==null&&a.includes($));await Promise.all([...new Set(p)].map(T)),s=null}catch(p){let $=p instanceof Error?p.message:String(p);$!==s&&d.has(i.run)&&R($),s=$}A();let y=s!==null||(d.get(i.run)?.snapshots.length??0)===0;clearTimeout(c),t.canGrow&&(i.live||y)&&(c=setTimeout(()=>void X(),$u))}function I(y){i.run!==""&&y!==""&&R(`There is no run ${i.run} any more: this is ${y}.`),i=rn(i,i.run===""?{run:y}:{run:y,step:null,group:null})}async function T(y){if(!g.has(y)){g.add(y);try{let p=d.get(y)??null,$=p?.snapshots[p.snapshots.length-1],L=await t.series(y,$??null);p!==null&&L.snapshots.length===0&&!L.restarted&&L.problems.length===p.problems.length||d.set(y,To(p,L))}finally{g.delete(y)}}}function A(){u||(u=!0,requestAnimationFrame(()=>{u=!1,E()}),clearTimeout(l),l=setTimeout(()=>n.write(i),Eu))}function E(){let y=N(),p=document.documentElement;x.update(a??[],y,i.view),S.setAttribute("aria-labelledby",`tab-${i.view}`);let $=y!==null&&y.run.snapshots.length>0;k.element.hidden=$,G.classList.toggle("bare",!$),G.classList.toggle("roomy",i.view!=="circuit"),O.element.hidden=!$;for(let[L,B]of M)B.element.hidden=!$||L!==i.view;if(y===null||!$){h(y),p.dataset.ready=a===null&&s===null?"":"empty";return}O.update(y,t.canGrow),_(i.view).update(y),i.view!=="circuit"&&x.hits(null),P.update(y),p.dataset.view=i.view,p.dataset.step=String(y.snapshot?.step??""),p.dataset.target=String(ee(y.run,i)??""),p.dataset.ready="true",v(y)}function _(y){let p=M.get(y);return p===void 0&&(p=o[y](H,t),M.set(y,p),S.append(p.element)),p.element.hidden=!1,p}function h(y){s!==null?k.failed(s,()=>void X()):a===null?k.loading():a.length===0?k.nothing(t.canGrow):y===null?k.loading():k.noSnapshots(y.run.name)}function v({run:y,snapshot:p,state:$}){if(p===null)return;let L=y.snapshots.indexOf(p);for(let B of[y.snapshots[L+1],y.snapshots[L-1]]){let z=B===void 0?null:he(B,ee(y,$));if(z===null)continue;let{graph:D}=z.snapshot,V=z.nodes.flatMap(({group:j})=>j.patches.slice(0,4)),q=new Set(V.flatMap(j=>D.patches[j]?.[0]??[]));for(let j of q)new Image().src=t.sheet(y.name,D.step,j)}}function b(y){let p=N(),$=y.target;if(p===null||y.defaultPrevented||y.ctrlKey||y.metaKey||y.altKey)return;if(y.key==="Escape"){H({group:null});return}if($.closest("input, select, textarea, [role=tablist], [role=radiogroup], .scroll")!==null&&(y.key!==" "||!$.matches("input[type=range]")))return;let{snapshots:L}=p.run,B={ArrowLeft:on(p.run,p.snapshot,-1),ArrowRight:on(p.run,p.snapshot,1),Home:L[0]?.step,End:L[L.length-1]?.step};if(y.key in B){let z=B[y.key];z!=null&&H({step:z,playing:!1}),y.preventDefault()}else y.key===" "&&$.closest("button, summary, [role=button]")===null&&(H(ur(p)),y.preventDefault())}async function C(y){let p=N(),$=M.get(i.view);if(p===null||$===void 0)return;let L=p.run.targets.find(D=>D.target===ee(p.run,i)),B=p.snapshot?.step??0,z=`${i.view} ${L?.name??""} step ${B}`;try{let D=await qo($.element,`${z}, ${p.run.name}`),V=y==="svg"?new Blob([fr(D)],{type:"image/svg+xml"}):await Fo(D);jo(V,`neurflow-${z.replace(/[^\p{L}\p{N}]+/gu,"-")}.${y}`)}catch(D){R(`This view could not be saved: ${D instanceof Error?D.message:String(D)}`)}}function R(y){let p=m("p",{class:"toast",role:"alert"},y);e.append(p),setTimeout(()=>p.remove(),6e3)}}var Cu="neurflow",[Tu,Au]=["experimental.bootstrap","experimental.DataReloaded"];function mr(e){let t=Lu(e),n=t!==e,r=()=>!n||/^#?([^&=]*)/.exec(t.location.hash)?.[1]===Cu;return{link:()=>r()?lr(t.location.hash):{},write(o){if(!r())return;let i=Do(o,t.location.hash);if(i!==(t.location.hash||"#"))try{t.history.replaceState(t.history.state,"",i)}catch{}},onLink(o){t.addEventListener("hashchange",()=>{r()&&o(lr(t.location.hash))})},onTheme(o){if(!n){let s=e.matchMedia("(prefers-color-scheme: dark)");s.addEventListener("change",()=>o(s.matches)),o(s.matches);return}let{body:i}=t.document,a=()=>o(i.classList.contains("dark-mode"));new MutationObserver(a).observe(i,{attributes:!0,attributeFilter:["class"]}),a()},onReload(o){if(!n)return;let{port1:i,port2:a}=new MessageChannel;i.onmessage=({data:s})=>{let{type:u,id:l,isReply:c}=JSON.parse(s);c||(u===Au&&o(),i.postMessage(JSON.stringify({type:u,id:l,payload:null,error:null,isReply:!0})))},t.postMessage(Tu,e.location.origin,[a])}}}function Lu(e){try{if(e.parent!==e&&e.parent.document.body!==null)return e.parent}catch{}return e}function Qo(e=t=>fetch(t)){let t=new Map,n=(r,o)=>`${r}?${Object.entries(o).map(([i,a])=>`${i}=${encodeURIComponent(a)}`).join("&")}`;return{canGrow:!0,async runs(){return(await gr(e,"runs")).runs.map(o=>o.name)},series:(r,o)=>gr(e,n("series",{run:r,...o===null?{}:{since_step:o.step,since_time:o.wallTime}})),detail(r,o){let i=n("detail",{run:r,step:o}),a=t.get(i);if(a!==void 0)return a;let s=gr(e,i);return t.set(i,s),s.catch(()=>t.delete(i)),s},sheet:(r,o,i)=>n("sheet",{run:r,step:o,sheet:i})}}async function gr(e,t){let n=await e(t);if(n.ok)return await n.json();throw new Error(await Ru(n,t))}async function Ru(e,t){try{let{error:n}=await e.json();if(typeof n=="string")return n}catch{}return`${t}: TensorBoard answered ${e.status} ${e.statusText}.`}function Jo(e){let t=r=>{let o=e.runs[r];if(o===void 0)throw new Error(`This page holds no run named ${r}.`);return o},n=(r,o)=>{let i=t(r).graphs.findIndex(a=>a.step===o);if(i<0)throw new Error(`Run ${r} has no snapshot of step ${o} in this page.`);return i};return{canGrow:!1,runs:async()=>Object.keys(e.runs),async series(r,o){let{graphs:i,wall_times:a}=t(r),s=i.map((l,c)=>({...l,wall_time:a[c]??0})).filter(l=>o===null||l.step>o.step),u=i[i.length-1]?.layers??[];return{run:r,layers:u,snapshots:s,problems:[],restarted:!1}},detail:async(r,o)=>t(r).graphs[n(r,o)],sheet:(r,o,i)=>t(r).sheets[n(r,o)]?.[i]??""}}var ei=`/* Calm: paper, ink, one accent. Colour says sign (with dash), alarm and selection, nothing else. */
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
`;var ti=`/* --- header -------------------------------------------------------------------------- */

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
`;var ln="http://www.w3.org/1999/xhtml",yr={svg:"http://www.w3.org/2000/svg",xhtml:ln,xlink:"http://www.w3.org/1999/xlink",xml:"http://www.w3.org/XML/1998/namespace",xmlns:"http://www.w3.org/2000/xmlns/"};function $e(e){var t=e+="",n=t.indexOf(":");return n>=0&&(t=e.slice(0,n))!=="xmlns"&&(e=e.slice(n+1)),yr.hasOwnProperty(t)?{space:yr[t],local:e}:e}function Du(e){return function(){var t=this.ownerDocument,n=this.namespaceURI;return n===ln&&t.documentElement.namespaceURI===ln?t.createElement(e):t.createElementNS(n,e)}}function Pu(e){return function(){return this.ownerDocument.createElementNS(e.space,e.local)}}function un(e){var t=$e(e);return(t.local?Pu:Du)(t)}function Gu(){}function We(e){return e==null?Gu:function(){return this.querySelector(e)}}function ni(e){typeof e!="function"&&(e=We(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=new Array(a),u,l,c=0;c<a;++c)(u=i[c])&&(l=e.call(u,u.__data__,c,i))&&("__data__"in u&&(l.__data__=u.__data__),s[c]=l);return new Q(r,this._parents)}function br(e){return e==null?[]:Array.isArray(e)?e:Array.from(e)}function zu(){return[]}function At(e){return e==null?zu:function(){return this.querySelectorAll(e)}}function Iu(e){return function(){return br(e.apply(this,arguments))}}function ri(e){typeof e=="function"?e=Iu(e):e=At(e);for(var t=this._groups,n=t.length,r=[],o=[],i=0;i<n;++i)for(var a=t[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&(r.push(e.call(u,u.__data__,l,a)),o.push(u));return new Q(r,o)}function Lt(e){return function(){return this.matches(e)}}function cn(e){return function(t){return t.matches(e)}}var Vu=Array.prototype.find;function Hu(e){return function(){return Vu.call(this.children,e)}}function Bu(){return this.firstElementChild}function oi(e){return this.select(e==null?Bu:Hu(typeof e=="function"?e:cn(e)))}var qu=Array.prototype.filter;function Fu(){return Array.from(this.children)}function ju(e){return function(){return qu.call(this.children,e)}}function ii(e){return this.selectAll(e==null?Fu:ju(typeof e=="function"?e:cn(e)))}function ai(e){typeof e!="function"&&(e=Lt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new Q(r,this._parents)}function fn(e){return new Array(e.length)}function si(){return new Q(this._enter||this._groups.map(fn),this._parents)}function Rt(e,t){this.ownerDocument=e.ownerDocument,this.namespaceURI=e.namespaceURI,this._next=null,this._parent=e,this.__data__=t}Rt.prototype={constructor:Rt,appendChild:function(e){return this._parent.insertBefore(e,this._next)},insertBefore:function(e,t){return this._parent.insertBefore(e,t)},querySelector:function(e){return this._parent.querySelector(e)},querySelectorAll:function(e){return this._parent.querySelectorAll(e)}};function li(e){return function(){return e}}function Xu(e,t,n,r,o,i){for(var a=0,s,u=t.length,l=i.length;a<l;++a)(s=t[a])?(s.__data__=i[a],r[a]=s):n[a]=new Rt(e,i[a]);for(;a<u;++a)(s=t[a])&&(o[a]=s)}function Wu(e,t,n,r,o,i,a){var s,u,l=new Map,c=t.length,f=i.length,d=new Array(c),g;for(s=0;s<c;++s)(u=t[s])&&(d[s]=g=a.call(u,u.__data__,s,t)+"",l.has(g)?o[s]=u:l.set(g,u));for(s=0;s<f;++s)g=a.call(e,i[s],s,i)+"",(u=l.get(g))?(r[s]=u,u.__data__=i[s],l.delete(g)):n[s]=new Rt(e,i[s]);for(s=0;s<c;++s)(u=t[s])&&l.get(d[s])===u&&(o[s]=u)}function Yu(e){return e.__data__}function ui(e,t){if(!arguments.length)return Array.from(this,Yu);var n=t?Wu:Xu,r=this._parents,o=this._groups;typeof e!="function"&&(e=li(e));for(var i=o.length,a=new Array(i),s=new Array(i),u=new Array(i),l=0;l<i;++l){var c=r[l],f=o[l],d=f.length,g=Uu(e.call(c,c&&c.__data__,l,r)),M=g.length,S=s[l]=new Array(M),k=a[l]=new Array(M),x=u[l]=new Array(d);n(c,f,S,k,x,g,t);for(var O=0,P=0,G,H;O<M;++O)if(G=S[O]){for(O>=P&&(P=O+1);!(H=k[P])&&++P<M;);G._next=H||null}}return a=new Q(a,r),a._enter=s,a._exit=u,a}function Uu(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function ci(){return new Q(this._exit||this._groups.map(fn),this._parents)}function fi(e,t,n){var r=this.enter(),o=this,i=this.exit();return typeof e=="function"?(r=e(r),r&&(r=r.selection())):r=r.append(e+""),t!=null&&(o=t(o),o&&(o=o.selection())),n==null?i.remove():n(i),r&&o?r.merge(o).order():o}function di(e){for(var t=e.selection?e.selection():e,n=this._groups,r=t._groups,o=n.length,i=r.length,a=Math.min(o,i),s=new Array(o),u=0;u<a;++u)for(var l=n[u],c=r[u],f=l.length,d=s[u]=new Array(f),g,M=0;M<f;++M)(g=l[M]||c[M])&&(d[M]=g);for(;u<o;++u)s[u]=n[u];return new Q(s,this._parents)}function pi(){for(var e=this._groups,t=-1,n=e.length;++t<n;)for(var r=e[t],o=r.length-1,i=r[o],a;--o>=0;)(a=r[o])&&(i&&a.compareDocumentPosition(i)^4&&i.parentNode.insertBefore(a,i),i=a);return this}function hi(e){e||(e=Ku);function t(f,d){return f&&d?e(f.__data__,d.__data__):!f-!d}for(var n=this._groups,r=n.length,o=new Array(r),i=0;i<r;++i){for(var a=n[i],s=a.length,u=o[i]=new Array(s),l,c=0;c<s;++c)(l=a[c])&&(u[c]=l);u.sort(t)}return new Q(o,this._parents).order()}function Ku(e,t){return e<t?-1:e>t?1:e>=t?0:NaN}function mi(){var e=arguments[0];return arguments[0]=this,e.apply(null,arguments),this}function gi(){return Array.from(this)}function yi(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length;o<i;++o){var a=r[o];if(a)return a}return null}function bi(){let e=0;for(let t of this)++e;return e}function xi(){return!this.node()}function vi(e){for(var t=this._groups,n=0,r=t.length;n<r;++n)for(var o=t[n],i=0,a=o.length,s;i<a;++i)(s=o[i])&&e.call(s,s.__data__,i,o);return this}function Zu(e){return function(){this.removeAttribute(e)}}function Qu(e){return function(){this.removeAttributeNS(e.space,e.local)}}function Ju(e,t){return function(){this.setAttribute(e,t)}}function ec(e,t){return function(){this.setAttributeNS(e.space,e.local,t)}}function tc(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttribute(e):this.setAttribute(e,n)}}function nc(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttributeNS(e.space,e.local):this.setAttributeNS(e.space,e.local,n)}}function wi(e,t){var n=$e(e);if(arguments.length<2){var r=this.node();return n.local?r.getAttributeNS(n.space,n.local):r.getAttribute(n)}return this.each((t==null?n.local?Qu:Zu:typeof t=="function"?n.local?nc:tc:n.local?ec:Ju)(n,t))}function dn(e){return e.ownerDocument&&e.ownerDocument.defaultView||e.document&&e||e.defaultView}function rc(e){return function(){this.style.removeProperty(e)}}function oc(e,t,n){return function(){this.style.setProperty(e,t,n)}}function ic(e,t,n){return function(){var r=t.apply(this,arguments);r==null?this.style.removeProperty(e):this.style.setProperty(e,r,n)}}function ki(e,t,n){return arguments.length>1?this.each((t==null?rc:typeof t=="function"?ic:oc)(e,t,n??"")):Ge(this.node(),e)}function Ge(e,t){return e.style.getPropertyValue(t)||dn(e).getComputedStyle(e,null).getPropertyValue(t)}function ac(e){return function(){delete this[e]}}function sc(e,t){return function(){this[e]=t}}function lc(e,t){return function(){var n=t.apply(this,arguments);n==null?delete this[e]:this[e]=n}}function Mi(e,t){return arguments.length>1?this.each((t==null?ac:typeof t=="function"?lc:sc)(e,t)):this.node()[e]}function Si(e){return e.trim().split(/^|\s+/)}function xr(e){return e.classList||new _i(e)}function _i(e){this._node=e,this._names=Si(e.getAttribute("class")||"")}_i.prototype={add:function(e){var t=this._names.indexOf(e);t<0&&(this._names.push(e),this._node.setAttribute("class",this._names.join(" ")))},remove:function(e){var t=this._names.indexOf(e);t>=0&&(this._names.splice(t,1),this._node.setAttribute("class",this._names.join(" ")))},contains:function(e){return this._names.indexOf(e)>=0}};function $i(e,t){for(var n=xr(e),r=-1,o=t.length;++r<o;)n.add(t[r])}function Ei(e,t){for(var n=xr(e),r=-1,o=t.length;++r<o;)n.remove(t[r])}function uc(e){return function(){$i(this,e)}}function cc(e){return function(){Ei(this,e)}}function fc(e,t){return function(){(t.apply(this,arguments)?$i:Ei)(this,e)}}function Ci(e,t){var n=Si(e+"");if(arguments.length<2){for(var r=xr(this.node()),o=-1,i=n.length;++o<i;)if(!r.contains(n[o]))return!1;return!0}return this.each((typeof t=="function"?fc:t?uc:cc)(n,t))}function dc(){this.textContent=""}function pc(e){return function(){this.textContent=e}}function hc(e){return function(){var t=e.apply(this,arguments);this.textContent=t??""}}function Ti(e){return arguments.length?this.each(e==null?dc:(typeof e=="function"?hc:pc)(e)):this.node().textContent}function mc(){this.innerHTML=""}function gc(e){return function(){this.innerHTML=e}}function yc(e){return function(){var t=e.apply(this,arguments);this.innerHTML=t??""}}function Ai(e){return arguments.length?this.each(e==null?mc:(typeof e=="function"?yc:gc)(e)):this.node().innerHTML}function bc(){this.nextSibling&&this.parentNode.appendChild(this)}function Li(){return this.each(bc)}function xc(){this.previousSibling&&this.parentNode.insertBefore(this,this.parentNode.firstChild)}function Ri(){return this.each(xc)}function Ni(e){var t=typeof e=="function"?e:un(e);return this.select(function(){return this.appendChild(t.apply(this,arguments))})}function vc(){return null}function Oi(e,t){var n=typeof e=="function"?e:un(e),r=t==null?vc:typeof t=="function"?t:We(t);return this.select(function(){return this.insertBefore(n.apply(this,arguments),r.apply(this,arguments)||null)})}function wc(){var e=this.parentNode;e&&e.removeChild(this)}function Di(){return this.each(wc)}function kc(){var e=this.cloneNode(!1),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function Mc(){var e=this.cloneNode(!0),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function Pi(e){return this.select(e?Mc:kc)}function Gi(e){return arguments.length?this.property("__data__",e):this.node().__data__}function Sc(e){return function(t){e.call(this,t,this.__data__)}}function _c(e){return e.trim().split(/^|\s+/).map(function(t){var n="",r=t.indexOf(".");return r>=0&&(n=t.slice(r+1),t=t.slice(0,r)),{type:t,name:n}})}function $c(e){return function(){var t=this.__on;if(t){for(var n=0,r=-1,o=t.length,i;n<o;++n)i=t[n],(!e.type||i.type===e.type)&&i.name===e.name?this.removeEventListener(i.type,i.listener,i.options):t[++r]=i;++r?t.length=r:delete this.__on}}}function Ec(e,t,n){return function(){var r=this.__on,o,i=Sc(t);if(r){for(var a=0,s=r.length;a<s;++a)if((o=r[a]).type===e.type&&o.name===e.name){this.removeEventListener(o.type,o.listener,o.options),this.addEventListener(o.type,o.listener=i,o.options=n),o.value=t;return}}this.addEventListener(e.type,i,n),o={type:e.type,name:e.name,value:t,listener:i,options:n},r?r.push(o):this.__on=[o]}}function zi(e,t,n){var r=_c(e+""),o,i=r.length,a;if(arguments.length<2){var s=this.node().__on;if(s){for(var u=0,l=s.length,c;u<l;++u)for(o=0,c=s[u];o<i;++o)if((a=r[o]).type===c.type&&a.name===c.name)return c.value}return}for(s=t?Ec:$c,o=0;o<i;++o)this.each(s(r[o],t,n));return this}function Ii(e,t,n){var r=dn(e),o=r.CustomEvent;typeof o=="function"?o=new o(t,n):(o=r.document.createEvent("Event"),n?(o.initEvent(t,n.bubbles,n.cancelable),o.detail=n.detail):o.initEvent(t,!1,!1)),e.dispatchEvent(o)}function Cc(e,t){return function(){return Ii(this,e,t)}}function Tc(e,t){return function(){return Ii(this,e,t.apply(this,arguments))}}function Vi(e,t){return this.each((typeof t=="function"?Tc:Cc)(e,t))}function*Hi(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length,a;o<i;++o)(a=r[o])&&(yield a)}var vr=[null];function Q(e,t){this._groups=e,this._parents=t}function Bi(){return new Q([[document.documentElement]],vr)}function Ac(){return this}Q.prototype=Bi.prototype={constructor:Q,select:ni,selectAll:ri,selectChild:oi,selectChildren:ii,filter:ai,data:ui,enter:si,exit:ci,join:fi,merge:di,selection:Ac,order:pi,sort:hi,call:mi,nodes:gi,node:yi,size:bi,empty:xi,each:vi,attr:wi,style:ki,property:Mi,classed:Ci,text:Ti,html:Ai,raise:Li,lower:Ri,append:Ni,insert:Oi,remove:Di,clone:Pi,datum:Gi,on:zi,dispatch:Vi,[Symbol.iterator]:Hi};var Ee=Bi;function ie(e){return typeof e=="string"?new Q([[document.querySelector(e)]],[document.documentElement]):new Q([[e]],vr)}function qi(e){let t;for(;t=e.sourceEvent;)e=t;return e}function we(e,t){if(e=qi(e),t===void 0&&(t=e.currentTarget),t){var n=t.ownerSVGElement||t;if(n.createSVGPoint){var r=n.createSVGPoint();return r.x=e.clientX,r.y=e.clientY,r=r.matrixTransform(t.getScreenCTM().inverse()),[r.x,r.y]}if(t.getBoundingClientRect){var o=t.getBoundingClientRect();return[e.clientX-o.left-t.clientLeft,e.clientY-o.top-t.clientTop]}}return[e.pageX,e.pageY]}var Lc={value:()=>{}};function Nt(){for(var e=0,t=arguments.length,n={},r;e<t;++e){if(!(r=arguments[e]+"")||r in n||/[\s.]/.test(r))throw new Error("illegal type: "+r);n[r]=[]}return new pn(n)}function pn(e){this._=e}function Rc(e,t){return e.trim().split(/^|\s+/).map(function(n){var r="",o=n.indexOf(".");if(o>=0&&(r=n.slice(o+1),n=n.slice(0,o)),n&&!t.hasOwnProperty(n))throw new Error("unknown type: "+n);return{type:n,name:r}})}pn.prototype=Nt.prototype={constructor:pn,on:function(e,t){var n=this._,r=Rc(e+"",n),o,i=-1,a=r.length;if(arguments.length<2){for(;++i<a;)if((o=(e=r[i]).type)&&(o=Nc(n[o],e.name)))return o;return}if(t!=null&&typeof t!="function")throw new Error("invalid callback: "+t);for(;++i<a;)if(o=(e=r[i]).type)n[o]=Fi(n[o],e.name,t);else if(t==null)for(o in n)n[o]=Fi(n[o],e.name,null);return this},copy:function(){var e={},t=this._;for(var n in t)e[n]=t[n].slice();return new pn(e)},call:function(e,t){if((o=arguments.length-2)>0)for(var n=new Array(o),r=0,o,i;r<o;++r)n[r]=arguments[r+2];if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(i=this._[e],r=0,o=i.length;r<o;++r)i[r].value.apply(t,n)},apply:function(e,t,n){if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(var r=this._[e],o=0,i=r.length;o<i;++o)r[o].value.apply(t,n)}};function Nc(e,t){for(var n=0,r=e.length,o;n<r;++n)if((o=e[n]).name===t)return o.value}function Fi(e,t,n){for(var r=0,o=e.length;r<o;++r)if(e[r].name===t){e[r]=Lc,e=e.slice(0,r).concat(e.slice(r+1));break}return n!=null&&e.push({name:t,value:n}),e}var ut=0,Dt=0,Ot=0,Xi=1e3,hn,Pt,mn=0,Ye=0,yn=0,Gt=typeof performance=="object"&&performance.now?performance:Date,Wi=typeof window=="object"&&window.requestAnimationFrame?window.requestAnimationFrame.bind(window):function(e){setTimeout(e,17)};function bn(){return Ye||(Wi(Oc),Ye=Gt.now()+yn)}function Oc(){Ye=0}function gn(){this._call=this._time=this._next=null}gn.prototype=kr.prototype={constructor:gn,restart:function(e,t,n){if(typeof e!="function")throw new TypeError("callback is not a function");n=(n==null?bn():+n)+(t==null?0:+t),!this._next&&Pt!==this&&(Pt?Pt._next=this:hn=this,Pt=this),this._call=e,this._time=n,wr()},stop:function(){this._call&&(this._call=null,this._time=1/0,wr())}};function kr(e,t,n){var r=new gn;return r.restart(e,t,n),r}function Dc(){bn(),++ut;for(var e=hn,t;e;)(t=Ye-e._time)>=0&&e._call.call(void 0,t),e=e._next;--ut}function ji(){Ye=(mn=Gt.now())+yn,ut=Dt=0;try{Dc()}finally{ut=0,Gc(),Ye=0}}function Pc(){var e=Gt.now(),t=e-mn;t>Xi&&(yn-=t,mn=e)}function Gc(){for(var e,t=hn,n,r=1/0;t;)t._call?(r>t._time&&(r=t._time),e=t,t=t._next):(n=t._next,t._next=null,t=e?e._next=n:hn=n);Pt=e,wr(r)}function wr(e){if(!ut){Dt&&(Dt=clearTimeout(Dt));var t=e-Ye;t>24?(e<1/0&&(Dt=setTimeout(ji,Math.ceil(e-Gt.now()-yn)+1)),Ot&&(Ot=clearInterval(Ot))):(Ot||(mn=Gt.now(),Ot=setInterval(Pc,Xi)),ut=1,Wi(ji))}}function Mr(e,t,n){var r=new gn;return t=t==null?0:+t,r.restart(o=>{r.stop(),e(o+t)},t,n),r}var zc=Nt("start","end","cancel","interrupt"),Ic=[],Ki=0,Yi=1,vn=2,xn=3,Ui=4,wn=5,zt=6;function ze(e,t,n,r,o,i){var a=e.__transition;if(!a)e.__transition={};else if(n in a)return;Vc(e,n,{name:t,index:r,group:o,on:zc,tween:Ic,time:i.time,delay:i.delay,duration:i.duration,ease:i.ease,timer:null,state:Ki})}function It(e,t){var n=J(e,t);if(n.state>Ki)throw new Error("too late; already scheduled");return n}function re(e,t){var n=J(e,t);if(n.state>xn)throw new Error("too late; already running");return n}function J(e,t){var n=e.__transition;if(!n||!(n=n[t]))throw new Error("transition not found");return n}function Vc(e,t,n){var r=e.__transition,o;r[t]=n,n.timer=kr(i,0,n.time);function i(l){n.state=Yi,n.timer.restart(a,n.delay,n.time),n.delay<=l&&a(l-n.delay)}function a(l){var c,f,d,g;if(n.state!==Yi)return u();for(c in r)if(g=r[c],g.name===n.name){if(g.state===xn)return Mr(a);g.state===Ui?(g.state=zt,g.timer.stop(),g.on.call("interrupt",e,e.__data__,g.index,g.group),delete r[c]):+c<t&&(g.state=zt,g.timer.stop(),g.on.call("cancel",e,e.__data__,g.index,g.group),delete r[c])}if(Mr(function(){n.state===xn&&(n.state=Ui,n.timer.restart(s,n.delay,n.time),s(l))}),n.state=vn,n.on.call("start",e,e.__data__,n.index,n.group),n.state===vn){for(n.state=xn,o=new Array(d=n.tween.length),c=0,f=-1;c<d;++c)(g=n.tween[c].value.call(e,e.__data__,n.index,n.group))&&(o[++f]=g);o.length=f+1}}function s(l){for(var c=l<n.duration?n.ease.call(null,l/n.duration):(n.timer.restart(u),n.state=wn,1),f=-1,d=o.length;++f<d;)o[f].call(e,c);n.state===wn&&(n.on.call("end",e,e.__data__,n.index,n.group),u())}function u(){n.state=zt,n.timer.stop(),delete r[t];for(var l in r)return;delete e.__transition}}function Ue(e,t){var n=e.__transition,r,o,i=!0,a;if(n){t=t==null?null:t+"";for(a in n){if((r=n[a]).name!==t){i=!1;continue}o=r.state>vn&&r.state<wn,r.state=zt,r.timer.stop(),r.on.call(o?"interrupt":"cancel",e,e.__data__,r.index,r.group),delete n[a]}i&&delete e.__transition}}function Zi(e){return this.each(function(){Ue(this,e)})}function pt(e,t,n){e.prototype=t.prototype=n,n.constructor=e}function Bt(e,t){var n=Object.create(e.prototype);for(var r in t)n[r]=t[r];return n}function Ie(){}var Je=.7,dt=1/Je,ct="\\s*([+-]?\\d+)\\s*",Vt="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*",ke="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*",Hc=/^#([0-9a-f]{3,8})$/,Bc=new RegExp(`^rgb\\(${ct},${ct},${ct}\\)$`),qc=new RegExp(`^rgb\\(${ke},${ke},${ke}\\)$`),Fc=new RegExp(`^rgba\\(${ct},${ct},${ct},${Vt}\\)$`),jc=new RegExp(`^rgba\\(${ke},${ke},${ke},${Vt}\\)$`),Xc=new RegExp(`^hsl\\(${Vt},${ke},${ke}\\)$`),Wc=new RegExp(`^hsla\\(${Vt},${ke},${ke},${Vt}\\)$`),Qi={aliceblue:15792383,antiquewhite:16444375,aqua:65535,aquamarine:8388564,azure:15794175,beige:16119260,bisque:16770244,black:0,blanchedalmond:16772045,blue:255,blueviolet:9055202,brown:10824234,burlywood:14596231,cadetblue:6266528,chartreuse:8388352,chocolate:13789470,coral:16744272,cornflowerblue:6591981,cornsilk:16775388,crimson:14423100,cyan:65535,darkblue:139,darkcyan:35723,darkgoldenrod:12092939,darkgray:11119017,darkgreen:25600,darkgrey:11119017,darkkhaki:12433259,darkmagenta:9109643,darkolivegreen:5597999,darkorange:16747520,darkorchid:10040012,darkred:9109504,darksalmon:15308410,darkseagreen:9419919,darkslateblue:4734347,darkslategray:3100495,darkslategrey:3100495,darkturquoise:52945,darkviolet:9699539,deeppink:16716947,deepskyblue:49151,dimgray:6908265,dimgrey:6908265,dodgerblue:2003199,firebrick:11674146,floralwhite:16775920,forestgreen:2263842,fuchsia:16711935,gainsboro:14474460,ghostwhite:16316671,gold:16766720,goldenrod:14329120,gray:8421504,green:32768,greenyellow:11403055,grey:8421504,honeydew:15794160,hotpink:16738740,indianred:13458524,indigo:4915330,ivory:16777200,khaki:15787660,lavender:15132410,lavenderblush:16773365,lawngreen:8190976,lemonchiffon:16775885,lightblue:11393254,lightcoral:15761536,lightcyan:14745599,lightgoldenrodyellow:16448210,lightgray:13882323,lightgreen:9498256,lightgrey:13882323,lightpink:16758465,lightsalmon:16752762,lightseagreen:2142890,lightskyblue:8900346,lightslategray:7833753,lightslategrey:7833753,lightsteelblue:11584734,lightyellow:16777184,lime:65280,limegreen:3329330,linen:16445670,magenta:16711935,maroon:8388608,mediumaquamarine:6737322,mediumblue:205,mediumorchid:12211667,mediumpurple:9662683,mediumseagreen:3978097,mediumslateblue:8087790,mediumspringgreen:64154,mediumturquoise:4772300,mediumvioletred:13047173,midnightblue:1644912,mintcream:16121850,mistyrose:16770273,moccasin:16770229,navajowhite:16768685,navy:128,oldlace:16643558,olive:8421376,olivedrab:7048739,orange:16753920,orangered:16729344,orchid:14315734,palegoldenrod:15657130,palegreen:10025880,paleturquoise:11529966,palevioletred:14381203,papayawhip:16773077,peachpuff:16767673,peru:13468991,pink:16761035,plum:14524637,powderblue:11591910,purple:8388736,rebeccapurple:6697881,red:16711680,rosybrown:12357519,royalblue:4286945,saddlebrown:9127187,salmon:16416882,sandybrown:16032864,seagreen:3050327,seashell:16774638,sienna:10506797,silver:12632256,skyblue:8900331,slateblue:6970061,slategray:7372944,slategrey:7372944,snow:16775930,springgreen:65407,steelblue:4620980,tan:13808780,teal:32896,thistle:14204888,tomato:16737095,turquoise:4251856,violet:15631086,wheat:16113331,white:16777215,whitesmoke:16119285,yellow:16776960,yellowgreen:10145074};pt(Ie,Te,{copy(e){return Object.assign(new this.constructor,this,e)},displayable(){return this.rgb().displayable()},hex:Ji,formatHex:Ji,formatHex8:Yc,formatHsl:Uc,formatRgb:ea,toString:ea});function Ji(){return this.rgb().formatHex()}function Yc(){return this.rgb().formatHex8()}function Uc(){return ua(this).formatHsl()}function ea(){return this.rgb().formatRgb()}function Te(e){var t,n;return e=(e+"").trim().toLowerCase(),(t=Hc.exec(e))?(n=t[1].length,t=parseInt(t[1],16),n===6?ta(t):n===3?new te(t>>8&15|t>>4&240,t>>4&15|t&240,(t&15)<<4|t&15,1):n===8?kn(t>>24&255,t>>16&255,t>>8&255,(t&255)/255):n===4?kn(t>>12&15|t>>8&240,t>>8&15|t>>4&240,t>>4&15|t&240,((t&15)<<4|t&15)/255):null):(t=Bc.exec(e))?new te(t[1],t[2],t[3],1):(t=qc.exec(e))?new te(t[1]*255/100,t[2]*255/100,t[3]*255/100,1):(t=Fc.exec(e))?kn(t[1],t[2],t[3],t[4]):(t=jc.exec(e))?kn(t[1]*255/100,t[2]*255/100,t[3]*255/100,t[4]):(t=Xc.exec(e))?oa(t[1],t[2]/100,t[3]/100,1):(t=Wc.exec(e))?oa(t[1],t[2]/100,t[3]/100,t[4]):Qi.hasOwnProperty(e)?ta(Qi[e]):e==="transparent"?new te(NaN,NaN,NaN,0):null}function ta(e){return new te(e>>16&255,e>>8&255,e&255,1)}function kn(e,t,n,r){return r<=0&&(e=t=n=NaN),new te(e,t,n,r)}function Tr(e){return e instanceof Ie||(e=Te(e)),e?(e=e.rgb(),new te(e.r,e.g,e.b,e.opacity)):new te}function qt(e,t,n,r){return arguments.length===1?Tr(e):new te(e,t,n,r??1)}function te(e,t,n,r){this.r=+e,this.g=+t,this.b=+n,this.opacity=+r}pt(te,qt,Bt(Ie,{brighter(e){return e=e==null?dt:Math.pow(dt,e),new te(this.r*e,this.g*e,this.b*e,this.opacity)},darker(e){return e=e==null?Je:Math.pow(Je,e),new te(this.r*e,this.g*e,this.b*e,this.opacity)},rgb(){return this},clamp(){return new te(Ze(this.r),Ze(this.g),Ze(this.b),Sn(this.opacity))},displayable(){return-.5<=this.r&&this.r<255.5&&-.5<=this.g&&this.g<255.5&&-.5<=this.b&&this.b<255.5&&0<=this.opacity&&this.opacity<=1},hex:na,formatHex:na,formatHex8:Kc,formatRgb:ra,toString:ra}));function na(){return`#${Ke(this.r)}${Ke(this.g)}${Ke(this.b)}`}function Kc(){return`#${Ke(this.r)}${Ke(this.g)}${Ke(this.b)}${Ke((isNaN(this.opacity)?1:this.opacity)*255)}`}function ra(){let e=Sn(this.opacity);return`${e===1?"rgb(":"rgba("}${Ze(this.r)}, ${Ze(this.g)}, ${Ze(this.b)}${e===1?")":`, ${e})`}`}function Sn(e){return isNaN(e)?1:Math.max(0,Math.min(1,e))}function Ze(e){return Math.max(0,Math.min(255,Math.round(e)||0))}function Ke(e){return e=Ze(e),(e<16?"0":"")+e.toString(16)}function oa(e,t,n,r){return r<=0?e=t=n=NaN:n<=0||n>=1?e=t=NaN:t<=0&&(e=NaN),new ye(e,t,n,r)}function ua(e){if(e instanceof ye)return new ye(e.h,e.s,e.l,e.opacity);if(e instanceof Ie||(e=Te(e)),!e)return new ye;if(e instanceof ye)return e;e=e.rgb();var t=e.r/255,n=e.g/255,r=e.b/255,o=Math.min(t,n,r),i=Math.max(t,n,r),a=NaN,s=i-o,u=(i+o)/2;return s?(t===i?a=(n-r)/s+(n<r)*6:n===i?a=(r-t)/s+2:a=(t-n)/s+4,s/=u<.5?i+o:2-i-o,a*=60):s=u>0&&u<1?0:a,new ye(a,s,u,e.opacity)}function $n(e,t,n,r){return arguments.length===1?ua(e):new ye(e,t,n,r??1)}function ye(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}pt(ye,$n,Bt(Ie,{brighter(e){return e=e==null?dt:Math.pow(dt,e),new ye(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?Je:Math.pow(Je,e),new ye(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=this.h%360+(this.h<0)*360,t=isNaN(e)||isNaN(this.s)?0:this.s,n=this.l,r=n+(n<.5?n:1-n)*t,o=2*n-r;return new te(Sr(e>=240?e-240:e+120,o,r),Sr(e,o,r),Sr(e<120?e+240:e-120,o,r),this.opacity)},clamp(){return new ye(ia(this.h),Mn(this.s),Mn(this.l),Sn(this.opacity))},displayable(){return(0<=this.s&&this.s<=1||isNaN(this.s))&&0<=this.l&&this.l<=1&&0<=this.opacity&&this.opacity<=1},formatHsl(){let e=Sn(this.opacity);return`${e===1?"hsl(":"hsla("}${ia(this.h)}, ${Mn(this.s)*100}%, ${Mn(this.l)*100}%${e===1?")":`, ${e})`}`}}));function ia(e){return e=(e||0)%360,e<0?e+360:e}function Mn(e){return Math.max(0,Math.min(1,e||0))}function Sr(e,t,n){return(e<60?t+(n-t)*e/60:e<180?n:e<240?t+(n-t)*(240-e)/60:t)*255}var ca=Math.PI/180,fa=180/Math.PI,_n=18,da=.96422,pa=1,ha=.82521,ma=4/29,ft=6/29,ga=3*ft*ft,Zc=ft*ft*ft;function ya(e){if(e instanceof Me)return new Me(e.l,e.a,e.b,e.opacity);if(e instanceof Ce)return xa(e);e instanceof te||(e=Tr(e));var t=Cr(e.r),n=Cr(e.g),r=Cr(e.b),o=_r((.2225045*t+.7168786*n+.0606169*r)/pa),i,a;return t===n&&n===r?i=a=o:(i=_r((.4360747*t+.3850649*n+.1430804*r)/da),a=_r((.0139322*t+.0971045*n+.7141733*r)/ha)),new Me(116*o-16,500*(i-o),200*(o-a),e.opacity)}function ba(e,t,n,r){return arguments.length===1?ya(e):new Me(e,t,n,r??1)}function Me(e,t,n,r){this.l=+e,this.a=+t,this.b=+n,this.opacity=+r}pt(Me,ba,Bt(Ie,{brighter(e){return new Me(this.l+_n*(e??1),this.a,this.b,this.opacity)},darker(e){return new Me(this.l-_n*(e??1),this.a,this.b,this.opacity)},rgb(){var e=(this.l+16)/116,t=isNaN(this.a)?e:e+this.a/500,n=isNaN(this.b)?e:e-this.b/200;return t=da*$r(t),e=pa*$r(e),n=ha*$r(n),new te(Er(3.1338561*t-1.6168667*e-.4906146*n),Er(-.9787684*t+1.9161415*e+.033454*n),Er(.0719453*t-.2289914*e+1.4052427*n),this.opacity)}}));function _r(e){return e>Zc?Math.pow(e,1/3):e/ga+ma}function $r(e){return e>ft?e*e*e:ga*(e-ma)}function Er(e){return 255*(e<=.0031308?12.92*e:1.055*Math.pow(e,1/2.4)-.055)}function Cr(e){return(e/=255)<=.04045?e/12.92:Math.pow((e+.055)/1.055,2.4)}function Qc(e){if(e instanceof Ce)return new Ce(e.h,e.c,e.l,e.opacity);if(e instanceof Me||(e=ya(e)),e.a===0&&e.b===0)return new Ce(NaN,0<e.l&&e.l<100?0:NaN,e.l,e.opacity);var t=Math.atan2(e.b,e.a)*fa;return new Ce(t<0?t+360:t,Math.sqrt(e.a*e.a+e.b*e.b),e.l,e.opacity)}function En(e,t,n,r){return arguments.length===1?Qc(e):new Ce(e,t,n,r??1)}function Ce(e,t,n,r){this.h=+e,this.c=+t,this.l=+n,this.opacity=+r}function xa(e){if(isNaN(e.h))return new Me(e.l,0,0,e.opacity);var t=e.h*ca;return new Me(e.l,Math.cos(t)*e.c,Math.sin(t)*e.c,e.opacity)}pt(Ce,En,Bt(Ie,{brighter(e){return new Ce(this.h,this.c,this.l+_n*(e??1),this.opacity)},darker(e){return new Ce(this.h,this.c,this.l-_n*(e??1),this.opacity)},rgb(){return xa(this).rgb()}}));var va=-.14861,Ar=1.78277,Lr=-.29227,Cn=-.90649,Ht=1.97294,aa=Ht*Cn,sa=Ht*Ar,la=Ar*Lr-Cn*va;function Jc(e){if(e instanceof Qe)return new Qe(e.h,e.s,e.l,e.opacity);e instanceof te||(e=Tr(e));var t=e.r/255,n=e.g/255,r=e.b/255,o=(la*r+aa*t-sa*n)/(la+aa-sa),i=r-o,a=(Ht*(n-o)-Lr*i)/Cn,s=Math.sqrt(a*a+i*i)/(Ht*o*(1-o)),u=s?Math.atan2(a,i)*fa-120:NaN;return new Qe(u<0?u+360:u,s,o,e.opacity)}function Tn(e,t,n,r){return arguments.length===1?Jc(e):new Qe(e,t,n,r??1)}function Qe(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}pt(Qe,Tn,Bt(Ie,{brighter(e){return e=e==null?dt:Math.pow(dt,e),new Qe(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?Je:Math.pow(Je,e),new Qe(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=isNaN(this.h)?0:(this.h+120)*ca,t=+this.l,n=isNaN(this.s)?0:this.s*t*(1-t),r=Math.cos(e),o=Math.sin(e);return new te(255*(t+n*(va*r+Ar*o)),255*(t+n*(Lr*r+Cn*o)),255*(t+n*(Ht*r)),this.opacity)}}));function Ma(e,t,n,r,o){var i=e*e,a=i*e;return((1-3*e+3*i-a)*t+(4-6*i+3*a)*n+(1+3*e+3*i-3*a)*r+a*o)/6}function ef(e){var t=e.length-1;return function(n){var r=n<=0?n=0:n>=1?(n=1,t-1):Math.floor(n*t),o=e[r],i=e[r+1],a=r>0?e[r-1]:2*o-i,s=r<t-1?e[r+2]:2*i-o;return Ma((n-r/t)*t,a,o,i,s)}}function tf(e){var t=e.length;return function(n){var r=Math.floor(((n%=1)<0?++n:n)*t),o=e[(r+t-1)%t],i=e[r%t],a=e[(r+1)%t],s=e[(r+2)%t];return Ma((n-r/t)*t,o,i,a,s)}}var Ln=e=>()=>e;function Sa(e,t){return function(n){return e+n*t}}function nf(e,t,n){return e=Math.pow(e,n),t=Math.pow(t,n)-e,n=1/n,function(r){return Math.pow(e+r*t,n)}}function Dr(e,t){var n=t-e;return n?Sa(e,n>180||n<-180?n-360*Math.round(n/360):n):Ln(isNaN(e)?t:e)}function rf(e){return(e=+e)==1?ue:function(t,n){return n-t?nf(t,n,e):Ln(isNaN(t)?n:t)}}function ue(e,t){var n=t-e;return n?Sa(e,n):Ln(isNaN(e)?t:e)}var Ft=(function e(t){var n=rf(t);function r(o,i){var a=n((o=qt(o)).r,(i=qt(i)).r),s=n(o.g,i.g),u=n(o.b,i.b),l=ue(o.opacity,i.opacity);return function(c){return o.r=a(c),o.g=s(c),o.b=u(c),o.opacity=l(c),o+""}}return r.gamma=e,r})(1);function _a(e){return function(t){var n=t.length,r=new Array(n),o=new Array(n),i=new Array(n),a,s;for(a=0;a<n;++a)s=qt(t[a]),r[a]=s.r||0,o[a]=s.g||0,i[a]=s.b||0;return r=e(r),o=e(o),i=e(i),s.opacity=1,function(u){return s.r=r(u),s.g=o(u),s.b=i(u),s+""}}}var Uy=_a(ef),Ky=_a(tf);function of(e,t){t||(t=[]);var n=e?Math.min(t.length,e.length):0,r=t.slice(),o;return function(i){for(o=0;o<n;++o)r[o]=e[o]*(1-i)+t[o]*i;return r}}function af(e){return ArrayBuffer.isView(e)&&!(e instanceof DataView)}function sf(e,t){var n=t?t.length:0,r=e?Math.min(n,e.length):0,o=new Array(r),i=new Array(n),a;for(a=0;a<r;++a)o[a]=Rn(e[a],t[a]);for(;a<n;++a)i[a]=t[a];return function(s){for(a=0;a<r;++a)i[a]=o[a](s);return i}}function lf(e,t){var n=new Date;return e=+e,t=+t,function(r){return n.setTime(e*(1-r)+t*r),n}}function pe(e,t){return e=+e,t=+t,function(n){return e*(1-n)+t*n}}function uf(e,t){var n={},r={},o;(e===null||typeof e!="object")&&(e={}),(t===null||typeof t!="object")&&(t={});for(o in t)o in e?n[o]=Rn(e[o],t[o]):r[o]=t[o];return function(i){for(o in n)r[o]=n[o](i);return r}}var Nr=/[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g,Rr=new RegExp(Nr.source,"g");function cf(e){return function(){return e}}function ff(e){return function(t){return e(t)+""}}function Pr(e,t){var n=Nr.lastIndex=Rr.lastIndex=0,r,o,i,a=-1,s=[],u=[];for(e=e+"",t=t+"";(r=Nr.exec(e))&&(o=Rr.exec(t));)(i=o.index)>n&&(i=t.slice(n,i),s[a]?s[a]+=i:s[++a]=i),(r=r[0])===(o=o[0])?s[a]?s[a]+=o:s[++a]=o:(s[++a]=null,u.push({i:a,x:pe(r,o)})),n=Rr.lastIndex;return n<t.length&&(i=t.slice(n),s[a]?s[a]+=i:s[++a]=i),s.length<2?u[0]?ff(u[0].x):cf(t):(t=u.length,function(l){for(var c=0,f;c<t;++c)s[(f=u[c]).i]=f.x(l);return s.join("")})}function Rn(e,t){var n=typeof t,r;return t==null||n==="boolean"?Ln(t):(n==="number"?pe:n==="string"?(r=Te(t))?(t=r,Ft):Pr:t instanceof Te?Ft:t instanceof Date?lf:af(t)?of:Array.isArray(t)?sf:typeof t.valueOf!="function"&&typeof t.toString!="function"||isNaN(t)?uf:pe)(e,t)}function $a(e,t){return e=+e,t=+t,function(n){return Math.round(e*(1-n)+t*n)}}var wa=180/Math.PI,Or={translateX:0,translateY:0,rotate:0,skewX:0,scaleX:1,scaleY:1};function Ea(e,t,n,r,o,i){var a,s,u;return(a=Math.sqrt(e*e+t*t))&&(e/=a,t/=a),(u=e*n+t*r)&&(n-=e*u,r-=t*u),(s=Math.sqrt(n*n+r*r))&&(n/=s,r/=s,u/=s),e*r<t*n&&(e=-e,t=-t,u=-u,a=-a),{translateX:o,translateY:i,rotate:Math.atan2(t,e)*wa,skewX:Math.atan(u)*wa,scaleX:a,scaleY:s}}var An;function df(e){let t=new(typeof DOMMatrix=="function"?DOMMatrix:WebKitCSSMatrix)(e+"");return t.isIdentity?Or:Ea(t.a,t.b,t.c,t.d,t.e,t.f)}function pf(e){return e==null||(An||(An=document.createElementNS("http://www.w3.org/2000/svg","g")),An.setAttribute("transform",e),!(e=An.transform.baseVal.consolidate()))?Or:(e=e.matrix,Ea(e.a,e.b,e.c,e.d,e.e,e.f))}function Ca(e,t,n,r){function o(l){return l.length?l.pop()+" ":""}function i(l,c,f,d,g,M){if(l!==f||c!==d){var S=g.push("translate(",null,t,null,n);M.push({i:S-4,x:pe(l,f)},{i:S-2,x:pe(c,d)})}else(f||d)&&g.push("translate("+f+t+d+n)}function a(l,c,f,d){l!==c?(l-c>180?c+=360:c-l>180&&(l+=360),d.push({i:f.push(o(f)+"rotate(",null,r)-2,x:pe(l,c)})):c&&f.push(o(f)+"rotate("+c+r)}function s(l,c,f,d){l!==c?d.push({i:f.push(o(f)+"skewX(",null,r)-2,x:pe(l,c)}):c&&f.push(o(f)+"skewX("+c+r)}function u(l,c,f,d,g,M){if(l!==f||c!==d){var S=g.push(o(g)+"scale(",null,",",null,")");M.push({i:S-4,x:pe(l,f)},{i:S-2,x:pe(c,d)})}else(f!==1||d!==1)&&g.push(o(g)+"scale("+f+","+d+")")}return function(l,c){var f=[],d=[];return l=e(l),c=e(c),i(l.translateX,l.translateY,c.translateX,c.translateY,f,d),a(l.rotate,c.rotate,f,d),s(l.skewX,c.skewX,f,d),u(l.scaleX,l.scaleY,c.scaleX,c.scaleY,f,d),l=c=null,function(g){for(var M=-1,S=d.length,k;++M<S;)f[(k=d[M]).i]=k.x(g);return f.join("")}}}var Ta=Ca(df,"px, ","px)","deg)"),Aa=Ca(pf,", ",")",")"),hf=1e-12;function ka(e){return((e=Math.exp(e))+1/e)/2}function mf(e){return((e=Math.exp(e))-1/e)/2}function gf(e){return((e=Math.exp(2*e))-1)/(e+1)}var La=(function e(t,n,r){function o(i,a){var s=i[0],u=i[1],l=i[2],c=a[0],f=a[1],d=a[2],g=c-s,M=f-u,S=g*g+M*M,k,x;if(S<hf)x=Math.log(d/l)/t,k=function(F){return[s+F*g,u+F*M,l*Math.exp(t*F*x)]};else{var O=Math.sqrt(S),P=(d*d-l*l+r*S)/(2*l*n*O),G=(d*d-l*l-r*S)/(2*d*n*O),H=Math.log(Math.sqrt(P*P+1)-P),N=Math.log(Math.sqrt(G*G+1)-G);x=(N-H)/t,k=function(F){var X=F*x,I=ka(H),T=l/(n*O)*(I*gf(t*X+H)-mf(H));return[s+T*g,u+T*M,l*I/ka(t*X+H)]}}return k.duration=Math.abs(x)*1e3*t/Math.SQRT2,k}return o.rho=function(i){var a=Math.max(.001,+i),s=a*a,u=s*s;return e(a,s,u)},o})(Math.SQRT2,2,4);function Ra(e){return function(t,n){var r=e((t=$n(t)).h,(n=$n(n)).h),o=ue(t.s,n.s),i=ue(t.l,n.l),a=ue(t.opacity,n.opacity);return function(s){return t.h=r(s),t.s=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var Zy=Ra(Dr),Qy=Ra(ue);function Na(e){return function(t,n){var r=e((t=En(t)).h,(n=En(n)).h),o=ue(t.c,n.c),i=ue(t.l,n.l),a=ue(t.opacity,n.opacity);return function(s){return t.h=r(s),t.c=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var Jy=Na(Dr),eb=Na(ue);function Oa(e){return(function t(n){n=+n;function r(o,i){var a=e((o=Tn(o)).h,(i=Tn(i)).h),s=ue(o.s,i.s),u=ue(o.l,i.l),l=ue(o.opacity,i.opacity);return function(c){return o.h=a(c),o.s=s(c),o.l=u(Math.pow(c,n)),o.opacity=l(c),o+""}}return r.gamma=t,r})(1)}var tb=Oa(Dr),nb=Oa(ue);function yf(e,t){var n,r;return function(){var o=re(this,e),i=o.tween;if(i!==n){r=n=i;for(var a=0,s=r.length;a<s;++a)if(r[a].name===t){r=r.slice(),r.splice(a,1);break}}o.tween=r}}function bf(e,t,n){var r,o;if(typeof n!="function")throw new Error;return function(){var i=re(this,e),a=i.tween;if(a!==r){o=(r=a).slice();for(var s={name:t,value:n},u=0,l=o.length;u<l;++u)if(o[u].name===t){o[u]=s;break}u===l&&o.push(s)}i.tween=o}}function Da(e,t){var n=this._id;if(e+="",arguments.length<2){for(var r=J(this.node(),n).tween,o=0,i=r.length,a;o<i;++o)if((a=r[o]).name===e)return a.value;return null}return this.each((t==null?yf:bf)(n,e,t))}function ht(e,t,n){var r=e._id;return e.each(function(){var o=re(this,r);(o.value||(o.value={}))[t]=n.apply(this,arguments)}),function(o){return J(o,r).value[t]}}function Nn(e,t){var n;return(typeof t=="number"?pe:t instanceof Te?Ft:(n=Te(t))?(t=n,Ft):Pr)(e,t)}function xf(e){return function(){this.removeAttribute(e)}}function vf(e){return function(){this.removeAttributeNS(e.space,e.local)}}function wf(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttribute(e);return a===o?null:a===r?i:i=t(r=a,n)}}function kf(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttributeNS(e.space,e.local);return a===o?null:a===r?i:i=t(r=a,n)}}function Mf(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttribute(e):(a=this.getAttribute(e),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function Sf(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttributeNS(e.space,e.local):(a=this.getAttributeNS(e.space,e.local),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function Pa(e,t){var n=$e(e),r=n==="transform"?Aa:Nn;return this.attrTween(e,typeof t=="function"?(n.local?Sf:Mf)(n,r,ht(this,"attr."+e,t)):t==null?(n.local?vf:xf)(n):(n.local?kf:wf)(n,r,t))}function _f(e,t){return function(n){this.setAttribute(e,t.call(this,n))}}function $f(e,t){return function(n){this.setAttributeNS(e.space,e.local,t.call(this,n))}}function Ef(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&$f(e,i)),n}return o._value=t,o}function Cf(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&_f(e,i)),n}return o._value=t,o}function Ga(e,t){var n="attr."+e;if(arguments.length<2)return(n=this.tween(n))&&n._value;if(t==null)return this.tween(n,null);if(typeof t!="function")throw new Error;var r=$e(e);return this.tween(n,(r.local?Ef:Cf)(r,t))}function Tf(e,t){return function(){It(this,e).delay=+t.apply(this,arguments)}}function Af(e,t){return t=+t,function(){It(this,e).delay=t}}function za(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?Tf:Af)(t,e)):J(this.node(),t).delay}function Lf(e,t){return function(){re(this,e).duration=+t.apply(this,arguments)}}function Rf(e,t){return t=+t,function(){re(this,e).duration=t}}function Ia(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?Lf:Rf)(t,e)):J(this.node(),t).duration}function Nf(e,t){if(typeof t!="function")throw new Error;return function(){re(this,e).ease=t}}function Va(e){var t=this._id;return arguments.length?this.each(Nf(t,e)):J(this.node(),t).ease}function Of(e,t){return function(){var n=t.apply(this,arguments);if(typeof n!="function")throw new Error;re(this,e).ease=n}}function Ha(e){if(typeof e!="function")throw new Error;return this.each(Of(this._id,e))}function Ba(e){typeof e!="function"&&(e=Lt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new ae(r,this._parents,this._name,this._id)}function qa(e){if(e._id!==this._id)throw new Error;for(var t=this._groups,n=e._groups,r=t.length,o=n.length,i=Math.min(r,o),a=new Array(r),s=0;s<i;++s)for(var u=t[s],l=n[s],c=u.length,f=a[s]=new Array(c),d,g=0;g<c;++g)(d=u[g]||l[g])&&(f[g]=d);for(;s<r;++s)a[s]=t[s];return new ae(a,this._parents,this._name,this._id)}function Df(e){return(e+"").trim().split(/^|\s+/).every(function(t){var n=t.indexOf(".");return n>=0&&(t=t.slice(0,n)),!t||t==="start"})}function Pf(e,t,n){var r,o,i=Df(t)?It:re;return function(){var a=i(this,e),s=a.on;s!==r&&(o=(r=s).copy()).on(t,n),a.on=o}}function Fa(e,t){var n=this._id;return arguments.length<2?J(this.node(),n).on.on(e):this.each(Pf(n,e,t))}function Gf(e){return function(){var t=this.parentNode;for(var n in this.__transition)if(+n!==e)return;t&&t.removeChild(this)}}function ja(){return this.on("end.remove",Gf(this._id))}function Xa(e){var t=this._name,n=this._id;typeof e!="function"&&(e=We(e));for(var r=this._groups,o=r.length,i=new Array(o),a=0;a<o;++a)for(var s=r[a],u=s.length,l=i[a]=new Array(u),c,f,d=0;d<u;++d)(c=s[d])&&(f=e.call(c,c.__data__,d,s))&&("__data__"in c&&(f.__data__=c.__data__),l[d]=f,ze(l[d],t,n,d,l,J(c,n)));return new ae(i,this._parents,t,n)}function Wa(e){var t=this._name,n=this._id;typeof e!="function"&&(e=At(e));for(var r=this._groups,o=r.length,i=[],a=[],s=0;s<o;++s)for(var u=r[s],l=u.length,c,f=0;f<l;++f)if(c=u[f]){for(var d=e.call(c,c.__data__,f,u),g,M=J(c,n),S=0,k=d.length;S<k;++S)(g=d[S])&&ze(g,t,n,S,d,M);i.push(d),a.push(c)}return new ae(i,a,t,n)}var zf=Ee.prototype.constructor;function Ya(){return new zf(this._groups,this._parents)}function If(e,t){var n,r,o;return function(){var i=Ge(this,e),a=(this.style.removeProperty(e),Ge(this,e));return i===a?null:i===n&&a===r?o:o=t(n=i,r=a)}}function Ua(e){return function(){this.style.removeProperty(e)}}function Vf(e,t,n){var r,o=n+"",i;return function(){var a=Ge(this,e);return a===o?null:a===r?i:i=t(r=a,n)}}function Hf(e,t,n){var r,o,i;return function(){var a=Ge(this,e),s=n(this),u=s+"";return s==null&&(u=s=(this.style.removeProperty(e),Ge(this,e))),a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s))}}function Bf(e,t){var n,r,o,i="style."+t,a="end."+i,s;return function(){var u=re(this,e),l=u.on,c=u.value[i]==null?s||(s=Ua(t)):void 0;(l!==n||o!==c)&&(r=(n=l).copy()).on(a,o=c),u.on=r}}function Ka(e,t,n){var r=(e+="")=="transform"?Ta:Nn;return t==null?this.styleTween(e,If(e,r)).on("end.style."+e,Ua(e)):typeof t=="function"?this.styleTween(e,Hf(e,r,ht(this,"style."+e,t))).each(Bf(this._id,e)):this.styleTween(e,Vf(e,r,t),n).on("end.style."+e,null)}function qf(e,t,n){return function(r){this.style.setProperty(e,t.call(this,r),n)}}function Ff(e,t,n){var r,o;function i(){var a=t.apply(this,arguments);return a!==o&&(r=(o=a)&&qf(e,a,n)),r}return i._value=t,i}function Za(e,t,n){var r="style."+(e+="");if(arguments.length<2)return(r=this.tween(r))&&r._value;if(t==null)return this.tween(r,null);if(typeof t!="function")throw new Error;return this.tween(r,Ff(e,t,n??""))}function jf(e){return function(){this.textContent=e}}function Xf(e){return function(){var t=e(this);this.textContent=t??""}}function Qa(e){return this.tween("text",typeof e=="function"?Xf(ht(this,"text",e)):jf(e==null?"":e+""))}function Wf(e){return function(t){this.textContent=e.call(this,t)}}function Yf(e){var t,n;function r(){var o=e.apply(this,arguments);return o!==n&&(t=(n=o)&&Wf(o)),t}return r._value=e,r}function Ja(e){var t="text";if(arguments.length<1)return(t=this.tween(t))&&t._value;if(e==null)return this.tween(t,null);if(typeof e!="function")throw new Error;return this.tween(t,Yf(e))}function es(){for(var e=this._name,t=this._id,n=On(),r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)if(u=a[l]){var c=J(u,t);ze(u,e,n,l,a,{time:c.time+c.delay+c.duration,delay:0,duration:c.duration,ease:c.ease})}return new ae(r,this._parents,e,n)}function ts(){var e,t,n=this,r=n._id,o=n.size();return new Promise(function(i,a){var s={value:a},u={value:function(){--o===0&&i()}};n.each(function(){var l=re(this,r),c=l.on;c!==e&&(t=(e=c).copy(),t._.cancel.push(s),t._.interrupt.push(s),t._.end.push(u)),l.on=t}),o===0&&i()})}var Uf=0;function ae(e,t,n,r){this._groups=e,this._parents=t,this._name=n,this._id=r}function ns(e){return Ee().transition(e)}function On(){return++Uf}var Ae=Ee.prototype;ae.prototype=ns.prototype={constructor:ae,select:Xa,selectAll:Wa,selectChild:Ae.selectChild,selectChildren:Ae.selectChildren,filter:Ba,merge:qa,selection:Ya,transition:es,call:Ae.call,nodes:Ae.nodes,node:Ae.node,size:Ae.size,empty:Ae.empty,each:Ae.each,on:Fa,attr:Pa,attrTween:Ga,style:Ka,styleTween:Za,text:Qa,textTween:Ja,remove:ja,tween:Da,delay:za,duration:Ia,ease:Va,easeVarying:Ha,end:ts,[Symbol.iterator]:Ae[Symbol.iterator]};function os(e){return((e*=2)<=1?e*e*e:(e-=2)*e*e+2)/2}var Gr=3,_0=(function e(t){t=+t;function n(r){return Math.pow(r,t)}return n.exponent=e,n})(Gr),$0=(function e(t){t=+t;function n(r){return 1-Math.pow(1-r,t)}return n.exponent=e,n})(Gr),E0=(function e(t){t=+t;function n(r){return((r*=2)<=1?Math.pow(r,t):2-Math.pow(2-r,t))/2}return n.exponent=e,n})(Gr),Kf=Math.PI,C0=Kf/2;function Dn(e){return(Math.pow(2,-10*e)-.0009765625)*1.0009775171065494}var rs=4/11,T0=6/11,A0=8/11,L0=3/4,R0=9/11,N0=10/11,O0=15/16,D0=21/22,P0=63/64,G0=1/rs/rs;var zr=1.70158,z0=(function e(t){t=+t;function n(r){return(r=+r)*r*(t*(r-1)+r)}return n.overshoot=e,n})(zr),I0=(function e(t){t=+t;function n(r){return--r*r*((r+1)*t+r)+1}return n.overshoot=e,n})(zr),V0=(function e(t){t=+t;function n(r){return((r*=2)<1?r*r*((t+1)*r-t):(r-=2)*r*((t+1)*r+t)+2)/2}return n.overshoot=e,n})(zr),mt=2*Math.PI,Ir=1,Vr=.3,H0=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=mt);function o(i){return t*Dn(- --i)*Math.sin((r-i)/n)}return o.amplitude=function(i){return e(i,n*mt)},o.period=function(i){return e(t,i)},o})(Ir,Vr),B0=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=mt);function o(i){return 1-t*Dn(i=+i)*Math.sin((i+r)/n)}return o.amplitude=function(i){return e(i,n*mt)},o.period=function(i){return e(t,i)},o})(Ir,Vr),q0=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=mt);function o(i){return((i=i*2-1)<0?t*Dn(-i)*Math.sin((r-i)/n):2-t*Dn(i)*Math.sin((r+i)/n))/2}return o.amplitude=function(i){return e(i,n*mt)},o.period=function(i){return e(t,i)},o})(Ir,Vr);var Zf={time:null,delay:0,duration:250,ease:os};function Qf(e,t){for(var n;!(n=e.__transition)||!(n=n[t]);)if(!(e=e.parentNode))throw new Error(`transition ${t} not found`);return n}function is(e){var t,n;e instanceof ae?(t=e._id,e=e._name):(t=On(),(n=Zf).time=bn(),e=e==null?null:e+"");for(var r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&ze(u,e,t,l,a,n||Qf(u,t));return new ae(r,this._parents,e,t)}Ee.prototype.interrupt=Zi;Ee.prototype.transition=is;var Hr={capture:!0,passive:!1};function Br(e){e.preventDefault(),e.stopImmediatePropagation()}function as(e){var t=e.document.documentElement,n=ie(e).on("dragstart.drag",Br,Hr);"onselectstart"in t?n.on("selectstart.drag",Br,Hr):(t.__noselect=t.style.MozUserSelect,t.style.MozUserSelect="none")}function ss(e,t){var n=e.document.documentElement,r=ie(e).on("dragstart.drag",null);t&&(r.on("click.drag",Br,Hr),setTimeout(function(){r.on("click.drag",null)},0)),"onselectstart"in n?r.on("selectstart.drag",null):(n.style.MozUserSelect=n.__noselect,delete n.__noselect)}function Jf(e,{sourceEvent:t,subject:n,target:r,identifier:o,active:i,x:a,y:s,dx:u,dy:l,dispatch:c}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},subject:{value:n,enumerable:!0,configurable:!0},target:{value:r,enumerable:!0,configurable:!0},identifier:{value:o,enumerable:!0,configurable:!0},active:{value:i,enumerable:!0,configurable:!0},x:{value:a,enumerable:!0,configurable:!0},y:{value:s,enumerable:!0,configurable:!0},dx:{value:u,enumerable:!0,configurable:!0},dy:{value:l,enumerable:!0,configurable:!0},_:{value:c}})}Jf.prototype.on=function(){var e=this._.on.apply(this._,arguments);return e===this._?this:e};var jt=e=>()=>e;function qr(e,{sourceEvent:t,target:n,transform:r,dispatch:o}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},target:{value:n,enumerable:!0,configurable:!0},transform:{value:r,enumerable:!0,configurable:!0},_:{value:o}})}function be(e,t,n){this.k=e,this.x=t,this.y=n}be.prototype={constructor:be,scale:function(e){return e===1?this:new be(this.k*e,this.x,this.y)},translate:function(e,t){return e===0&t===0?this:new be(this.k,this.x+this.k*e,this.y+this.k*t)},apply:function(e){return[e[0]*this.k+this.x,e[1]*this.k+this.y]},applyX:function(e){return e*this.k+this.x},applyY:function(e){return e*this.k+this.y},invert:function(e){return[(e[0]-this.x)/this.k,(e[1]-this.y)/this.k]},invertX:function(e){return(e-this.x)/this.k},invertY:function(e){return(e-this.y)/this.k},rescaleX:function(e){return e.copy().domain(e.range().map(this.invertX,this).map(e.invert,e))},rescaleY:function(e){return e.copy().domain(e.range().map(this.invertY,this).map(e.invert,e))},toString:function(){return"translate("+this.x+","+this.y+") scale("+this.k+")"}};var et=new be(1,0,0);gt.prototype=be.prototype;function gt(e){for(;!e.__zoom;)if(!(e=e.parentNode))return et;return e.__zoom}function Pn(e){e.stopImmediatePropagation()}function yt(e){e.preventDefault(),e.stopImmediatePropagation()}function ed(e){return(!e.ctrlKey||e.type==="wheel")&&!e.button}function td(){var e=this;return e instanceof SVGElement?(e=e.ownerSVGElement||e,e.hasAttribute("viewBox")?(e=e.viewBox.baseVal,[[e.x,e.y],[e.x+e.width,e.y+e.height]]):[[0,0],[e.width.baseVal.value,e.height.baseVal.value]]):[[0,0],[e.clientWidth,e.clientHeight]]}function ls(){return this.__zoom||et}function nd(e){return-e.deltaY*(e.deltaMode===1?.05:e.deltaMode?1:.002)*(e.ctrlKey?10:1)}function rd(){return navigator.maxTouchPoints||"ontouchstart"in this}function od(e,t,n){var r=e.invertX(t[0][0])-n[0][0],o=e.invertX(t[1][0])-n[1][0],i=e.invertY(t[0][1])-n[0][1],a=e.invertY(t[1][1])-n[1][1];return e.translate(o>r?(r+o)/2:Math.min(0,r)||Math.max(0,o),a>i?(i+a)/2:Math.min(0,i)||Math.max(0,a))}function Fr(){var e=ed,t=td,n=od,r=nd,o=rd,i=[0,1/0],a=[[-1/0,-1/0],[1/0,1/0]],s=250,u=La,l=Nt("start","zoom","end"),c,f,d,g=500,M=150,S=0,k=10;function x(h){h.property("__zoom",ls).on("wheel.zoom",X,{passive:!1}).on("mousedown.zoom",I).on("dblclick.zoom",T).filter(o).on("touchstart.zoom",A).on("touchmove.zoom",E).on("touchend.zoom touchcancel.zoom",_).style("-webkit-tap-highlight-color","rgba(0,0,0,0)")}x.transform=function(h,v,b,C){var R=h.selection?h.selection():h;R.property("__zoom",ls),h!==R?H(h,v,b,C):R.interrupt().each(function(){N(this,arguments).event(C).start().zoom(null,typeof v=="function"?v.apply(this,arguments):v).end()})},x.scaleBy=function(h,v,b,C){x.scaleTo(h,function(){var R=this.__zoom.k,y=typeof v=="function"?v.apply(this,arguments):v;return R*y},b,C)},x.scaleTo=function(h,v,b,C){x.transform(h,function(){var R=t.apply(this,arguments),y=this.__zoom,p=b==null?G(R):typeof b=="function"?b.apply(this,arguments):b,$=y.invert(p),L=typeof v=="function"?v.apply(this,arguments):v;return n(P(O(y,L),p,$),R,a)},b,C)},x.translateBy=function(h,v,b,C){x.transform(h,function(){return n(this.__zoom.translate(typeof v=="function"?v.apply(this,arguments):v,typeof b=="function"?b.apply(this,arguments):b),t.apply(this,arguments),a)},null,C)},x.translateTo=function(h,v,b,C,R){x.transform(h,function(){var y=t.apply(this,arguments),p=this.__zoom,$=C==null?G(y):typeof C=="function"?C.apply(this,arguments):C;return n(et.translate($[0],$[1]).scale(p.k).translate(typeof v=="function"?-v.apply(this,arguments):-v,typeof b=="function"?-b.apply(this,arguments):-b),y,a)},C,R)};function O(h,v){return v=Math.max(i[0],Math.min(i[1],v)),v===h.k?h:new be(v,h.x,h.y)}function P(h,v,b){var C=v[0]-b[0]*h.k,R=v[1]-b[1]*h.k;return C===h.x&&R===h.y?h:new be(h.k,C,R)}function G(h){return[(+h[0][0]+ +h[1][0])/2,(+h[0][1]+ +h[1][1])/2]}function H(h,v,b,C){h.on("start.zoom",function(){N(this,arguments).event(C).start()}).on("interrupt.zoom end.zoom",function(){N(this,arguments).event(C).end()}).tween("zoom",function(){var R=this,y=arguments,p=N(R,y).event(C),$=t.apply(R,y),L=b==null?G($):typeof b=="function"?b.apply(R,y):b,B=Math.max($[1][0]-$[0][0],$[1][1]-$[0][1]),z=R.__zoom,D=typeof v=="function"?v.apply(R,y):v,V=u(z.invert(L).concat(B/z.k),D.invert(L).concat(B/D.k));return function(q){if(q===1)q=D;else{var j=V(q),Y=B/j[2];q=new be(Y,L[0]-j[0]*Y,L[1]-j[1]*Y)}p.zoom(null,q)}})}function N(h,v,b){return!b&&h.__zooming||new F(h,v)}function F(h,v){this.that=h,this.args=v,this.active=0,this.sourceEvent=null,this.extent=t.apply(h,v),this.taps=0}F.prototype={event:function(h){return h&&(this.sourceEvent=h),this},start:function(){return++this.active===1&&(this.that.__zooming=this,this.emit("start")),this},zoom:function(h,v){return this.mouse&&h!=="mouse"&&(this.mouse[1]=v.invert(this.mouse[0])),this.touch0&&h!=="touch"&&(this.touch0[1]=v.invert(this.touch0[0])),this.touch1&&h!=="touch"&&(this.touch1[1]=v.invert(this.touch1[0])),this.that.__zoom=v,this.emit("zoom"),this},end:function(){return--this.active===0&&(delete this.that.__zooming,this.emit("end")),this},emit:function(h){var v=ie(this.that).datum();l.call(h,this.that,new qr(h,{sourceEvent:this.sourceEvent,target:x,type:h,transform:this.that.__zoom,dispatch:l}),v)}};function X(h,...v){if(!e.apply(this,arguments))return;var b=N(this,v).event(h),C=this.__zoom,R=Math.max(i[0],Math.min(i[1],C.k*Math.pow(2,r.apply(this,arguments)))),y=we(h);if(b.wheel)(b.mouse[0][0]!==y[0]||b.mouse[0][1]!==y[1])&&(b.mouse[1]=C.invert(b.mouse[0]=y)),clearTimeout(b.wheel);else{if(C.k===R)return;b.mouse=[y,C.invert(y)],Ue(this),b.start()}yt(h),b.wheel=setTimeout(p,M),b.zoom("mouse",n(P(O(C,R),b.mouse[0],b.mouse[1]),b.extent,a));function p(){b.wheel=null,b.end()}}function I(h,...v){if(d||!e.apply(this,arguments))return;var b=h.currentTarget,C=N(this,v,!0).event(h),R=ie(h.view).on("mousemove.zoom",L,!0).on("mouseup.zoom",B,!0),y=we(h,b),p=h.clientX,$=h.clientY;as(h.view),Pn(h),C.mouse=[y,this.__zoom.invert(y)],Ue(this),C.start();function L(z){if(yt(z),!C.moved){var D=z.clientX-p,V=z.clientY-$;C.moved=D*D+V*V>S}C.event(z).zoom("mouse",n(P(C.that.__zoom,C.mouse[0]=we(z,b),C.mouse[1]),C.extent,a))}function B(z){R.on("mousemove.zoom mouseup.zoom",null),ss(z.view,C.moved),yt(z),C.event(z).end()}}function T(h,...v){if(e.apply(this,arguments)){var b=this.__zoom,C=we(h.changedTouches?h.changedTouches[0]:h,this),R=b.invert(C),y=b.k*(h.shiftKey?.5:2),p=n(P(O(b,y),C,R),t.apply(this,v),a);yt(h),s>0?ie(this).transition().duration(s).call(H,p,C,h):ie(this).call(x.transform,p,C,h)}}function A(h,...v){if(e.apply(this,arguments)){var b=h.touches,C=b.length,R=N(this,v,h.changedTouches.length===C).event(h),y,p,$,L;for(Pn(h),p=0;p<C;++p)$=b[p],L=we($,this),L=[L,this.__zoom.invert(L),$.identifier],R.touch0?!R.touch1&&R.touch0[2]!==L[2]&&(R.touch1=L,R.taps=0):(R.touch0=L,y=!0,R.taps=1+!!c);c&&(c=clearTimeout(c)),y&&(R.taps<2&&(f=L[0],c=setTimeout(function(){c=null},g)),Ue(this),R.start())}}function E(h,...v){if(this.__zooming){var b=N(this,v).event(h),C=h.changedTouches,R=C.length,y,p,$,L;for(yt(h),y=0;y<R;++y)p=C[y],$=we(p,this),b.touch0&&b.touch0[2]===p.identifier?b.touch0[0]=$:b.touch1&&b.touch1[2]===p.identifier&&(b.touch1[0]=$);if(p=b.that.__zoom,b.touch1){var B=b.touch0[0],z=b.touch0[1],D=b.touch1[0],V=b.touch1[1],q=(q=D[0]-B[0])*q+(q=D[1]-B[1])*q,j=(j=V[0]-z[0])*j+(j=V[1]-z[1])*j;p=O(p,Math.sqrt(q/j)),$=[(B[0]+D[0])/2,(B[1]+D[1])/2],L=[(z[0]+V[0])/2,(z[1]+V[1])/2]}else if(b.touch0)$=b.touch0[0],L=b.touch0[1];else return;b.zoom("touch",n(P(p,$,L),b.extent,a))}}function _(h,...v){if(this.__zooming){var b=N(this,v).event(h),C=h.changedTouches,R=C.length,y,p;for(Pn(h),d&&clearTimeout(d),d=setTimeout(function(){d=null},g),y=0;y<R;++y)p=C[y],b.touch0&&b.touch0[2]===p.identifier?delete b.touch0:b.touch1&&b.touch1[2]===p.identifier&&delete b.touch1;if(b.touch1&&!b.touch0&&(b.touch0=b.touch1,delete b.touch1),b.touch0)b.touch0[1]=this.__zoom.invert(b.touch0[0]);else if(b.end(),b.taps===2&&(p=we(p,this),Math.hypot(f[0]-p[0],f[1]-p[1])<k)){var $=ie(this).on("dblclick.zoom");$&&$.apply(this,arguments)}}}return x.wheelDelta=function(h){return arguments.length?(r=typeof h=="function"?h:jt(+h),x):r},x.filter=function(h){return arguments.length?(e=typeof h=="function"?h:jt(!!h),x):e},x.touchable=function(h){return arguments.length?(o=typeof h=="function"?h:jt(!!h),x):o},x.extent=function(h){return arguments.length?(t=typeof h=="function"?h:jt([[+h[0][0],+h[0][1]],[+h[1][0],+h[1][1]]]),x):t},x.scaleExtent=function(h){return arguments.length?(i[0]=+h[0],i[1]=+h[1],x):[i[0],i[1]]},x.translateExtent=function(h){return arguments.length?(a[0][0]=+h[0][0],a[1][0]=+h[1][0],a[0][1]=+h[0][1],a[1][1]=+h[1][1],x):[[a[0][0],a[0][1]],[a[1][0],a[1][1]]]},x.constrain=function(h){return arguments.length?(n=h,x):n},x.duration=function(h){return arguments.length?(s=+h,x):s},x.interpolate=function(h){return arguments.length?(u=h,x):u},x.on=function(){var h=l.on.apply(l,arguments);return h===l?x:h},x.clickDistance=function(h){return arguments.length?(S=(h=+h)*h,x):Math.sqrt(S)},x.tapDistance=function(h){return arguments.length?(k=+h,x):k},x}var id=10,us=new WeakMap;function zn(e,t){let n=us.get(e)??new Map;us.set(e,n);let r=n.get(t);return r===void 0&&n.set(t,r=ud(e,t)),r}function Gn(e,t){let n=ad(t),r=e.map(a=>[...a]),o=r,i=fs(r,t);for(let a=0;a<id&&i>0;a++){r=sd(r,n,a%2===0);let s=fs(r,t);s<i&&([o,i]=[r,s])}return o}function ad(e){let t=new Map;for(let[n,r,o]of e)t.set(n,[...t.get(n)??[],[r,o]]),t.set(r,[...t.get(r)??[],[n,o]]);return t}function sd(e,t,n){let r=n?[...e]:[...e].reverse();for(let o=1;o<r.length;o++){let i=cs(r[o-1]),a=cs(r[o]),s=new Map(r[o].map(u=>[u,ld(u,i,t)??a.get(u)]));r[o]=[...r[o]].sort((u,l)=>s.get(u)-s.get(l))}return n?r:r.reverse()}function ld(e,t,n){let r=0,o=0;for(let[i,a]of n.get(e)??[]){let s=t.get(i);s!==void 0&&(r+=a,o+=a*s)}return r>0?o/r:null}function cs(e){return new Map(e.map((t,n)=>[t,(n+.5)/e.length]))}function fs(e,t){let n=new Map(e.flatMap(a=>a.map((s,u)=>[s,u]))),r=new Map(e.flatMap((a,s)=>a.map(u=>[u,s]))),o=new Map;for(let[a,s,u]of t){let[l,c]=[n.get(a),n.get(s)],f=r.get(a);l===void 0||c===void 0||f===void 0||o.set(f,[...o.get(f)??[],[l,c,u]])}let i=0;for(let a of o.values())a.forEach(([s,u,l],c)=>{for(let f=c+1;f<a.length;f++){let[d,g,M]=a[f];(s-d)*(u-g)<0&&(i+=l*M)}});return i}function ud(e,t){let n=e.snapshots.flatMap(k=>he(k,t)??[]),r=e.layers,o=cd(n,r),i=ds(n,k=>k),a=Gn(o.map(k=>k.map(x=>x.key)),i),s=new Map,u=o.map((k,x)=>fd(k,a[x],r[x],s)),l=n.map(k=>pd(k,r,u,s)),c=new Map(n.map((k,x)=>[k.snapshot,l[x]])),f=ds(n,(k,x)=>c.get(x.snapshot).get(k)),d=new Map;for(let k of l.flatMap(x=>[...x.values()]))d.set(k,(d.get(k)??0)+1);let g=Gn(u,f).map(k=>dd(k,d)),M=new Map(g.flatMap(k=>k.map((x,O)=>[x,O]))),S=new Map([...c].map(([k,x])=>[k,new Map([...x].map(([O,P])=>[O,M.get(P)]))]));return{layers:r,counts:new Map(r.map((k,x)=>[k,g[x].length])),at:k=>S.get(k)??new Map}}function cd(e,t){let n=new Map,r=new Map(t.map(o=>[o,[]]));return e.forEach((o,i)=>{for(let{key:a,group:s}of o.nodes){if(s.lineage===null)continue;let u=n.get(a);if(u!==void 0){u.last=i;continue}let l={key:a,first:i,last:i};n.set(a,l),r.get(s.layer)?.push(l)}}),t.map(o=>r.get(o))}function ds(e,t){let n=new Map;for(let r of e)for(let o of r.links){let[i,a]=[t(o.source,r),t(o.target,r)],s=n.get(i)??new Map;n.set(i,s),s.set(a,(s.get(a)??0)+Math.abs(o.share))}return[...n].flatMap(([r,o])=>[...o].map(([i,a])=>[r,i,a]))}function fd(e,t,n,r){let o=new Map(t.map((a,s)=>[a,s])),i=[];for(let a of e){let s=o.get(a.key),u=f=>Math.abs(jr(f.ranks)-s),c=i.filter(f=>f.until<a.first).sort((f,d)=>u(f)-u(d))[0];c===void 0&&(c={name:`${n} ${i.length}`,until:-1,ranks:[]},i.push(c)),c.until=a.last,c.ranks.push(s),r.set(a.key,c.name)}return i.sort((a,s)=>jr(a.ranks)-jr(s.ranks)).map(a=>a.name)}function dd(e,t){let n=Math.max(...e.map(a=>t.get(a)??0)),r=e.filter(a=>2*(t.get(a)??0)<=n),o=Math.floor(r.length/2),i=e.filter(a=>!r.includes(a));return[...r.slice(0,o),...i,...r.slice(o)]}function jr(e){return e.reduce((t,n)=>t+n,0)/e.length}function pd(e,t,n,r){let o=new Map,i=new Set;for(let{key:a,group:s}of e.nodes){let u=s.lineage===null?void 0:r.get(a);u!==void 0&&(o.set(a,u),i.add(u))}for(let{key:a,group:s}of e.nodes){if(o.has(a))continue;let u=n[t.indexOf(s.layer)];if(u===void 0)continue;let l=u.find(c=>!i.has(c));l===void 0&&u.push(l=`${s.layer} ${u.length}`),o.set(a,l),i.add(l)}return o}var Xr=12,[ps,hd]=[76,260];function hs(e,t){let n=Math.max(1,e.layers.length);return n*t.width+(n-1)*ps}function Wr(e,t,n){let r=e.layers.map(l=>e.counts.get(l)??0),o=Math.max(1,r.length),i=t.height+Xr,a=Math.max(1,...r)*i-Xr,s=a*n.width/Math.max(1,n.height)-o*t.width,u=Math.min(hd,Math.max(ps,s/Math.max(1,o-1)));return{width:o*t.width+(o-1)*u,height:a,card:t,pitch:{width:t.width+u,height:i},counts:r}}function Yr(e,t){return Math.max(1,e.counts[t]??1)*e.pitch.height-Xr}function Ur(e,t,n){return{x:t*e.pitch.width,y:(e.height-Yr(e,t))/2+n*e.pitch.height}}function gs(e,t){let n=ms(e,t,"source","target"),r=ms(e,t,"target","source"),o=new Set([...n,...r]);return{keys:new Set([t,...[...o].flatMap(i=>[i.source,i.target])]),links:o}}function ms(e,t,n,r){let o=new Map;for(let s of e)s.share!==0&&o.set(s[n],[...o.get(s[n])??[],s]);let i=new Map,a=s=>{let u=i.get(s);if(u!==void 0)return u;let l={strength:1,links:[]},c=-1;for(let f of o.get(s)??[]){let d=a(f[r]),g=Math.abs(f.share)*d.strength;g>c&&(c=g,l={strength:g,links:[f,...d.links]})}return i.set(s,l),l};return a(t).links}function Z(e){return function(){return e}}var Xt=Math.PI,Kr=2*Xt,tt=1e-6,md=Kr-tt;function ys(e){this._+=e[0];for(let t=1,n=e.length;t<n;++t)this._+=arguments[t]+e[t]}function gd(e){let t=Math.floor(e);if(!(t>=0))throw new Error(`invalid digits: ${e}`);if(t>15)return ys;let n=10**t;return function(r){this._+=r[0];for(let o=1,i=r.length;o<i;++o)this._+=Math.round(arguments[o]*n)/n+r[o]}}function bs(e,t,n,r){return e===n&&t===r}function yd(e){let t=Math.floor(e);if(!(t<=15))return bs;let n=10**t,r=function(o){return Math.round(o*n)};return function(o,i,a,s){return r(o)===r(a)&&r(i)===r(s)}}var bt=class{constructor(t){this._x0=this._y0=this._x1=this._y1=null,this._="",this._append=t==null?ys:gd(t),this._equal=t==null?bs:yd(t)}moveTo(t,n){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}`}closePath(){this._x1!==null&&(this._x1=this._x0,this._y1=this._y0,this._append`Z`)}lineTo(t,n){this._append`L${this._x1=+t},${this._y1=+n}`}quadraticCurveTo(t,n,r,o){this._append`Q${+t},${+n},${this._x1=+r},${this._y1=+o}`}bezierCurveTo(t,n,r,o,i,a){this._append`C${+t},${+n},${+r},${+o},${this._x1=+i},${this._y1=+a}`}arcTo(t,n,r,o,i){if(t=+t,n=+n,r=+r,o=+o,i=+i,i<0)throw new Error(`negative radius: ${i}`);let a=this._x1,s=this._y1,u=r-t,l=o-n,c=a-t,f=s-n,d=c*c+f*f;if(this._x1===null)this._append`M${this._x1=t},${this._y1=n}`;else if(d>tt)if(!(Math.abs(f*u-l*c)>tt)||!i)this._append`L${this._x1=t},${this._y1=n}`;else{let g=r-a,M=o-s,S=u*u+l*l,k=g*g+M*M,x=Math.sqrt(S),O=Math.sqrt(d),P=i*Math.tan((Xt-Math.acos((S+d-k)/(2*x*O)))/2),G=P/O,H=P/x;Math.abs(G-1)>tt&&this._append`L${t+G*c},${n+G*f}`,this._append`A${i},${i},0,0,${+(f*g>c*M)},${this._x1=t+H*u},${this._y1=n+H*l}`}}arc(t,n,r,o,i,a){if(t=+t,n=+n,r=+r,a=!!a,r<0)throw new Error(`negative radius: ${r}`);let s=r*Math.cos(o),u=r*Math.sin(o),l=t+s,c=n+u,f=1^a,d=a?o-i:i-o;if(this._x1===null?this._append`M${l},${c}`:(Math.abs(this._x1-l)>tt||Math.abs(this._y1-c)>tt)&&this._append`L${l},${c}`,!!r){if(d<0&&(d=d%Kr+Kr),d>md)this._append`A${r},${r},0,1,${f},${t-s},${n-u}A${r},${r},0,1,${f},${this._x1=l},${this._y1=c}`;else if(d>tt){let g=t+r*Math.cos(i),M=n+r*Math.sin(i);if(d>=Xt&&this._equal(l,c,g,M)){d/=2;let S=o+d;this._append`A${r},${r},0,${+(d>=Xt)},${f},${t+r*Math.cos(S)},${n+r*Math.sin(S)}`}this._append`A${r},${r},0,${+(d>=Xt)},${f},${this._x1=g},${this._y1=M}`}}}rect(t,n,r,o){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}h${r=+r}v${+o}h${-r}Z`}toString(){return this._}};function bd(){return new bt}bd.prototype=bt.prototype;function xt(e){let t=3;return e.digits=function(n){if(!arguments.length)return t;if(n==null)t=null;else{let r=Math.floor(n);if(!(r>=0))throw new RangeError(`invalid digits: ${n}`);t=r}return e},()=>new bt(t)}var xs=Array.prototype.slice;function In(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function vs(e){this._context=e}vs.prototype={areaStart:function(){this._line=0},areaEnd:function(){this._line=NaN},lineStart:function(){this._point=0},lineEnd:function(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line},point:function(e,t){switch(e=+e,t=+t,this._point){case 0:this._point=1,this._line?this._context.lineTo(e,t):this._context.moveTo(e,t);break;case 1:this._point=2;default:this._context.lineTo(e,t);break}}};function Vn(e){return new vs(e)}function vt(e){return e[0]}function wt(e){return e[1]}function kt(e,t){var n=Z(!0),r=null,o=Vn,i=null,a=xt(s);e=typeof e=="function"?e:e===void 0?vt:Z(e),t=typeof t=="function"?t:t===void 0?wt:Z(t);function s(u){var l,c=(u=In(u)).length,f,d=!1,g;for(r==null&&(i=o(g=a())),l=0;l<=c;++l)!(l<c&&n(f=u[l],l,u))===d&&((d=!d)?i.lineStart():i.lineEnd()),d&&i.point(+e(f,l,u),+t(f,l,u));if(g)return i=null,g+""||null}return s.x=function(u){return arguments.length?(e=typeof u=="function"?u:Z(+u),s):e},s.y=function(u){return arguments.length?(t=typeof u=="function"?u:Z(+u),s):t},s.defined=function(u){return arguments.length?(n=typeof u=="function"?u:Z(!!u),s):n},s.curve=function(u){return arguments.length?(o=u,r!=null&&(i=o(r)),s):o},s.context=function(u){return arguments.length?(u==null?r=i=null:i=o(r=u),s):r},s}function Zr(e,t,n){var r=null,o=Z(!0),i=null,a=Vn,s=null,u=xt(l);e=typeof e=="function"?e:e===void 0?vt:Z(+e),t=typeof t=="function"?t:t===void 0?Z(0):Z(+t),n=typeof n=="function"?n:n===void 0?wt:Z(+n);function l(f){var d,g,M,S=(f=In(f)).length,k,x=!1,O,P=new Array(S),G=new Array(S);for(i==null&&(s=a(O=u())),d=0;d<=S;++d){if(!(d<S&&o(k=f[d],d,f))===x)if(x=!x)g=d,s.areaStart(),s.lineStart();else{for(s.lineEnd(),s.lineStart(),M=d-1;M>=g;--M)s.point(P[M],G[M]);s.lineEnd(),s.areaEnd()}x&&(P[d]=+e(k,d,f),G[d]=+t(k,d,f),s.point(r?+r(k,d,f):P[d],n?+n(k,d,f):G[d]))}if(O)return s=null,O+""||null}function c(){return kt().defined(o).curve(a).context(i)}return l.x=function(f){return arguments.length?(e=typeof f=="function"?f:Z(+f),r=null,l):e},l.x0=function(f){return arguments.length?(e=typeof f=="function"?f:Z(+f),l):e},l.x1=function(f){return arguments.length?(r=f==null?null:typeof f=="function"?f:Z(+f),l):r},l.y=function(f){return arguments.length?(t=typeof f=="function"?f:Z(+f),n=null,l):t},l.y0=function(f){return arguments.length?(t=typeof f=="function"?f:Z(+f),l):t},l.y1=function(f){return arguments.length?(n=f==null?null:typeof f=="function"?f:Z(+f),l):n},l.lineX0=l.lineY0=function(){return c().x(e).y(t)},l.lineY1=function(){return c().x(e).y(n)},l.lineX1=function(){return c().x(r).y(t)},l.defined=function(f){return arguments.length?(o=typeof f=="function"?f:Z(!!f),l):o},l.curve=function(f){return arguments.length?(a=f,i!=null&&(s=a(i)),l):a},l.context=function(f){return arguments.length?(f==null?i=s=null:s=a(i=f),l):i},l}var Qr=class{constructor(t,n){this._context=t,this._x=n}areaStart(){this._line=0}areaEnd(){this._line=NaN}lineStart(){this._point=0}lineEnd(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line}point(t,n){switch(t=+t,n=+n,this._point){case 0:{this._point=1,this._line?this._context.lineTo(t,n):this._context.moveTo(t,n);break}case 1:this._point=2;default:{this._x?this._context.bezierCurveTo(this._x0=(this._x0+t)/2,this._y0,this._x0,n,t,n):this._context.bezierCurveTo(this._x0,this._y0=(this._y0+n)/2,t,this._y0,t,n);break}}this._x0=t,this._y0=n}};function ws(e){return new Qr(e,!0)}function xd(e){return e.source}function vd(e){return e.target}function ks(e){let t=xd,n=vd,r=vt,o=wt,i=null,a=null,s=xt(u);function u(){let l,c=xs.call(arguments),f=t.apply(this,c),d=n.apply(this,c);if(i==null&&(a=e(l=s())),a.lineStart(),c[0]=f,a.point(+r.apply(this,c),+o.apply(this,c)),c[0]=d,a.point(+r.apply(this,c),+o.apply(this,c)),a.lineEnd(),l)return a=null,l+""||null}return u.source=function(l){return arguments.length?(t=l,u):t},u.target=function(l){return arguments.length?(n=l,u):n},u.x=function(l){return arguments.length?(r=typeof l=="function"?l:Z(+l),u):r},u.y=function(l){return arguments.length?(o=typeof l=="function"?l:Z(+l),u):o},u.context=function(l){return arguments.length?(l==null?i=a=null:a=e(i=l),u):i},u}function Jr(){return ks(ws)}var[Ms,wd]=[1.25,9],kd=12;function Md(e){return Ms+(wd-Ms)*e}function Hn(e,t,n,r){let o=e.filter(l=>n.has(l.source)&&n.has(l.target)).sort((l,c)=>Math.abs(l.share)-Math.abs(c.share)),i=new Map(o.map(l=>[l,Md(t>0?Math.abs(l.share)/t:0)])),a=Ss(o,"source","target",n,i,r.height),s=Ss(o,"target","source",n,i,r.height),u=Jr();return o.map(l=>{let c=n.get(l.source),f=n.get(l.target),d=u({source:[Wt(c.x+r.width),Wt(c.y+a.get(l))],target:[Wt(f.x),Wt(f.y+s.get(l))]});return{link:l,path:d,width:Wt(i.get(l))}})}function Ss(e,t,n,r,o,i){let a=new Map;for(let u of e)a.set(u[t],[...a.get(u[t])??[],u]);let s=new Map;for(let u of a.values()){u.sort((d,g)=>r.get(d[n]).y-r.get(g[n]).y);let l=u.reduce((d,g)=>d+o.get(g)+1,-1),c=Math.min(1,(i-2*kd)/l),f=(i-l*c)/2;for(let d of u){let g=o.get(d)*c;s.set(d,f+g/2),f+=g+c}}return s}function Wt(e){return Math.round(e*10)/10}function _s(e,t,n){let r=n.trim().toLowerCase();if(r==="")return null;let o=/^(?:(.+):)?\s*(\d+)$/.exec(r),i=e.targets.find(a=>a.target===t)?.groups??[];return new Set(i.filter(a=>{let s=fe(a).toLowerCase().includes(r);if(o===null)return s;if(s&&a.label!==null)return!0;let[,u,l]=o;return u!==void 0&&!a.layer.toLowerCase().endsWith(u)?!1:(a.members??[]).some(([c])=>c===Number(l))}).map(Oe))}var Le=8,Fn=4,[Sd,_d,$d]=[{columns:2,rows:2,patch:66},{columns:4,rows:1,patch:40},{columns:3,rows:1,patch:40}],$s=.8,Bn=14,qn=62,Es=30,eo=56,Ed=450,Cd={emerge:"new",split:"split",merge:"merged"},Yt=(e,t)=>{let n=m("section",{class:"view circuit","aria-label":"Circuit"}),r=m("p",{class:"empty-note",hidden:!0}),o=ie(n).append("svg").attr("class","chart").attr("data-export","").attr("role","group"),i=o.append("g"),a=i.append("g").attr("class","lanes").attr("aria-hidden","true"),s=i.append("g").attr("class","edges").attr("aria-hidden","true"),u=i.append("g").attr("class","nodes"),l=o.append("g").attr("class","headings"),c=Id(p=>e({threshold:p})),f=m("div",{class:"zoom",role:"group","aria-label":"Zoom"},to("Zoom in",ce.plus,()=>H(1.3)),to("Zoom out",ce.minus,()=>H(1/1.3)),to("Fit the whole circuit",ce.fit,()=>N(!0)));n.append(m("div",{class:"legend"},zd(),c.element),f,r);let d=null,g=null,M=null,S=null,k=!1,x="",O=null,P=Fr().scaleExtent([.2,4]).on("zoom",p=>{p.sourceEvent&&(k=!0),i.attr("transform",p.transform.toString()),T()});o.call(P).on("dblclick.zoom",null),o.on("click",p=>{p.target===o.node()&&e({group:null})}),new ResizeObserver(()=>{O=null,d!==null&&!n.hidden&&F(d)}).observe(n);function G(){if(O!==null)return O;let{clientWidth:p,clientHeight:$}=n;return p===0?{width:960,height:600}:O={width:p,height:$}}function H(p){k=!0,o.transition().duration(en()?0:200).call(P.scaleBy,p)}function N(p){if(g===null)return;let{frame:$}=g,{width:L,height:B}=G(),z={width:L-2*Es,height:B-qn-eo},D=Math.min(1.2,Math.max(.3,Math.min(z.width/$.width,z.height/$.height))),V=et.translate((L-$.width*D)/2,qn+Math.max(0,(z.height-$.height*D)/2)).scale(D);k=!1,p&&!en()&&n.clientWidth>0?o.transition().duration(300).call(P.transform,V):o.call(P.transform,V)}function F(p){d=p;let $=ee(p.run,p.state),L=p.snapshot&&he(p.snapshot,$);if(c.show(p.state.threshold),r.hidden=L!==null,o.classed("absent",L===null),L===null||$===null){g=null,r.textContent=Dd(p,$);return}let{width:B,height:z}=G(),D={width:B-2*Es,height:z-qn-eo},V=zn(p.run,$),q=g;g=Td(L,V,D,p.state.threshold);let j=`Circuit of ${L.target.name} at step ${L.snapshot.step}, ${p.run.name}`;n.setAttribute("aria-label",j),o.attr("aria-label",j);let Y=`${p.run.name}/${$}/${B}×${z}/${g.frame.width}×${g.frame.height}`,U=q===null||q.circuit.target.target!==$;I(g,p,U||en()?0:Ed),Y!==x&&(!k||U)?N(q!==null&&!U):T(),x=Y,X(p),b()}function X({run:p,snapshot:$,state:L}){$===null||L.query.trim()===""||S?.step===$.step&&S.fingerprint===$.graph.fingerprint||(S=null,t.detail(p.name,$.step).then(B=>{d?.snapshot?.step!==B.step||d.run.name!==p.name||(S=B,b())},()=>{}))}function I({placed:p,frame:$,card:L,routes:B,circuit:z},D,V){let q=z.snapshot.graph.layers;a.selectAll("rect").data(zn(D.run,z.target.target).layers).join("rect").attr("x",(j,Y)=>Y*$.pitch.width-Bn).attr("y",(j,Y)=>Ur($,Y,0).y-Bn).attr("width",L.width+2*Bn).attr("height",(j,Y)=>Yr($,Y)+2*Bn).attr("rx",14).classed("last",j=>j===q[q.length-1]),A(B,p,V),E(p,L,D,V),l.selectAll("g").data(zn(D.run,z.target.target).layers).join(j=>{let Y=j.append("g");return Y.append("title"),Y.append("text").attr("class","layer").attr("y",26),Y.append("text").attr("class","statistics").attr("y",44),Y}).each(function(j){ie(this).select("title").text(`${j}: ${Cs(z,j,99).join(" · ")}`)})}function T(){if(g===null)return;let{circuit:p,frame:$,card:L}=g,B=gt(o.node()),{width:z}=G(),D=le(p.snapshot.graph.layers);l.selectAll("g").each(function(V,q){let j=B.applyX(q*$.pitch.width+L.width/2),Y=Math.min($.pitch.width*B.k,2*j,2*(z-j))-14;this.setAttribute("transform",`translate(${j},0)`),ie(this).select(".layer").text(st(D.get(V)??V,Math.floor(Y/8))),ie(this).select(".statistics").text(Nd(Cs(p,V,3),Y/6.1))})}function A(p,$,L){let B=new Map($.map(D=>[D.node.key,D.dom])),z=new Map($.map(D=>[D.node.key,D.title]));s.selectAll("path.edge").data(p,D=>`${B.get(D.link.source)} ${B.get(D.link.target)}`).join(D=>{let V=D.append("path").attr("class",L===0?"edge":"edge entering").attr("d",q=>q.path).attr("stroke-width",q=>q.width);return V.append("title"),V.on("animationend",Ls),V},D=>D,D=>As(D,L)).attr("data-source",D=>D.link.source).attr("data-target",D=>D.link.target).attr("data-weight",D=>D.link.weight).attr("data-sign",D=>D.link.weight<0?"-":"+").each(function(D){this.firstElementChild.textContent=Od(D.link,z)}).call(D=>{if(L===0){D.interrupt().attr("d",V=>V.path).attr("stroke-width",V=>V.width);return}D.filter(function(V){return this.getAttribute("d")!==V.path||this.getAttribute("stroke-width")!==String(V.width)}).transition().duration(L).attr("d",V=>V.path).attr("stroke-width",V=>V.width)})}function E(p,$,L,B){let z=D=>`translate(${D.x},${D.y})`;u.selectAll("g.node").data(p,D=>D.dom).join(D=>{let V=D.append("g").attr("class",B===0?"node":"node entering").attr("role","button").attr("tabindex",0).attr("transform",z).on("pointerenter",(q,j)=>v(j.node.key)).on("pointerleave",()=>v(null)).on("focus",(q,j)=>R(j)).on("blur",()=>v(null)).on("click",(q,j)=>C(j.node.key)).on("keydown",(q,j)=>y(q,j));return V.on("animationend",Ls).each(function(){Gd(this)}),V},D=>D,D=>As(D,B)).each(function(D){_(this,D,$,L)}).call(Pd).call(D=>{if(B===0){D.interrupt().attr("transform",z);return}D.filter(function(V){return this.getAttribute("transform")!==z(V)}).transition().duration(B).attr("transform",z)})}function _(p,$,L,B){let{node:z,title:D}=$,V=Rs(z);p.dataset.group=z.key,p.classList.toggle("unstable",V),p.classList.toggle("target",$.column===B.run.layers.length-1),p.setAttribute("aria-label",Ts($));let q=Kl=>p.querySelector(`:scope > .${Kl}`);q("card").setAttribute("width",String(L.width)),q("card").setAttribute("height",String(L.height)),q("hover").textContent=`${D} · ${Ts($)}`;let j=Math.floor((L.width-2*Le)/7.6)-K(z.group.importance).length,Y=$.badge??(V?"unstable":""),U=D.length+Y.length+2>j?Y&&"•":Y;q("name").replaceChildren(De(D,j-U.length),w("tspan",{class:"badge",dx:6},U)),q("importance").textContent=K(z.group.importance),q("importance").setAttribute("x",String(L.width-Le));let oe=q("bar");q("track").setAttribute("y",String(L.height-8)),oe.setAttribute("y",String(L.height-8));let je=L.width-2*Le;q("track").setAttribute("width",String(je)),oe.setAttribute("width",String(Math.max(2,Math.min(1,z.importance)*je))),h(p,z,L,B)}function h(p,$,L,B){let z=p.querySelector(":scope > .patches"),D=B.snapshot,V=$.group.patches.slice(0,L.columns*L.rows).flatMap(j=>me(t,B.run.name,D,j)??[]),q=p.querySelector(":scope > .members");for(q.textContent=V.length===0?se($.size,"member"):"",V.forEach((j,Y)=>{let U=z.children[Y],oe=U??z.appendChild(de(j));U!==void 0&&dr(U,j);let je=L.patch+Fn;oe.setAttribute("width",String(L.patch)),oe.setAttribute("height",String(L.patch)),oe.setAttribute("x",String(Le+Y%L.columns*je)),oe.setAttribute("y",String(23+Math.floor(Y/L.columns)*je))});z.children.length>V.length;)z.lastElementChild.remove()}function v(p){M!==p&&(M=p,b())}function b(){if(g===null||d===null)return;let{circuit:p,links:$}=g,L=d.state.group,B=M??(L!==null&&p.byKey.has(L)?L:null),z=B===null?null:gs($,B),D=S?.step===p.snapshot.step?S:p.snapshot.graph,V=_s(D,p.target.target,d.state.query);o.classed("tracing",z!==null).classed("searching",V!==null),u.selectAll("g.node").classed("on-path",q=>z?.keys.has(q.node.key)??!1).classed("selected",q=>q.node.key===L).classed("hit",q=>V?.has(q.node.key)??!1).attr("aria-pressed",q=>String(q.node.key===L)),s.selectAll("path.edge").classed("on-path",({link:q})=>z?.links.has(q)??!1).classed("near",({link:q})=>B!==null&&(q.source===B||q.target===B)),n.dataset.hits=V===null?"":String(V.size),n.dispatchEvent(new CustomEvent("hits",{detail:V?.size??null,bubbles:!0}))}function C(p){e({group:d?.state.group===p?null:p})}function R(p){v(p.node.key);let $=gt(o.node()),{width:L,height:B}=G(),[z,D]=$.apply([p.x,p.y]),V=g.card,[q,j]=$.apply([p.x+V.width,p.y+V.height]);(z<0||D<qn||q>L||j>B-eo)&&(k=!0,o.call(P.translateTo,p.x+V.width/2,p.y+V.height/2))}function y(p,$){if(p.key==="Enter"||p.key===" ")C($.node.key);else if(p.key==="Escape")e({group:null});else{let L=g===null?null:Rd(g.placed,$,p.key);if(L===null)return;u.selectAll("g.node").filter(z=>z.dom===L.dom).node()?.focus()}p.preventDefault(),p.stopPropagation()}return{element:n,update:F}};function Td(e,t,n,r){let[o,i]=Ad(e.snapshot.graph.input!==null,t,n),a=t.at(e.snapshot),s=Ld(e),u=t.layers.length-1,l=e.nodes.flatMap(d=>{let g=t.layers.indexOf(d.group.layer),M=a.get(d.key);if(g<0||M===void 0)return[];let S=d.group.lineage===null&&g!==u;return[{node:d,column:g,dom:S?`${d.key}@${e.snapshot.step}`:d.key,title:Ct(e,d),badge:s.get(`${d.group.layer}/${d.group.number}`)??null,...Ur(i,g,M)}]});l.sort((d,g)=>d.column-g.column||d.y-g.y);let c=new Map(l.map(d=>[d.node.key,d])),f=Ro(e,r);return{circuit:e,frame:i,card:o,placed:l,links:f,routes:Hn(f,e.strongest,c,o)}}function Ad(e,t,n){let r=l=>({...l,width:l.columns*(l.patch+Fn)-Fn+2*Le,height:e?23+l.rows*(l.patch+Fn)+11:50}),[o,i]=[r(Sd),r(_d)],a=l=>hs(t,l)*$s<=n.width,s=Wr(t,o,n);if(e&&a(o)&&s.height*$s<=n.height)return[o,s];let u=a(i)?i:r($d);return[u,Wr(t,u,n)]}function Ld(e){return new Map((e.target.drift?.events??[]).flatMap(({event:t,layer:n,after:r})=>r.flatMap(o=>{let i=Cd[t];return i===void 0?[]:[[`${n}/${o}`,i]]})))}function Rs(e){return!Xe(e.group.stability)}function Rd(e,t,n){let r=n==="ArrowLeft"?-1:n==="ArrowRight"?1:0,o=n==="ArrowUp"?-1:n==="ArrowDown"?1:0;if(r===0&&o===0)return null;let i=e.filter(s=>r!==0?Math.sign(s.column-t.column)===r:s.column===t.column&&Math.sign(s.y-t.y)===o),a=s=>Math.abs(s.column-t.column)*1e6+Math.abs(s.y-t.y);return i.sort((s,u)=>a(s)-a(u))[0]??null}function Cs(e,t,n){let r=e.target.statistics[t];if(r===void 0)return[];let o=e.target.left_out[t]??0;return[r.core_neurons===null?null:se(r.core_neurons,"neuron"),r.neuron_groups===null?null:se(r.neuron_groups,"group"),r.semantic_groups===null?null:`${_e(r.semantic_groups)} meanings each`,r.completeness_gap===null?null:`gap ${K(r.completeness_gap)}`,o>0?`${o} left out`:null].filter(a=>a!==null).slice(0,n)}function Nd(e,t){let n="";for(let r of e){let o=n===""?r:`${n} · ${r}`;if(o.length>t)break;n=o}return n}function Ts({node:e,title:t,badge:n}){let{stability:r,layer:o,importance:i}=e.group;return[t,o,se(e.size,"member"),`importance ${K(i)}`,r===null?null:`stability ${K(r)}`,Rs(e)?"unstable":null,n].filter(a=>a!==null).join(", ")}function Od(e,t){let n=o=>t.get(o)??o,r=e.stability===null?"":`, sign kept in ${K(e.stability)} of resamples`;return`${n(e.source)} → ${n(e.target)}: ${Tt(e.weight)}${r}`}function Dd({run:e,snapshot:t},n){if(t===null||n===null)return"This run has no snapshot yet.";let r=e.targets.find(o=>o.target===n)?.name??String(n);return`The snapshot of step ${t.step} holds no circuit of “${r}”. Choose another step or target.`}function As(e,t){if(e.interrupt(),t===0){e.remove();return}e.attr("class","leaving").attr("tabindex",null).attr("role",null).attr("aria-hidden","true").transition().duration(t/2).remove()}function Ls(){this.classList.remove("entering")}function Pd(e){let t=document.activeElement;e.order(),t instanceof SVGElement&&t!==document.activeElement&&t.isConnected&&t.focus({preventScroll:!0})}function Gd(e){e.append(w("title",{class:"hover"}),w("rect",{class:"card",rx:9}),w("text",{class:"name",x:Le,y:16}),w("text",{class:"importance",y:16}),w("text",{class:"members",x:Le,y:36}),w("g",{class:"patches"}),w("rect",{class:"track",x:Le,height:3,rx:1.5}),w("rect",{class:"bar",x:Le,height:3,rx:1.5}))}function zd(){let e=(t,n)=>m("span",{class:"key"},w("svg",{width:26,height:8,"aria-hidden":"true"},w("path",{class:"edge on-path","data-sign":t,d:"M1 4H25","stroke-width":3})),n);return m("div",{class:"keys"},e("+","raises"),e("-","lowers"))}function Id(e){let t=m("input",{type:"range",min:0,max:1,step:.01,"aria-label":"Hide edges weaker than this share of the strongest into the same group",title:"Of the edges into each group",class:"threshold"}),n=m("output",{class:"number"});return t.addEventListener("input",()=>e(Number(t.value))),{element:m("label",{class:"labelled"},m("span",{},"Edges from"),t,n),show(r){t.value=String(r);let o=r===0?"all":`${Math.round(100*r)} %`;n.replaceChildren(o,m("span",{class:"roomy"},r===0?"":" of the strongest")),t.setAttribute("aria-valuetext",o)}}}function to(e,t,n){let r=m("button",{class:"button icon",type:"button","aria-label":e,title:e},ve(t));return r.addEventListener("click",n),r}var ro=["gained","lost","stronger","weaker","turned","same","unstable"],Vd=.3,Hd=.1;function Ns(e){let t=new Map;for(let[n,,r]of e)t.set(n,(t.get(n)??0)+r);return t}function Bd(e,t){let[n,r]=[Ns(e),Ns(t)],[o,i]=[0,0];for(let a of new Set([...n.keys(),...r.keys()])){let[s,u]=[n.get(a)??0,r.get(a)??0];o+=Math.min(s,u),i+=Math.max(s,u)}return i>0?o/i:0}function qd(e,t,n,r){let o=new Map,i=t.findIndex(u=>u.layer===n);e.forEach((u,l)=>{u.layer===n&&i>=0&&o.set(l,i)}),r&&e.forEach((u,l)=>{let c=d=>d.layer===u.layer&&d.lineage===u.lineage,f=u.lineage===null?-1:t.findIndex(c);f>=0&&!o.has(l)&&o.set(l,f)});let a=new Set(o.values()),s=e.flatMap((u,l)=>t.map((c,f)=>({position:l,there:f,alike:u.layer===c.layer?Bd(u.members,c.members):0})));s.sort((u,l)=>l.alike-u.alike||u.position-l.position||u.there-l.there);for(let{position:u,there:l,alike:c}of s){let f=r&&e[u].lineage!==null&&t[l].lineage!==null;c<Vd||f||o.has(u)||a.has(l)||(o.set(u,l),a.add(l))}return o}function Os(e,t){if(e*t<0)return"turned";let[n,r]=[Math.abs(e),Math.abs(t)];return Math.abs(r-n)<=Hd*Math.max(r,n)?"same":r>n?"stronger":"weaker"}var Ds=(e,t)=>e&&t?null:t?"gained":"lost";function Ps(e,t,n,r){let o=e[e.length-1]??"",i=qd(t.groups,n.groups,o,r),a=[],s=[new Map,new Map],u=(l,c)=>{let[f,d]=[l===null?null:t.groups[l],c===null?null:n.groups[c]],g=[f?.importance??0,d?.importance??0],M=(f??d).layer,k=M===o||(f?.stable??!0)&&(d?.stable??!0)?Ds(f!==null,d!==null)??Os(...g):"unstable";a.push({layer:M,before:l,after:c,importance:g,change:k})};for(let l=0;l<t.groups.length;l+=1){let c=i.get(l)??null,f=c===null?void 0:s[1].get(c);f===void 0&&u(l,c);let d=f??a.length-1;s[0].set(l,d),c!==null&&s[1].set(c,d)}return n.groups.forEach((l,c)=>{if(s[1].has(c))return;let f=a.findIndex(g=>g.layer===o),d=l.layer===o&&f>=0;d||u(null,c),s[1].set(c,d?f:a.length-1)}),{layers:e,nodes:a,edges:Fd([t,n],s,a)}}function Fd(e,t,n){let r=new Map;for(let o of[0,1])for(let[i,a,s,u]of e[o].edges){let l=[t[o].get(i),t[o].get(a)],c=l.join(" "),f=l.every(g=>n[g].change!=="unstable"),d=r.get(c)??{ends:l,weight:[0,0],there:[!1,!1],stable:f};d.stable&&=u,d.weight[o]+=s,d.there[o]=!0,r.set(c,d)}return[...r.values()].map(({ends:o,weight:i,there:a,stable:s})=>({source:o[0],target:o[1],weight:i,change:s?Ds(...a)??Os(...i):"unstable"}))}var no=e=>Math.max(...e.weight.map(Math.abs));function Gs(e,t){let n=Math.max(0,...e.map(no));return e.filter(r=>no(r)>=t*n)}function oo(e){let t=Object.fromEntries(ro.map(n=>[n,0]));for(let{change:n}of e)t[n]+=1;return t}function zs({layers:e,nodes:t,edges:n}){let r=e.map(a=>t.flatMap((s,u)=>s.layer===a?[String(u)]:[])),o=n.map(a=>[String(a.source),String(a.target),no(a)]),i=[];return Gn(r,o).forEach((a,s)=>a.forEach((u,l)=>i[Number(u)]={column:s,row:l,of:a.length})),i}function nt({graph:e,step:t}){return e.name??`step ${t}`}var Is=" ⇒ ",Vs=" → ";function Hs({kind:e,name:t,before:n,after:r},o){if(e==="image")return t;let i=[e==="edge"||n!==null,e==="edge"||r!==null];return t.split(Vs).map(a=>{let s=a.split(Is),u=[s[0],s[s.length-1]],l=o.flatMap(({groups:c},f)=>{let d=c.find(g=>`${g.layer}/${g.number}`===u[f]);return i[f]&&d!==void 0?[`${fe(d)} of ${d.layer}`]:[]});return l.length>0?[...new Set(l)].join(Is):a}).join(Vs)}var jd=e=>Math.round(e*100)/100;function W(e,t){for(let[n,r]of Object.entries(t))r===null?e.removeAttribute(n):e.setAttribute(n,typeof r=="number"?String(jd(r)):r)}function Re(e,t,n,r,o){let i=new Map([...e.children].map(a=>[a.getAttribute("data-key"),a]));t.forEach((a,s)=>{let u=n(a),l=i.get(u)??r(a);i.delete(u),l.setAttribute("data-key",u),o(l,a);let c=e.children[s]??null;c!==l&&e.insertBefore(l,c)});for(let a of i.values())a.remove()}function Mt(e,t){let n="";new ResizeObserver(()=>{let r=getComputedStyle(e),o=(u,l,c)=>Math.floor(u-parseFloat(l)-parseFloat(c)),i=o(e.clientWidth,r.paddingLeft,r.paddingRight),a=o(e.clientHeight,r.paddingTop,r.paddingBottom),s=`${i} ${a}`;i<=0||s===n||(n=s,t(i,a))}).observe(e)}var Bs=(e,t,n)=>{let r=e.indexOf(t);if(n==="ArrowDown"||n==="ArrowRight")return e[r+1];if(n==="ArrowUp"||n==="ArrowLeft")return e[r-1]},Ve=(e,t,n)=>{let r={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]}[n];if(!r)return;let o=f=>{let d=f.getBoundingClientRect();return[d.left+d.width/2,d.top+d.height/2]},[i,a]=o(t),[s,u]=r,[l,c]=[void 0,1/0];for(let f of e){let[d,g]=o(f),M=(d-i)*s+(g-a)*u,S=Math.abs((d-i)*u)+Math.abs((g-a)*s),k=M+4*S;M<=.5||s!==0&&S>M+24||k>=c||([l,c]=[f,k])}return l};function Ne(e,t,n,r){let o=()=>[...e.querySelectorAll(t)],i=s=>{for(let u of o())u.setAttribute("tabindex",u===s?"0":"-1")},a=s=>s.target.closest(t);return e.setAttribute("tabindex","-1"),e.addEventListener("click",s=>{let u=a(s);u&&r(u)}),e.addEventListener("focusin",s=>{let u=a(s);u&&i(u)}),e.addEventListener("keydown",s=>{let[u,{key:l}]=[a(s),s];if(!u)return;let c=o(),d={Home:c[0],End:c[c.length-1]}[l]??n(c,u,l);if(l==="Enter"||l===" ")r(u);else if(d)d.focus();else if(!l.startsWith("Arrow"))return;s.preventDefault(),s.stopPropagation()}),()=>{let s=o(),u=l=>l===document.activeElement||l.getAttribute("aria-pressed")==="true"||l.hasAttribute("aria-current");i(s.find(l=>l===document.activeElement)??s.find(u)??s[0])}}function He(e,t,n){let r=JSON.stringify(t);e.dataset.choices!==r&&(e.dataset.choices=r,e.replaceChildren(...t.map(([o,i])=>m("option",{value:o},i)))),e.value=n}function Be(e){let t=m("select",{class:"select","aria-label":e});return[m("label",{class:"labelled"},m("span",{},e),t),t]}var ge={width:168,height:56},jn=38,qs=ge.height+12,Fs=40,Ut={least:138,most:178,height:38},Xd=44,rt=14,Xn={gained:"gained",lost:"lost",stronger:"strengthened",weaker:"weakened",turned:"turned",same:"unchanged",unstable:"unstable"},Wd="unstable: other probe images of the class might not show it, so it is not counted as a change",Yd={gained:"M-3.6,0H3.6M0,-3.6V3.6",lost:"M-3.6,0H3.6",stronger:"M-3.2,1.8L0,-2L3.2,1.8",weaker:"M-3.2,-1.8L0,2L3.2,-1.8",turned:"M-3,-1.5H3L1,-3.6M3,1.5H-3L-1,3.6",same:"M-2.6,-1.5H2.6M-2.6,1.5H2.6",unstable:"M-3.4,1C-1.7,-3 0,3 3.4,-1"};function js(e,t){let n=new Set,r=w("g",{class:"headings"}),o=w("g",{class:"edges",role:"group","aria-label":"Edges"}),i=w("g",{class:"nodes",role:"group","aria-label":"Neuron groups"}),a=w("g",{class:"changes",role:"group","aria-label":"Changes; choose one to hide or show it"}),s=w("svg",{class:"difference-chart",role:"group","data-export":!0},a,r,o,i),u=m("div",{class:"difference"},s),l=null,c=null,f=Ne(i,".node",Ve,k=>{let x=k.getAttribute("data-group");x!==null&&e(x===l?.selected?null:x)}),d=Ne(a,".change",Ve,k=>{let x=k.getAttribute("data-change");n.delete(x)||n.add(x),l&&M(l)}),g=k=>{let x=k.target.closest(".node");return x?Number(x.getAttribute("data-place")):null};for(let[k,x]of[["pointerover",!1],["focusin",!1],["pointerleave",!0],["focusout",!0]])i.addEventListener(k,O=>{c=x?null:g(O),S()});function M(k){l=k;let{difference:x,width:O,threshold:P}=l,G=Gs(x.edges,P),H=zs({...x,edges:G}),N=x.layers.length,F=Math.max(Xd,(O-2*rt-N*ge.width)/Math.max(1,N-1)),X=Math.max(1,...H.map(({of:v})=>v)),I=Jd(x.nodes,G,O),T=I.rows*Ut.height+4+Fs,A=T+X*qs+rt,E=H.map(({column:v,row:b,of:C})=>({x:rt+v*(ge.width+F),y:T+(b+(X-C)/2)*qs})),_=2*rt+N*ge.width+(N-1)*F;W(s,{viewBox:`0 0 ${_} ${A}`,width:_,height:A,"aria-label":Ud(l)});let h=le(x.layers);r.replaceChildren(...x.layers.map((v,b)=>w("text",{x:rt+b*(ge.width+F)+ge.width/2,y:T-Fs+22,"text-anchor":"middle"},w("title",{},v),st(h.get(v)??v,22)))),Zd(o,l,G,E,n),i.replaceChildren(...x.nodes.flatMap((v,b)=>n.has(v.change)?[]:[Qd(v,b,E[b],l,t)])),ep(a,I,n),f(),d(),S()}function S(){if(!l)return;let k=l.selected===null?-1:l.keys.indexOf(l.selected),x=c??(k>=0?k:null);s.classList.toggle("pointing",x!==null);let O=new Set([String(x)]);for(let P of o.children){let G=[P.getAttribute("data-source"),P.getAttribute("data-target")],H=G.includes(String(x));if(P.classList.toggle("near",H),H)for(let N of G)O.add(N)}for(let P of i.children){P.classList.toggle("near",O.has(P.getAttribute("data-place")));let G=P.getAttribute("data-group");W(P,{"aria-pressed":String(G!==null&&G===l.selected)})}}return{element:u,draw:M}}function Ud({sides:[e,t]}){let n=r=>`${r.run}, ${nt({graph:r.graph,step:r.graph.step})}`;return`What changed in the circuit of ${t.target.name} from ${n(e)} to ${n(t)}`}function Kd({weight:[e,t],change:n}){return n==="same"?0:Math.abs(n==="turned"?t-e:Math.abs(t)-Math.abs(e))}function Zd(e,{difference:t},n,r,o){let i=f=>o.has(t.nodes[f].change),a=n.filter(f=>!o.has(f.change)&&!i(f.source)&&!i(f.target)),s=new Map,u=a.map(f=>{let[d,g]=[String(f.source),String(f.target)],M={source:d,target:g,weight:f.weight[1],share:Kd(f),stability:null};return s.set(M,f),M}),l=Math.max(0,...u.map(f=>f.share)),c=new Map(r.map((f,d)=>[String(d),f]));e.replaceChildren(...Hn(u,l,c,ge).map(({link:f,path:d,width:g})=>{let M=s.get(f);return w("path",{class:`edge ${M.change}`,d,"stroke-width":g,"data-source":f.source,"data-target":f.target,"data-change":M.change},w("title",{},`${Xn[M.change]}: ${_e(M.weight[0])} → ${_e(M.weight[1])}`))}))}function Qd(e,t,{x:n,y:r},o,i){let a=P=>{let G=P===0?e.before:e.after;return G===null?null:o.sides[P].target.groups[G]},[s,u]=[a(0),a(1)],l=u??s,f=e.layer===o.difference.layers[o.difference.layers.length-1]&&l.label===null?o.sides[1].target.name:fe(l),d=[0,1].flatMap(P=>{let{run:G,graph:H}=o.sides[P];return(a(P)?.patches.slice(0,s&&u?1:2)??[]).flatMap(F=>me(i,G,H,F)??[])}),[g,M]=[K(s?.importance),K(u?.importance)],S=s&&u&&g!==M?`${g} → ${M}`:K(l.importance),k=`${f}, ${e.layer}: ${Xn[e.change]}, importance ${S}`,x=o.keys[t]??null,O=d.length?9+d.length*(jn+3)+5:12;return w("g",{class:`node ${e.change}`,transform:`translate(${n},${r})`,role:"button","aria-label":k,"aria-disabled":x===null?"true":null,"data-group":x,"data-place":t,"data-change":e.change},w("title",{},k),w("rect",{class:"card",width:ge.width,height:ge.height,rx:9}),...d.map((P,G)=>{let H=de(P,jn);return W(H,{x:9+G*(jn+3),y:(ge.height-jn)/2}),H}),w("text",{class:"name",x:O,y:24},De(f,Math.floor((ge.width-O-6)/7))),w("text",{class:"importance",x:O,y:41},S.replace(" % →"," →")),Xs(e.change,ge.width-2,2))}function Xs(e,t,n){return w("g",{class:`sign ${e}`,transform:`translate(${t},${n})`},w("circle",{r:7.5}),w("path",{d:Yd[e]}))}function Jd(e,t,n){let[r,o]=[oo(e),oo(t)],i=ro.filter(l=>r[l]+o[l]>0).map(l=>({change:l,counts:`${se(r[l],"group")}, ${se(o[l],"edge")}`})),a=n-2*rt,s=Math.max(1,Math.min(i.length,Math.floor(a/Ut.least))),u=Math.ceil(i.length/s);return{entries:i,pitch:Math.min(Ut.most,a/s),across:s,rows:u}}function ep(e,{entries:t,pitch:n,across:r},o){e.replaceChildren(...t.map(({change:i,counts:a},s)=>{let[u,l]=[rt+s%r*n,4+Math.floor(s/r)*Ut.height];return w("g",{class:`change ${i}`,role:"button","aria-pressed":String(!o.has(i)),"aria-label":`${Xn[i]}: ${a}`,"data-change":i,transform:`translate(${u},${l})`},w("title",{},`${o.has(i)?"Show":"Hide"}${i==="unstable"?` what is ${Wd}`:""}`),w("rect",{class:"hit",x:-4,y:-2,width:n-8,height:Ut.height-4,rx:7}),w("line",{class:`edge ${i}`,x1:0,x2:26,y1:15,y2:15,"stroke-width":3}),Xs(i,13,15),w("text",{x:34,y:12},Xn[i]),w("text",{class:"count",x:34,y:27},a))}))}var St=[["edge_drift","Edge drift"],["core_turnover","Core turnover"],["importance_turnover","Importance turnover"],["rank_turnover","Rank turnover"],["group_turnover","Group turnover"],["concept_drift","Concept drift"],["polysemanticity","Polysemanticity"]],tp=["changed","re-described"];function np(e){let[,,,t,n,,r]=e;return t===null||n===null||r===null?!1:r<.05&&t>n}function Wn(e,t,n){let r=new Map;return e.forEach(({drift:o},i)=>{for(let a of o?.drifts??[]){let[s,u,l,c,f,,d]=a;if(s!==t||c===null)continue;let g=JSON.stringify([u,l]),M=r.get(g)??{layer:u,below:l,points:[]};r.set(g,M);let S=np(a),k=S&&tp.includes(o.verdict);M.points.push({place:i,value:c,nullQuantile:f,pAdjusted:d,significant:S,alarm:k})}}),[...r.values()].sort((o,i)=>n.indexOf(o.layer)-n.indexOf(i.layer))}function io(e,t=()=>!0){let n=[],r=null;for(let o of e.filter(t))r&&o.place===r.place+1?n[n.length-1].push(o):n.push([o]),r=o;return n}function Ws(e,t){let n=e[0]?.wall_time??0;return t==="time"?{unit:"time",values:e.map(r=>r.wall_time-n)}:t==="epoch"&&e.every(({epoch:r})=>r!==null)?{unit:"epoch",values:e.map((o,i)=>{let a=u=>u.epoch===o.epoch,s=e.slice(0,i).filter(a).length;return o.epoch+s/e.filter(a).length})}:{unit:"step",values:e.map(r=>r.step)}}function qe(e){return e===null?"none":e!==0&&Math.abs(e)<.001?e.toExponential(1).replace("-","−"):String(Number(e.toPrecision(3))).replace("-","−")}function Ys(e){return e<120?`${Number(e.toFixed(e<10?1:0))} s`:e<7200?`${Number((e/60).toFixed(e<600?1:0))} min`:`${Number((e/3600).toFixed(1))} h`}var rp=44,Yn=8,op={edge:["Edge","the edges into"],group:["Group","the groups of"],image:["Image","the images' activations in"]},ip={emerge:["emerged","emerged"],disappear:["disappeared","disappeared"],split:["split","split"],merge:["merge","merges"]};function Us(e,t,n,r,o){let i=e.evidence??[],[a,s]=n,u=l=>m("ol",{},...l.map(c=>lp(c,Hs(c,r),t,[s,a],o)));return m("aside",{class:"evidence","aria-label":"Evidence of the change"},m("h2",{},"What changed ",m("span",{class:e.verdict==="changed"?"chip alarm":"chip accent"},e.verdict)),m("p",{class:"muted"},`From ${nt({graph:a,step:a.step})} to ${nt({graph:s,step:s.step})}. ${ap(e.events)}`),sp(e,s),m("h3",{},i.length>0?"What makes up most of it":"No evidence was recorded"),u(i.slice(0,Yn)),i.length>Yn?m("details",{class:"more"},m("summary",{},`${i.length-Yn} more`),u(i.slice(Yn))):null)}function ap(e){let t=Object.entries(ip).flatMap(([n,[r,o]])=>{let i=e.filter(a=>a.event===n).length;return i===0?[]:[`${i} ${i===1?r:o}`]});return t.length>0?`Groups: ${t.join(", ")}.`:"Every group survived."}function sp(e,t){let[n,r]=St[0],o={step:t.step,epoch:null,wall_time:0,since:t.since,drift:e},i=le(t.layers),a=u=>i.get(u)??u,s=Wn([o],n,t.layers).reverse();return m("table",{},m("caption",{class:"visually-hidden"},r),m("thead",{},m("tr",{},...[r,"value","noise"].map(u=>m("th",{scope:"col"},u)))),m("tbody",{},...s.flatMap(({layer:u,below:l,points:c})=>c.map(f=>m("tr",{class:f.significant?"significant":null},m("th",{scope:"row"},l===null?a(u):`${a(l)} → ${a(u)}`),m("td",{class:"number"},`${f.significant?"◆ ":""}${qe(f.value)}`),m("td",{class:"number"},f.nullQuantile===null?"–":`≤ ${qe(f.nullQuantile)}`))))))}function lp(e,t,n,r,o){let i=Math.max(0,Math.min(1,e.share??0)),[a,s]=op[e.kind]??[e.kind,""],u=l=>l===null?"none":qe(l);return m("li",{},m("p",{class:"what"},m("span",{class:"chip"},a),m("span",{class:"mono"},t)),m("p",{class:"size number"},`${u(e.before)} → ${u(e.after)}`,m("span",{class:"muted"},`${K(e.share)} of the change in ${s} ${le(r[0].layers).get(e.layer)??e.layer}`)),w("svg",{class:"share",viewBox:"0 0 100 3",preserveAspectRatio:"none","aria-hidden":"true"},w("rect",{class:"track",width:100,height:3}),w("rect",{class:"part",width:100*i,height:3})),up(e,n,r,o))}function up(e,t,n,r){let o=e.patches.flatMap(a=>n.map(u=>me(r,t,u,a)).find(u=>u!==null)??[]);if(o.length===0)return null;let i=`${o.length} ${o.length===1?"patch":"patches"} to look at`;return m("div",{class:"patches",role:"img","aria-label":i},...o.map(a=>de(a,rp)))}var cp=[["sides","Side by side"],["difference","Difference"]],Ks={lineage:"A group is the same where it kept its lineage; one without, where its neurons are alike.",members:"A group is the same where its neurons are alike (Jaccard index .3 or more). Networks trained from different seeds have no neuron in common."},el=(e,t)=>{let[n,r]=Be("Compare with run"),[o,i]=Be("Compare with step"),a=m("span",{class:"view-note"}),s=m("button",{class:"button",type:"button"},"Swap"),u=cp.map(([_,h])=>{let v=m("button",{type:"button",role:"radio","data-mode":_},h);return v.addEventListener("click",()=>e({compare:_})),v}),l=m("div",{class:"segments",role:"radiogroup","aria-label":"How to compare"},...u),c=m("div",{class:"view-head"},n,o,a,s,l),f=m("p",{class:"view-empty",role:"status"}),d=[m("h3"),m("h3")],g=[Yt(e,t),Yt(e,t)],M=m("div",{class:"sides"},...g.map((_,h)=>m("div",{class:"side"},d[h],_.element))),S=js(_=>e({group:_}),t),k=m("div",{class:"beside"}),x=m("p",{class:"muted view-note"}),O=m("div",{class:"whole"},m("div",{},x,S.element),k),P=m("section",{class:"view compare","aria-label":"Compare"},c,f,M,O),G=null,H=[],N=0,F="",X=null,I="";t.runs().then(_=>{H=_,T()},()=>{}),r.addEventListener("change",()=>{let _=r.value;e({otherRun:_===G?.run.name?null:_,otherStep:null})}),i.addEventListener("change",()=>e({otherStep:Number(i.value)})),s.addEventListener("click",()=>{let _=G&&Zs(G);if(!_)return;let[h,v]=_.snapshots;e({run:_.runs[0].name,step:h.step,otherRun:_.sameRun?null:_.runs[1].name,otherStep:v.step})}),l.addEventListener("keydown",_=>{if(!["ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(_.key))return;_.preventDefault();let h=u.find(v=>v.getAttribute("aria-checked")!=="true");h?.focus(),h?.click()}),Mt(S.element,_=>{N=_,T()});function T(){if(!G)return;let{state:_,run:h,other:v}=G;for(let p of u){let $=p.dataset.mode===_.compare;p.setAttribute("aria-checked",String($)),p.tabIndex=$?0:-1}let b=Zs(G),C=[...new Set([h.name,...H])];He(r,C.map(p=>[p,p===h.name?`${p} (this run)`:p]),v?.name??_.otherRun??h.name);let R=v?.snapshots??[];He(i,R.map(p=>[String(p.step),p.graph.name??String(p.step)]),String(b?.snapshots[0].step??"")),n.hidden=C.length<2,o.firstElementChild.textContent=C.length<2?"Compare with step":"step",s.disabled=b===null;let y=b?pp(b):dp(G);f.textContent=y??"",f.hidden=y===null,M.hidden=y!==null||_.compare!=="sides",O.hidden=y!==null||_.compare!=="difference",a.textContent=b?`and ${Qs(b,1)}`:"",!(!b||y!==null)&&(_.compare==="sides"?A(G,b):E(b,_))}function A(_,h){for(let v of[0,1]){d[v].textContent=`${v===0?"Before: ":"After: "}${Qs(h,v)}`;let[b,C]=[h.runs[v],h.snapshots[v]],R={..._.state,run:b.name,step:C.step,target:h.target};g[v].update({..._,run:b,snapshot:C,state:R})}}function E(_,h){let v=JSON.stringify(_.runs.map((R,y)=>[R.name,_.snapshots[y].step]));if(X?.key!==v){if(F===v)return;F=v;let R=y=>t.detail(_.runs[y].name,_.snapshots[y].step);Promise.all([R(0),R(1)]).then(y=>{F===v&&(X={key:v,graphs:y},T())},y=>{F===v&&(F="",O.hidden=!0,f.hidden=!1,f.textContent=y instanceof Error?y.message:String(y))});return}if(N===0)return;x.textContent=_.sameRun?Ks.lineage:Ks.members;let b=hp(_,X.graphs),C=`${v} ${_.target}`;if(I!==C){I=C;let[R,y]=X.graphs,p=b.sides[1].target.drift,$=_.sameRun&&p!==null&&y.since===R.step;k.replaceChildren(...$?[Us(p,_.runs[1].name,X.graphs,[b.sides[0].target,b.sides[1].target],t)]:[]),O.classList.toggle("with-evidence",$)}S.draw({...b,width:N,threshold:h.threshold,selected:h.group})}return{element:P,update(_){G=_,T()}}};function Zs({run:e,other:t,state:n,snapshot:r}){let o=ee(e,n),i=t!==null&&t.name===e.name;if(!r||!t||o===null||n.otherRun!==null&&t.name!==n.otherRun)return null;let a=i?fp(e,r,n.otherStep):Et(t,n.otherStep);return a&&{runs:[t,e],snapshots:[a,r],target:o,sameRun:i}}function fp(e,t,n){if(n!==null)return Et(e,n);let r=e.snapshots.find(i=>i.step===t.graph.since),o=e.snapshots.findIndex(i=>i.step===t.step);return r??e.snapshots[Math.max(0,o-1)]??null}var Qs=(e,t)=>`${e.sameRun?"":`${e.runs[t].name}, `}${nt(e.snapshots[t])}`;function dp({state:e,run:t}){return t.snapshots.length===0?"This run has no snapshot yet.":`Reading ${e.otherRun??t.name} …`}function pp({runs:e,snapshots:t,target:n,sameRun:r}){let o=t.findIndex(i=>he(i,n)===null);if(o>=0){let i=e[1].targets.find(a=>a.target===n)?.name??n;return`Step ${t[o].step} of ${e[o].name} holds no circuit of “${i}”. Choose another step or target.`}return r&&t[0].step===t[1].step?`Step ${t[0].step} is on both sides: nothing differs. Choose another step to compare with.`:null}function Js({nodes:e,links:t,byKey:n}){return{groups:e.map(({group:r})=>({layer:r.layer,number:r.number,lineage:r.lineage,importance:r.importance??0,stable:Xe(r.stability),members:r.members??[]})),edges:t.map(r=>[n.get(r.source).position,n.get(r.target).position,r.share,Xe(r.stability)])}}function hp(e,t){let n=l=>he({...e.snapshots[l],graph:t[l]},e.target),r=[n(0),n(1)],o=l=>({run:e.runs[l].name,graph:t[l],target:r[l].target}),[i,a]=t,s=[...i.layers.filter(l=>!a.layers.includes(l)),...a.layers],u=Ps(s,Js(r[0]),Js(r[1]),e.sameRun);return{difference:u,sides:[o(0),o(1)],keys:mp(u,r,e.sameRun)}}function mp({nodes:e},[t,n],r){return e.map(o=>{if(o.after!==null)return Oe(n.nodes[o.after].group);let i=t.nodes[o.before].group;return r&&i.lineage!==null?Oe(i):null})}function ot(e,t){return e==null||t==null?NaN:e<t?-1:e>t?1:e>=t?0:NaN}function ao(e,t){return e==null||t==null?NaN:t<e?-1:t>e?1:t>=e?0:NaN}function Un(e){let t,n,r;e.length!==2?(t=ot,n=(s,u)=>ot(e(s),u),r=(s,u)=>e(s)-u):(t=e===ot||e===ao?e:gp,n=e,r=e);function o(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<0?l=f+1:c=f}while(l<c)}return l}function i(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<=0?l=f+1:c=f}while(l<c)}return l}function a(s,u,l=0,c=s.length){let f=o(s,u,l,c-1);return f>l&&r(s[f-1],u)>-r(s[f],u)?f-1:f}return{left:o,center:a,right:i}}function gp(){return 0}function so(e){return e===null?NaN:+e}var tl=Un(ot),nl=tl.right,yp=tl.left,bp=Un(so).center,lo=nl;var xp=Math.sqrt(50),vp=Math.sqrt(10),wp=Math.sqrt(2);function Kn(e,t,n){let r=(t-e)/Math.max(0,n),o=Math.floor(Math.log10(r)),i=r/Math.pow(10,o),a=i>=xp?10:i>=vp?5:i>=wp?2:1,s,u,l;return o<0?(l=Math.pow(10,-o)/a,s=Math.round(e*l),u=Math.round(t*l),s/l<e&&++s,u/l>t&&--u,l=-l):(l=Math.pow(10,o)*a,s=Math.round(e/l),u=Math.round(t/l),s*l<e&&++s,u*l>t&&--u),u<s&&.5<=n&&n<2?Kn(e,t,n*2):[s,u,l]}function Zn(e,t,n){if(t=+t,e=+e,n=+n,!(n>0))return[];if(e===t)return[e];let r=t<e,[o,i,a]=r?Kn(t,e,n):Kn(e,t,n);if(!(i>=o))return[];let s=i-o+1,u=new Array(s);if(r)if(a<0)for(let l=0;l<s;++l)u[l]=(i-l)/-a;else for(let l=0;l<s;++l)u[l]=(i-l)*a;else if(a<0)for(let l=0;l<s;++l)u[l]=(o+l)/-a;else for(let l=0;l<s;++l)u[l]=(o+l)*a;return u}function Kt(e,t,n){return t=+t,e=+e,n=+n,Kn(e,t,n)[2]}function uo(e,t,n){t=+t,e=+e,n=+n;let r=t<e,o=r?Kt(t,e,n):Kt(e,t,n);return(r?-1:1)*(o<0?1/-o:o)}function rl(e,t){switch(arguments.length){case 0:break;case 1:this.range(e);break;default:this.range(t).domain(e);break}return this}function co(e){return function(){return e}}function fo(e){return+e}var ol=[0,1];function _t(e){return e}function po(e,t){return(t-=e=+e)?function(n){return(n-e)/t}:co(isNaN(t)?NaN:.5)}function kp(e,t){var n;return e>t&&(n=e,e=t,t=n),function(r){return Math.max(e,Math.min(t,r))}}function Mp(e,t,n){var r=e[0],o=e[1],i=t[0],a=t[1];return o<r?(r=po(o,r),i=n(a,i)):(r=po(r,o),i=n(i,a)),function(s){return i(r(s))}}function Sp(e,t,n){var r=Math.min(e.length,t.length)-1,o=new Array(r),i=new Array(r),a=-1;for(e[r]<e[0]&&(e=e.slice().reverse(),t=t.slice().reverse());++a<r;)o[a]=po(e[a],e[a+1]),i[a]=n(t[a],t[a+1]);return function(s){var u=lo(e,s,1,r)-1;return i[u](o[u](s))}}function il(e,t){return t.domain(e.domain()).range(e.range()).interpolate(e.interpolate()).clamp(e.clamp()).unknown(e.unknown())}function _p(){var e=ol,t=ol,n=Rn,r,o,i,a=_t,s,u,l;function c(){var d=Math.min(e.length,t.length);return a!==_t&&(a=kp(e[0],e[d-1])),s=d>2?Sp:Mp,u=l=null,f}function f(d){return d==null||isNaN(d=+d)?i:(u||(u=s(e.map(r),t,n)))(r(a(d)))}return f.invert=function(d){return a(o((l||(l=s(t,e.map(r),pe)))(d)))},f.domain=function(d){return arguments.length?(e=Array.from(d,fo),c()):e.slice()},f.range=function(d){return arguments.length?(t=Array.from(d),c()):t.slice()},f.rangeRound=function(d){return t=Array.from(d),n=$a,c()},f.clamp=function(d){return arguments.length?(a=d?!0:_t,c()):a!==_t},f.interpolate=function(d){return arguments.length?(n=d,c()):n},f.unknown=function(d){return arguments.length?(i=d,f):i},function(d,g){return r=d,o=g,c()}}function ho(){return _p()(_t,_t)}function $p(e){return Math.abs(e=Math.round(e))>=1e21?e.toLocaleString("en").replace(/,/g,""):e.toString(10)}function Jn(e,t){if(!isFinite(e)||e===0)return null;var n=(e=t?e.toExponential(t-1):e.toExponential()).indexOf("e"),r=e.slice(0,n);return[r.length>1?r[0]+r.slice(2):r,+e.slice(n+1)]}function $t(e){return e=Jn(Math.abs(e)),e?e[1]:NaN}function Ep(e,t){return function(n,r){for(var o=n.length,i=[],a=0,s=e[0],u=0;o>0&&s>0&&(u+s+1>r&&(s=Math.max(1,r-u)),i.push(n.substring(o-=s,o+s)),!((u+=s+1)>r));)s=e[a=(a+1)%e.length];return i.reverse().join(t)}}function Cp(e){return function(t){return t.replace(/[0-9]/g,function(n){return e[+n]})}}var Tp=/^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;function Zt(e){if(!(t=Tp.exec(e)))throw new Error("invalid format: "+e);var t;return new mo({fill:t[1],align:t[2],sign:t[3],symbol:t[4],zero:t[5],width:t[6],comma:t[7],precision:t[8]&&t[8].slice(1),trim:t[9],type:t[10]})}Zt.prototype=mo.prototype;function mo(e){this.fill=e.fill===void 0?" ":e.fill+"",this.align=e.align===void 0?">":e.align+"",this.sign=e.sign===void 0?"-":e.sign+"",this.symbol=e.symbol===void 0?"":e.symbol+"",this.zero=!!e.zero,this.width=e.width===void 0?void 0:+e.width,this.comma=!!e.comma,this.precision=e.precision===void 0?void 0:+e.precision,this.trim=!!e.trim,this.type=e.type===void 0?"":e.type+""}mo.prototype.toString=function(){return this.fill+this.align+this.sign+this.symbol+(this.zero?"0":"")+(this.width===void 0?"":Math.max(1,this.width|0))+(this.comma?",":"")+(this.precision===void 0?"":"."+Math.max(0,this.precision|0))+(this.trim?"~":"")+this.type};function Ap(e){e:for(var t=e.length,n=1,r=-1,o;n<t;++n)switch(e[n]){case".":r=o=n;break;case"0":r===0&&(r=n),o=n;break;default:if(!+e[n])break e;r>0&&(r=0);break}return r>0?e.slice(0,r)+e.slice(o+1):e}var er;function Lp(e,t){var n=Jn(e,t);if(!n)return er=void 0,e.toPrecision(t);var r=n[0],o=n[1],i=o-(er=Math.max(-8,Math.min(8,Math.floor(o/3)))*3)+1,a=r.length;return i===a?r:i>a?r+new Array(i-a+1).join("0"):i>0?r.slice(0,i)+"."+r.slice(i):"0."+new Array(1-i).join("0")+Jn(e,Math.max(0,t+i-1))[0]}function al(e,t){var n=Jn(e,t);if(!n)return e+"";var r=n[0],o=n[1];return o<0?"0."+new Array(-o).join("0")+r:r.length>o+1?r.slice(0,o+1)+"."+r.slice(o+1):r+new Array(o-r.length+2).join("0")}var sl={"%":(e,t)=>(e*100).toFixed(t),b:e=>Math.round(e).toString(2),c:e=>e+"",d:$p,e:(e,t)=>e.toExponential(t),f:(e,t)=>e.toFixed(t),g:(e,t)=>e.toPrecision(t),o:e=>Math.round(e).toString(8),p:(e,t)=>al(e*100,t),r:al,s:Lp,X:e=>Math.round(e).toString(16).toUpperCase(),x:e=>Math.round(e).toString(16)};function ll(e){return e}var ul=Array.prototype.map,cl=["y","z","a","f","p","n","µ","m","","k","M","G","T","P","E","Z","Y"];function Rp(e){var t=e.grouping===void 0||e.thousands===void 0?ll:Ep(ul.call(e.grouping,Number),e.thousands+""),n=e.currency===void 0?"":e.currency[0]+"",r=e.currency===void 0?"":e.currency[1]+"",o=e.decimal===void 0?".":e.decimal+"",i=e.numerals===void 0?ll:Cp(ul.call(e.numerals,String)),a=e.percent===void 0?"%":e.percent+"",s=e.minus===void 0?"−":e.minus+"",u=e.nan===void 0?"NaN":e.nan+"";function l(f,d){f=Zt(f);var g=f.fill,M=f.align,S=f.sign,k=f.symbol,x=f.zero,O=f.width,P=f.comma,G=f.precision,H=f.trim,N=f.type;N==="n"?(P=!0,N="g"):sl[N]||(G===void 0&&(G=12),H=!0,N="g"),(x||g==="0"&&M==="=")&&(x=!0,g="0",M="=");var F=(d&&d.prefix!==void 0?d.prefix:"")+(k==="$"?n:k==="#"&&/[boxX]/.test(N)?"0"+N.toLowerCase():""),X=(k==="$"?r:/[%p]/.test(N)?a:"")+(d&&d.suffix!==void 0?d.suffix:""),I=sl[N],T=/[defgprs%]/.test(N);G=G===void 0?6:/[gprs]/.test(N)?Math.max(1,Math.min(21,G)):Math.max(0,Math.min(20,G));function A(E){var _=F,h=X,v,b,C;if(N==="c")h=I(E)+h,E="";else{E=+E;var R=E<0||1/E<0;if(E=isNaN(E)?u:I(Math.abs(E),G),H&&(E=Ap(E)),R&&+E==0&&S!=="+"&&(R=!1),_=(R?S==="("?S:s:S==="-"||S==="("?"":S)+_,h=(N==="s"&&!isNaN(E)&&er!==void 0?cl[8+er/3]:"")+h+(R&&S==="("?")":""),T){for(v=-1,b=E.length;++v<b;)if(C=E.charCodeAt(v),48>C||C>57){h=(C===46?o+E.slice(v+1):E.slice(v))+h,E=E.slice(0,v);break}}}P&&!x&&(E=t(E,1/0));var y=_.length+E.length+h.length,p=y<O?new Array(O-y+1).join(g):"";switch(P&&x&&(E=t(p+E,p.length?O-h.length:1/0),p=""),M){case"<":E=_+E+h+p;break;case"=":E=_+p+E+h;break;case"^":E=p.slice(0,y=p.length>>1)+_+E+h+p.slice(y);break;default:E=p+_+E+h;break}return i(E)}return A.toString=function(){return f+""},A}function c(f,d){var g=Math.max(-8,Math.min(8,Math.floor($t(d)/3)))*3,M=Math.pow(10,-g),S=l((f=Zt(f),f.type="f",f),{suffix:cl[8+g/3]});return function(k){return S(M*k)}}return{format:l,formatPrefix:c}}var Qn,go,yo;Np({thousands:",",grouping:[3],currency:["$",""]});function Np(e){return Qn=Rp(e),go=Qn.format,yo=Qn.formatPrefix,Qn}function fl(e){return Math.max(0,-$t(Math.abs(e)))}function dl(e,t){return Math.max(0,Math.max(-8,Math.min(8,Math.floor($t(t)/3)))*3-$t(Math.abs(e)))}function pl(e,t){return e=Math.abs(e),t=Math.abs(t)-e,Math.max(0,$t(t)-$t(e))+1}function bo(e,t,n,r){var o=uo(e,t,n),i;switch(r=Zt(r??",f"),r.type){case"s":{var a=Math.max(Math.abs(e),Math.abs(t));return r.precision==null&&!isNaN(i=dl(o,a))&&(r.precision=i),yo(r,a)}case"":case"e":case"g":case"p":case"r":{r.precision==null&&!isNaN(i=pl(o,Math.max(Math.abs(e),Math.abs(t))))&&(r.precision=i-(r.type==="e"));break}case"f":case"%":{r.precision==null&&!isNaN(i=fl(o))&&(r.precision=i-(r.type==="%")*2);break}}return go(r)}function Op(e){var t=e.domain;return e.ticks=function(n){var r=t();return Zn(r[0],r[r.length-1],n??10)},e.tickFormat=function(n,r){var o=t();return bo(o[0],o[o.length-1],n??10,r)},e.nice=function(n){n==null&&(n=10);var r=t(),o=0,i=r.length-1,a=r[o],s=r[i],u,l,c=10;for(s<a&&(l=a,a=s,s=l,l=o,o=i,i=l);c-- >0;){if(l=Kt(a,s,n),l===u)return r[o]=a,r[i]=s,t(r);if(l>0)a=Math.floor(a/l)*l,s=Math.ceil(s/l)*l;else if(l<0)a=Math.ceil(a*l)/l,s=Math.floor(s*l)/l;else break;u=l}return e},e}function Fe(){var e=ho();return e.copy=function(){return il(e,Fe())},rl.apply(e,arguments),Op(e)}var Qt={right:26,top:8},tr={least:56,most:150,letter:6.8},it={height:18,pitch:23},xe={head:30,least:76,most:170,below:12},xo=46,Dp=9,yl=[["stable","no edge drift above noise"],["unjudged","no null to judge by"],["drifting","above noise, but not significant or not lasting"],["re-described","significant, but the old neurons still carry the function"],["changed","edge drift is significant"]],bl=e=>{let[t,n]=Be("Measure"),r=m("p",{class:"muted view-note"}),o=m("div",{class:"view-head"},t,r),i=m("p",{class:"view-empty"}),a=w("g",{class:"verdicts",role:"group","aria-label":"Verdicts"}),s=w("g",{class:"panels"}),u=w("g",{class:"axis","aria-hidden":"true"}),l=w("path",{class:"now"}),c=w("path",{class:"pointer",visibility:"hidden"}),f=w("g",{class:"glyphs","aria-hidden":"true"}),d=w("svg",{class:"drift-chart",role:"group","data-export":!0},a,s,l,c,u,f),g=m("section",{class:"view drift","aria-label":"Drift"},o,i,d),M=null,[S,k]=[0,0],x=null;n.addEventListener("change",()=>e({measure:n.value}));let O=Ne(a,".verdict",Ve,I=>e({target:Number(I.getAttribute("data-target")),step:Number(I.getAttribute("data-step"))})),P=Ne(s,".point",Ve,I=>G(Number(I.getAttribute("data-place"))));s.addEventListener("click",I=>{if(I.target.closest(".point"))return;let T=H(I);T!==null&&G(T)}),s.addEventListener("pointermove",I=>N(H(I))),s.addEventListener("pointerleave",()=>N(null)),s.addEventListener("focusin",I=>{let T=I.target.closest(".point");N(T?Number(T.getAttribute("data-place")):null)}),s.addEventListener("focusout",()=>N(null)),Mt(g,(I,T)=>{[S,k]=[I,T],F()});function G(I){let T=x?.moments[I];!T||T.since===null||e({view:"compare",compare:"difference",step:T.step,otherRun:null,otherStep:T.since})}function H(I){if(!x)return null;let T=I.clientX-d.getBoundingClientRect().left,A=[...new Set(x.lines.flatMap(({points:_})=>_.map(({place:h})=>h)))],E=_=>Math.abs(x.axes.x(_)-T);return A.sort((_,h)=>E(_)-E(h))[0]??null}function N(I){if(!x||!M)return;c.setAttribute("visibility",I===null?"hidden":"visible"),I!==null&&W(c,{d:hl(x.axes.x(I),x.spans)});let T=x.moments.findIndex(A=>A.step===M.snapshot?.step);[...s.children].forEach((A,E)=>{let _=A.querySelector(".value");_.textContent=Hp(x.lines[E],x.moments,I??T)})}function F(){if(!M||S===0)return;let{run:I,state:T}=M,A=ee(I,T),E=Gp(T),_=`${S} ${k} ${E[0]} ${T.scale}`;if(x?.run===I&&x.target===A&&x.shape===_){X();return}let h=A===null?[]:xl(I.snapshots,A),v=Wn(h,E[0],I.layers).reverse(),b=I.snapshots.some(({graph:U})=>U.targets.some(oe=>oe.drift));He(n,St,E[0]);let C=I.targets.find(U=>U.target===A)?.name??"";if(r.textContent=b?`of “${C}”; choose a point to compare its two steps`:"",i.hidden=b,i.textContent=b?"":"Nothing to compare yet: drift is measured from a run's second snapshot on.",d.toggleAttribute("hidden",!b),x=null,!b)return;let R=zp(h,M,S),{top:y}=Qt;W(a,{transform:`translate(0,${y})`}),Bp(a,M,A,R);let p=le(I.layers),$=I.targets.length*it.pitch,L=Pp(k-44-y-$-14-xo-gl(S),v.length),B=U=>y+$+14+U*(xe.head+L+xe.below),z=v.map((U,oe)=>B(oe)),D=z.map(U=>[U+xe.head,U+xe.head+L]);x={run:I,target:A,shape:_,moments:h,lines:v,axes:R,spans:D};let[V,q]=Vp(v);Re(s,v.map((U,oe)=>({one:U,y:z[oe]})),({one:U})=>JSON.stringify([U.layer,U.below]),jp,(U,{one:oe,y:je})=>Xp(U,oe,je,{axes:R,moments:h,low:V,high:q,width:S,tall:L,measure:E[1],short:p}));let j=B(v.length);v.length===0&&(r.textContent=`No snapshot has ${E[1].toLowerCase()} for ${C}.`),Yp(u,R,j),Up(f,S),W(f,{transform:`translate(${R.left+8},${j+xo+8})`});let Y=j+xo+8+gl(S);W(d,{viewBox:`0 0 ${S} ${Y}`,width:S,height:Y,"aria-label":`${E[1]} through the run, for ${C}`}),X(),O(),P()}function X(){if(!x||!M)return;let I=M.snapshot?.step??null,T=x.moments.findIndex(A=>A.step===I);W(l,{d:T<0?"":hl(x.axes.x(T),x.spans)});for(let A of a.querySelectorAll("[aria-current]"))A.removeAttribute("aria-current");for(let A of a.querySelectorAll(`.verdict[data-step="${I}"]`))A.setAttribute("aria-current","step");N(null)}return{element:g,update(I){M=I,F()}}},Pp=(e,t)=>Math.max(xe.least,Math.min(xe.most,Math.floor(e/Math.max(1,t))-xe.head-xe.below)),hl=(e,t)=>t.map(([n,r])=>`M${e.toFixed(2)},${n}V${r}`).join(""),Gp=({measure:e})=>St.find(([t])=>t===e)??St[0];function xl(e,t){return e.map(({step:n,epoch:r,wallTime:o,graph:i})=>({step:n,epoch:r,wall_time:o,since:i.since,drift:i.targets.find(a=>a.target===t)?.drift??null}))}function zp(e,{run:t,state:n},r){let{unit:o,values:i}=Ws(e,n.scale),a=Math.max(0,...t.targets.map(({name:k})=>k.length)),s=Math.ceil(Math.max(tr.least,Math.min(tr.most,20+tr.letter*a))),u=r-Qt.right,l=(u-s)/Math.max(1,e.length),c=Math.min(14,l/2),f=Fe([i[0]??0,i[i.length-1]??1],[s+c,u-c]),d=k=>e.length===1?(s+u)/2:f(i[k]??0),g=i.map((k,x)=>[x===0?s:(d(x-1)+d(x))/2,x===i.length-1?u:(d(x)+d(x+1))/2]),S=Ip(f.domain(),Math.max(2,Math.floor((u-s)/110)),o).map(([k,x])=>({at:f(k),text:x}));return{left:s,x:d,unit:o==="time"?"time since the first snapshot":o,ticks:S,cells:g,pitch:l}}function Ip(e,t,n){if(n!=="time")return Fe(e,[0,1]).ticks(t).filter(Number.isInteger).map(u=>[u,String(u)]);let r=e[1]-e[0],[o,i]=r<300?["s",1]:r<4*3600?["min",60]:["h",3600];return Fe(e.map(s=>s/i),[0,1]).ticks(t).map(s=>[s*i,`${s} ${o}`])}function Vp(e){let t=e.flatMap(({points:o})=>o.flatMap(i=>[i.value,i.nullQuantile??0])),[n,r]=[Math.min(0,...t),Math.max(0,...t)];return n<0?[-Math.max(-n,r)*1.1,Math.max(-n,r)*1.1]:[0,r>0?Math.min(Math.max(1,r),r*1.12):1]}function Hp(e,t,n){let r=e.points.find(i=>i.place===n),o=t[n]?.step;return r?`step ${o}: ${vl(r)}`:o===void 0?"":`step ${o}: no value`}function vl(e){let t=e.nullQuantile===null?"no null":`noise up to ${qe(e.nullQuantile)}`,n=e.pAdjusted===null?"":`, adjusted p ${Number(e.pAdjusted.toPrecision(2))}`;return`${qe(e.value)} · ${t}${n}`}function Bp(e,{run:t},n,r){Re(e,t.targets.map((o,i)=>({...o,row:i})),o=>String(o.target),()=>w("g",{class:"ribbon-row"},w("text",{class:"target-name","text-anchor":"end"},w("title"),""),w("g")),(o,i)=>{W(o,{transform:`translate(0,${i.row*it.pitch})`,"data-current":i.target===n?"":null});let[a,s]=[o.children[0],o.children[1]];W(a,{x:r.left-12,y:it.height/2,dy:"0.35em"}),a.firstElementChild.textContent=i.name,a.lastChild.textContent=De(i.name,Math.floor((r.left-20)/tr.letter));let u=xl(t.snapshots,i.target).map((l,c)=>({moment:l,place:c})).filter(({moment:l})=>l.drift!==null);Re(s,u,({moment:l})=>String(l.step),()=>w("g",{role:"button"},w("title"),w("rect"),w("path")),(l,{moment:c,place:f})=>{let{verdict:d}=c.drift,[g,M]=r.cells[f],S=M-g>6?1:0,k=`${i.name}, step ${c.step}: ${d}`;W(l,{class:`verdict ${qp(d)}`,"data-target":i.target,"data-step":c.step,"aria-label":k}),l.children[0].textContent=k;let x=M-g<9,O=x?Fp[d]??4:it.height;W(l.children[1],{x:g+S,y:it.height-O,width:Math.max(1,M-g-2*S),height:O,rx:x?0:3}),W(l.children[2],{d:x?"":wl[d]??"",transform:`translate(${(g+M)/2},${it.height/2})`})})})}var qp=e=>yl.find(([t])=>t===e)?.[0]??"unjudged",Fp={stable:4,drifting:9,"re-described":14,changed:it.height},wl={unjudged:"M-2,-2.4A2.2,2.2 0 1 1 0,0.4V1.4M0,3.6V3.7",drifting:"M-3.6,0.9C-2.4,-2 -1,-2 0,0S2.4,2 3.6,-0.9","re-described":"M0,-4L4,0L0,4L-4,0Z",changed:"M0,-4L4.2,3.4H-4.2Z"};function jp(){return w("g",{class:"panel",role:"group"},w("text",{class:"place",y:19}),w("text",{class:"value",y:19,"text-anchor":"end"}),w("rect",{class:"plot",y:xe.head,rx:4}),w("g",{class:"grid"}),w("path",{class:"null-band"}),w("path",{class:"null-edge"}),w("path",{class:"trace"}),w("g",{class:"points"}))}function ml({layer:e,below:t},n){let r=o=>st(n.get(o)??o,24);return t===null?r(e):`${r(t)} → ${r(e)}`}function Xp(e,t,n,r){let{axes:o,moments:i,low:a,high:s,width:u,tall:l,measure:c,short:f}=r,d=Fe([a,s],[xe.head+l,xe.head+6]),g=N=>o.x(N.place),M=N=>e.querySelector(`:scope > .${N}`);W(e,{transform:`translate(0,${n})`,"aria-label":`${c}, ${ml(t,f)}`}),W(M("place"),{x:o.left}),M("place").textContent=ml(t,f),W(M("value"),{x:u-Qt.right}),W(M("plot"),{x:o.left,width:u-Qt.right-o.left,height:l});let S=d.ticks(4);Re(M("grid"),S,String,()=>w("g",{},w("line"),w("text",{"text-anchor":"end",dy:"0.35em"})),(N,F)=>{W(N,{transform:`translate(0,${d(F)})`,class:F===0?"zero":null}),W(N.children[0],{x1:o.left,x2:u-Qt.right}),W(N.children[1],{x:o.left-8}),N.children[1].textContent=qe(F)});let k=io(t.points,N=>N.nullQuantile!==null),x=Zr(N=>N[0],d(0),N=>N[1]),O=kt(),P=k.map(N=>Wp(N,g,F=>d(F.nullQuantile),o));W(M("null-band"),{d:P.map(N=>x(N)).join("")}),W(M("null-edge"),{d:P.map(N=>O(N)).join("")});let G=kt(g,N=>d(N.value));W(M("trace"),{d:io(t.points).map(N=>G(N)).join("")});let H=o.pitch<Dp;Re(M("points"),t.points,N=>String(i[N.place].step),()=>w("g",{role:"button"},w("title"),w("circle",{class:"halo",r:8}),w("path")),(N,F)=>{let{step:X,since:I,drift:T}=i[F.place],A=F.alarm?"alarm":F.significant?"significant":"quiet",E=`Step ${X}, compared with ${I??"none"}: ${vl(F)}${F.alarm?`. Alarm: ${T.verdict}`:F.significant?". Significant":""}`;W(N,{class:`point ${A}`,transform:`translate(${g(F).toFixed(2)},${d(F.value).toFixed(2)})`,"data-place":F.place,"data-step":X,"aria-label":E}),N.children[0].textContent=E,W(N.children[2],{d:H&&A==="quiet"?"":vo[A]})})}function Wp(e,t,n,r){let[o,i]=[e[0],e[e.length-1]],a=(s,u)=>{let l=r.cells[s.place][u];return t(s)+Math.sign(l-t(s))*Math.min(14,Math.abs(l-t(s)))};return[[a(o,0),n(o)],...e.map(s=>[t(s),n(s)]),[a(i,1),n(i)]]}var vo={quiet:"M-2.6,0A2.6,2.6 0 1 1 2.6,0A2.6,2.6 0 1 1 -2.6,0Z",significant:"M0,-4.2L4.2,0L0,4.2L-4.2,0Z",alarm:"M0,-6L6,4.6H-6Z"};function Yp(e,t,n){W(e,{transform:`translate(0,${n})`});let r=t.cells.length?(t.cells[0][0]+t.cells[t.cells.length-1][1])/2:0;e.replaceChildren(...t.ticks.map(({at:o,text:i})=>w("g",{},w("line",{x1:o,x2:o,y2:5}),w("text",{x:o,y:19,"text-anchor":"middle"},i))),w("text",{class:"unit",x:r,y:38,"text-anchor":"middle"},t.unit))}var kl=e=>e<1240?2:1,gl=e=>22*kl(e)+8;function Up(e,t){let n=0,r=8,o=(s,u)=>{let l=w("g",{transform:`translate(${n},${r})`},s,w("text",{x:17,dy:"0.35em"},u));return n+=44+u.length*7,l},i=yl.map(([s,u])=>o(w("g",{class:`verdict ${s}`},w("title",{},u),w("rect",{x:-8,y:-8,width:16,height:16,rx:3}),w("path",{d:wl[s]??""})),s));kl(t)>1&&([n,r]=[0,30]);let a=[o(w("rect",{class:"null-band",x:-8,y:-8,width:16,height:16,rx:2}),"what noise makes, 99 %"),o(w("g",{class:"point significant"},w("path",{d:vo.significant})),"significant"),o(w("g",{class:"point alarm"},w("path",{d:vo.alarm})),"alarm")];e.replaceChildren(...i,...a)}function Sl(e,t,n=[],r=()=>0){if(e<=t)return Array.from({length:e},(a,s)=>s);let o=new Set([0,e-1,...n.filter(a=>a>=0&&a<e)]),i=Math.max(0,t-o.size);for(let a=0;a<i;a+=1){let[s,u]=[a,a+1].map(c=>Math.round(c*e/i)),l=null;for(let c=s;c<u;c+=1)o.has(c)||(l===null||r(c)>r(l))&&(l=c);l!==null&&o.add(l)}return[...o].sort((a,s)=>a-s)}function _l(e,t,n){let r=Math.min(e,Math.max(1,t)),o=Math.max(0,Math.min(e-r,n-Math.floor(r/2)));return Array.from({length:r},(i,a)=>o+a)}var wo=e=>t=>t.lineage===e;function Kp(e,t){let n=new Map,r=(o,i)=>{let a=(s,u)=>s.groups.some(l=>l.number===u);!a(e,o)||!a(t,i)||n.set(o,(n.get(o)??new Set).add(i))};for(let o of e.groups){let i=o.lineage===null?void 0:t.groups.find(wo(o.lineage));i&&r(o.number,i.number)}if(t.since!==null&&t.since!==e.step)return n;for(let o of t.events)for(let i of o.before)for(let a of o.after)r(i,a);return n}function Zp(e,t){let n=r=>new Set([...r].flatMap(o=>[...t.get(o)??[]]));return new Map([...e].map(([r,o])=>[r,n(o)]))}function $l(e){let[t,n]=[e[0],e[e.length-1]],r=new Map(t.groups.map(i=>[i.number,new Set([i.number])]));for(let i=1;i<e.length;i+=1)r=Zp(r,Kp(e[i-1],e[i]));let o=[];for(let i of t.groups){if(i.lineage===null)continue;let a=n.groups.some(wo(i.lineage));for(let s of n.groups){if(s.lineage===null)continue;let l=i.lineage===s.lineage?"same":r.get(i.number)?.has(s.number)?t.groups.some(wo(s.lineage))?a?null:"merge":"split":null;l&&o.push({source:i.number,target:s.number,become:l})}}return o}function Qp(e,t,n,r,o,i){let a=[],s=(c,f)=>c.groups.find(d=>d.number===f)?.lineage??null,u=(c,f)=>f.map(d=>s(c,d)).filter(d=>d!==null),l=(c,f)=>o.some(d=>d.event===c&&d.lineage.includes(f));for(let c of t.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.source===c.number).map(d=>d.target);f.length>1?a.push({turn:"split",column:e-1,number:c.number,lineage:u(n,f)}):f.length===0&&l("disappear",c.lineage)&&a.push({turn:"death",column:e-1,number:c.number,lineage:[c.lineage]})}for(let c of n.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.target===c.number).map(d=>d.source);f.length>1?a.push({turn:"merge",column:e,number:c.number,lineage:u(t,f)}):f.length===0&&i.has(c.lineage)?a.push({turn:"return",column:e,number:c.number,lineage:[c.lineage]}):f.length===0&&a.push({turn:"birth",column:e,number:c.number,lineage:[c.lineage]})}return a}function Jp(e){let t=new Map,n=[];return e.forEach((r,o)=>{for(let{lineage:i}of r.groups){if(i===null)continue;let a=t.get(i);a!==void 0&&a<o-1&&n.push({lineage:i,from:a,to:o}),t.set(i,o)}}),n}function El(e,t){let n=t.map(a=>e[a]),r=[],o=[],i=new Set;return t.forEach((a,s)=>{if(s>0){let u=e.slice(t[s-1],a+1),[l,c]=[u[0],u[u.length-1]],f=$l(u),d=u.slice(1).flatMap(g=>g.events);r.push(f),o.push(...Qp(s,l,c,f,d,i))}for(let{lineage:u}of e[a].groups)u!==null&&i.add(u)}),{moments:n,passages:r,marks:o,gaps:Jp(n)}}function eh(e){let t=[];for(let n=1;n<e.length;n+=1){let[r,o]=[e[n-1],e[n]],i=(a,s)=>a.groups.find(u=>u.number===s)?.lineage;for(let a of $l([r,o]))a.become!=="same"&&t.push([i(r,a.source),i(o,a.target)])}return t}function Cl(e){let t=eh(e),n=[];for(let r of e){let o=[...r.groups].sort((i,a)=>a.importance-i.importance);for(let{lineage:i}of o){if(i===null||n.includes(i))continue;let a=t.find(([s,u])=>u===i&&n.includes(s))?.[0];n.splice(a===void 0?n.length:n.indexOf(a)+1,0,i)}}return nh(n,t)}var th=12;function nh(e,t){let n=new Map(e.map((a,s)=>[a,s])),r=new Map(e.map(a=>[a,[]]));for(let[a,s]of t)r.get(a).push(s),r.get(s).push(a);let o=a=>r.get(a).reduce((s,u)=>s+Math.abs(n.get(a)-n.get(u)),0),i=a=>{[e[a],e[a+1]]=[e[a+1],e[a]],n.set(e[a],a).set(e[a+1],a+1)};for(let a=0;a<th;a+=1){let s=!1;for(let u=0;u+1<e.length;u+=1){let[l,c]=[e[u],e[u+1]],f=o(l)+o(c);i(u),o(l)+o(c)<f?s=!0:i(u)}if(!s)break}return e}function Tl(e,t){let n=new Map,r=Array.from({length:t},()=>-1);return e.forEach((o,i)=>{let a=o.groups.flatMap(({lineage:u})=>u===null?[]:[u]),s=u=>r[n.get(u)]=i;a.filter(u=>n.has(u)).forEach(s);for(let u of a.filter(l=>!n.has(l)).sort((l,c)=>l-c))n.set(u,r.indexOf(Math.min(...r))),s(u)}),n}var nr=e=>Math.max(0,e.importance);function rh(e,t){let n=e.map(({groups:o})=>{let i=o.reduce((s,u)=>s+nr(u),0),a=t.height-t.gap*Math.max(0,o.length-1);return i>0?Math.max(0,a)/i:1/0}),r=Math.min(...n,1/0);return Number.isFinite(r)?r:0}function oh(e,t,n,r,o,i){let a=[...e.groups].sort((c,f)=>r(c)-r(f)||c.number-f.number),s=a.map(c=>nr(c)*o),u=s.reduce((c,f)=>c+f,0)+i.gap*(a.length-1),l=(i.height-u)/2;return a.map((c,f)=>{let d={column:t,group:c,x:n,top:l,bottom:l+s[f]};return l=d.bottom+i.gap,d})}function Ml(e,t){let n=t.reduce((o,i)=>o+nr(i.group),0),r=e.top;return t.map(o=>{let i=n>0?nr(o.group)/n:1/t.length,a=[r,r+i*(e.bottom-e.top)];return r=a[1],a})}function Al(e,t,n){let{moments:r,passages:o}=e,i=new Map(t.map((d,g)=>[d,g])),a=d=>d.lineage===null?t.length+1:i.get(d.lineage)??t.length,s=r.length>1?(n.width-n.bar)/(r.length-1):0,u=r.map((d,g)=>g*s),l=rh(r,n),c=r.map((d,g)=>oh(d,g,u[g],a,l,n)),f=o.flatMap((d,g)=>ih(c[g],c[g+1],d));return{columns:u,bars:c.flat(),ribbons:f}}function ih(e,t,n){let r=(o,i)=>n.find(a=>a.source===o.group.number&&a.target===i.group.number);return e.flatMap(o=>{let i=t.filter(s=>r(o,s)),a=Ml(o,i);return i.map((s,u)=>{let l=e.filter(f=>r(f,s)),c=Ml(s,l);return{source:o,target:s,become:r(o,s).become,from:a[u],to:c[l.indexOf(o)]}})})}function Ll(e,t){let[n,r]=[e.source.x+t,e.target.x],o=(n+r)/2,[i,a]=e.from,[s,u]=e.to,l=c=>Math.round(c*100)/100;return`M${l(n)},${l(i)}C${l(o)},${l(i)} ${l(o)},${l(s)} ${l(r)},${l(s)}V${l(u)}C${l(o)},${l(u)} ${l(o)},${l(a)} ${l(n)},${l(a)}Z`}var ne={left:54,right:22,head:42},[ah,sh]=[260,620],Ol=9,lh=7,uh=22,ch=64,ko=84,Se={head:44,side:44,least:32,patches:4},fh=8,dh=46,Dl=(e,t)=>{let[n,r]=Be("Layer"),[o,i]=Be("Show"),a=m("p",{class:"muted view-note","aria-live":"polite"}),s=m("div",{class:"view-head"},n,o,a),u=w("g",{class:"columns",role:"group","aria-label":"Snapshots"}),l=w("g",{class:"streams",role:"group","aria-label":"Streams"}),c=w("g",{class:"now","aria-hidden":"true"}),f=w("text",{class:"column-axis",x:4,y:22}),d=w("g",{class:"strip"}),g=w("g",{class:"glyphs","aria-hidden":"true"}),M=w("g",{},f,u,l,c),S=w("svg",{class:"lineage-chart",role:"group","data-export":!0},M,d,g),k=m("p",{class:"view-empty"}),x=m("section",{class:"view lineage","aria-label":"Lineage"},s,k,S),O=null,[P,G]=[0,0],H=null,N=Ne(u,".column",Ve,I=>e({step:Number(I.getAttribute("data-step"))})),F=Ne(l,".stream",Bs,I=>{let T=I.getAttribute("data-group"),A=I.getAttribute("data-step"),E=O?.state.group===T,_=H?.layer??null;e({layer:_,group:E?null:T,...A===null?{}:{step:Number(A)}})});r.addEventListener("change",()=>e({layer:r.value,group:null})),i.addEventListener("change",()=>e({span:i.value})),Mt(x,(I,T)=>{[P,G]=[I,T],X()});function X(){if(!O||P===0)return;let{run:I,state:T,snapshot:A}=O,E=ee(I,T),_=I.layers.slice(0,-1),v=[E===null?null:hh(I,E,T.group,_),T.layer].find(V=>V!==null&&_.includes(V))??_[_.length-1],b=v===void 0||E===null?null:mh(I,E,v),C=b===null||b.moments.length===0;k.textContent=C?"No snapshot has a layer below the target's to follow.":"",k.hidden=!C,S.toggleAttribute("hidden",C);let R=le(I.layers);if(He(r,_.map(V=>[V,R.get(V)??V]),v??""),C||v===void 0||E===null)return;let y=Math.max(2,Math.floor((P-ne.left-ne.right)/uh)),p=b.moments.length>y;He(i,[["run","the whole run"],["around","around this step"]],T.span),o.hidden=!p;let $=Math.max(0,b.snapshots.findIndex(V=>V.step===A?.step)),L=p&&T.span==="around"?_l(b.moments.length,y,$):Sl(b.moments.length,y,[],V=>b.moments[V].events.length);a.textContent=xh(b,L,T.span);let B=yh(G,P,L.length),z=bh(H,{run:I,target:E,layer:v,of:b,shown:L,width:P,height:B});(z!==H||T.scale!==f.textContent)&&vh(u,z,O),H||Dh(g),_h(l,z,O,z!==H,t),H=z,f.textContent=T.scale,Mh(c,u,z,O);let D=Oh(d,z,O,t);W(g,{transform:`translate(${ne.left},${D+22})`}),W(S,{viewBox:`0 0 ${P} ${D+40}`,width:P,height:D+40,"aria-label":`Neuron groups of ${v} through the run, for ${ph(I,E)}`}),N(),F()}return{element:x,update(I){O=I,X()}}},ph=(e,t)=>e.targets.find(n=>n.target===t)?.name??String(t);function hh(e,t,n,r){if(n===null)return null;let o=r.find(i=>n.startsWith(`${i}/`));if(o!==void 0)return o;for(let{graph:i}of e.snapshots){let s=(i.targets.find(u=>u.target===t)?.groups??[]).find(u=>`L${u.lineage}`===n);if(s)return r.includes(s.layer)?s.layer:null}return null}var Rl=new WeakMap;function mh(e,t,n){let r=Rl.get(e)??new Map;Rl.set(e,r);let o=`${t} ${n}`,i=r.get(o);return i||r.set(o,i=gh(e,t,n)),i}function gh(e,t,n){let r=[],o=[];for(let i of e.snapshots){let a=i.graph.targets.find(s=>s.target===t);!a||!i.graph.layers.includes(n)||(r.push(i),o.push({step:i.step,since:i.graph.since,groups:Pl(i,t,n).map(({number:s,lineage:u,importance:l})=>({number:s,lineage:u,importance:l??0})),events:(a.drift?.events??[]).filter(s=>s.layer===n)}))}return{snapshots:r,moments:o}}function Pl(e,t,n){return e.graph.targets.find(o=>o.target===t)?.groups.filter(o=>o.layer===n)??[]}var Nl=new WeakMap;function yh(e,t,n){let{side:r,across:o}=ql((t-ne.left-ne.right)/Math.max(1,n-1)),i=Se.head+Math.ceil(Se.patches/o)*(r+3),a=44+ne.head+i+44;return Math.max(ah,Math.min(sh,e-a))}function bh(e,t){if(e?.of===t.of&&e.width===t.width&&e.height===t.height&&e.shown.join()===t.shown.join())return e;let r=Nl.get(t.of)??Cl(t.of.moments);Nl.set(t.of,r);let o=El(t.of.moments,t.shown),i=t.width-ne.left-ne.right,a=i-ko>=ch*(t.shown.length-1),s=a?i-ko:i,u=Math.min(Ol,Math.max(3,Math.round(.22*s/t.shown.length))),l={width:s,height:t.height,gap:lh,bar:u},c=Al(o,r,l),f=c.columns[1]??l.width;return{...t,streams:o,layout:c,pitch:f,bar:u,colours:Tl(t.of.moments,fh),roomy:a}}function xh(e,t,n){let r=e.moments.length;if(t.length===r)return`${r} snapshots`;if(n==="around"){let[i,a]=[e.moments[t[0]],e.moments[t[t.length-1]]];return`Steps ${i.step} to ${a.step}: ${t.length} of ${r} snapshots in a row`}let o=Math.round(r/t.length);return`${t.length} of ${r} snapshots: the first, the last, and of about every ${o} in between the one with most events`}function Gl(e,{run:t,state:n}){return n.scale==="time"?Ys(e.wallTime-(t.snapshots[0]?.wallTime??0)):String((n.scale==="epoch"?e.epoch:null)??e.step)}function vh(e,t,n){let{layout:r,of:o,shown:i,pitch:a,bar:s}=t,u=Math.max(1,Math.ceil(52/a));Re(e,i.map((l,c)=>({column:c,snapshot:o.snapshots[l]})),({snapshot:l})=>String(l.step),()=>w("g",{class:"column",role:"button"},w("rect",{class:"column-back",rx:6}),w("text",{class:"column-name","text-anchor":"middle",y:22})),(l,{column:c,snapshot:f})=>{let d=ne.left+r.columns[c]+s/2,g=c===0?d-Math.min(ne.left,a/2):d-a/2;W(l,{"data-step":f.step,"data-named":c%u===0?"":null,"aria-label":`Step ${f.step}${f.epoch===null?"":`, epoch ${f.epoch}`}: ${wh(t,c)}`});let M=Math.min(d+a/2,t.width-2)-Math.max(2,g);W(l.children[0],{x:Math.max(2,g),y:4,width:M,height:ne.head+t.height+8}),W(l.children[1],{x:d}),l.children[1].textContent=Gl(f,n)})}function wh({streams:e},t){let n=e.moments[t].groups,r=n.filter(i=>i.lineage===null).length,o=se(n.length,"group");return r?`${o}, ${r} of them unstable`:o}function kh(e,t,n){let r=t.findIndex(s=>s>=e);if(r<0||r===0&&t[0]!==e)return null;if(t[r]===e)return n[r];let[o,i]=[t[r-1],t[r]],a=(e-o)/(i-o);return n[r-1]*(1-a)+n[r]*a}function Mh(e,t,n,r){let{layout:o,of:i,shown:a}=n,s=r.snapshot?.step??null,u=i.snapshots.findIndex(g=>g.step===s),l=u<0?null:kh(u,a,o.columns);if([...t.children].forEach((g,M)=>{let S=a[M]===u,k=!S&&l!==null&&Math.abs(o.columns[M]-l)<dh;W(g,{"aria-current":S?"step":null,"data-near":k?"":null})}),e.replaceChildren(),l===null||a.includes(u))return;let c=ne.left+n.bar/2+l,f=Gl(i.snapshots[u],r),d=12+7*f.length;e.append(w("line",{x1:c,x2:c,y1:32,y2:ne.head+n.height+8}),w("rect",{x:c-d/2,y:6,width:d,height:24,rx:6}),w("text",{x:c,y:22,"text-anchor":"middle"},f))}function zl({layer:e,streams:t,layout:n}){let r=({column:a,group:s})=>s.lineage===null?`${e}/${s.number}@${a}`:`L${s.lineage}`,o=new Map;for(let a of n.bars){let s=o.get(r(a))??{lineage:a.group.lineage,bars:[],ribbons:[],marks:[]};o.set(r(a),s),s.bars.push(a)}for(let a of n.ribbons)o.get(r(a.become==="split"?a.target:a.source)).ribbons.push(a);for(let a of t.marks){let s=n.bars.find(u=>u.column===a.column&&u.group.number===a.number);o.get(r(s)).marks.push(a)}return[...o].map(([a,s])=>({key:a,...s})).sort((a,s)=>a.bars[0].column-s.bars[0].column||a.bars[0].top-s.bars[0].top)}var Il=({lineage:e},{colours:t})=>e===null?"unstable":`stream-${t.get(e)}`,Sh=e=>e.key.replace(/@\d+$/,"");function _h(e,t,{state:n,snapshot:r},o,i){W(e,{transform:`translate(${ne.left},${ne.head})`});let a=t.streams.moments.map(u=>u.step);o&&Re(e,zl(t),u=>u.key,()=>w("g",{class:"stream",role:"button"}),(u,l)=>{W(u,{class:`stream ${Il(l,t)}`,"data-group":Sh(l),"data-step":l.lineage===null?a[l.bars[0].column]:null,"aria-label":Vl(l,t)}),u.replaceChildren(...Eh(l,t,i))});let s=!1;for(let u of e.children){let l=u.getAttribute("data-step"),c=u.getAttribute("data-group")===n.group&&(l===null||l===String(r?.step));s||=c,W(u,{"aria-pressed":String(c)})}e.classList.toggle("has-selection",s)}function $h(e,t){let{group:n}=Jt(t,e.bars[0]);return n?.label??String(e.lineage)}function Jt(e,t){let n=e.of.snapshots[e.shown[t.column]],r=Pl(n,e.target,e.layer);return{snapshot:n,group:r.find(o=>o.number===t.group.number)}}function Vl(e,t){let n=e.bars.map(f=>t.streams.moments[f.column].step),[r,o]=[e.bars[0],e.bars[e.bars.length-1]],i=n.length===1?`at step ${n[0]}`:`steps ${n[0]} to ${n[n.length-1]}`,a=n.length===1?K(r.group.importance):`${K(r.group.importance)} to ${K(o.group.importance)}`,s=e.marks.map(f=>Bl(f,t)).join("; "),{group:u}=Jt(t,r),l=u?fe(u):"";return`${e.lineage===null?`${l}, unstable`:l}, ${i}, importance ${a}${s&&`. ${s}`}`}function Eh(e,t,n){let{streams:r,layout:o,pitch:i,bar:a}=t,s=w("title",{},Vl(e,t)),u=e.ribbons.map(S=>w("path",{class:`ribbon ${S.become}`,d:Ll(S,a)})),l=r.gaps.filter(S=>S.lineage===e.lineage).map(S=>{let k=x=>e.bars.find(O=>O.column===x);return w("path",{class:"sleep",d:Ch(k(S.from),k(S.to),a)})}),c=e.marks.flatMap(S=>Th(S,e,t)),f=e.bars.map(S=>w("rect",{class:"bar",x:S.x,y:S.top,width:a,height:Math.max(1,S.bottom-S.top),rx:Math.min(2.5,(S.bottom-S.top)/2)})),d=e.bars.flatMap(S=>Ah(S,t,n)),g=e.bars.filter((S,k)=>k%Math.max(1,Math.round(320/i))===0&&Lh(S,e,t)).map(S=>Rh(S,e,t)),M=e.marks.filter(S=>S.turn!=="birth"||o.bars.length<400).map(S=>Nh(S,e,t));return[s,...l,...c,...u,...f,...d,...g,...M]}function Ch(e,t,n){let[r,o]=[e.x+n,(e.top+e.bottom)/2],[i,a]=[t.x,(t.top+t.bottom)/2];return`M${r},${o}C${(r+i)/2},${o} ${(r+i)/2},${a} ${i},${a}`}function So(e,{pitch:t,roomy:n}){let r=Math.floor(Math.min(e.bottom-e.top-4,t*.42,44));return n&&r>=14?r:0}function _o(e,t,n){let r=Math.min(24,n.pitch*.3),o=So(t,n);return e.turn==="death"&&o>0?o+14:r}function Th(e,t,n){if(e.turn==="split"||e.turn==="merge")return[];let r=t.bars.find(c=>c.column===e.column),o=(r.top+r.bottom)/2,i=e.turn==="death",a=i?r.x+n.bar:r.x,s=a+(i?1:-1)*_o(e,r,n),u=(a+s)/2,l=`M${a},${r.top}C${u},${r.top} ${u},${o} ${s},${o}C${u},${o} ${u},${r.bottom} ${a},${r.bottom}Z`;return[w("path",{class:"ribbon taper",d:l})]}function Ah(e,t,n){let r=So(e,t),{snapshot:o,group:i}=Jt(t,e),a=i?.patches[0];if(r===0||a===void 0)return[];let s=me(n,t.run.name,o,a);if(s===null)return[];let u=de(s,r);return W(u,{x:e.x+t.bar+4,y:(e.top+e.bottom-r)/2,"aria-hidden":"true"}),[u]}function Lh(e,t,{pitch:n,roomy:r}){if(t.lineage===null)return!1;let o=t.ribbons.some(i=>i.source===e);return e.bottom-e.top>=11&&(r||o&&n>=20)}function Rh(e,t,n){let r=So(e,n),o=t.marks.find(l=>l.turn==="death"&&l.column===e.column),i=n.bar+(o?_o(o,e,n)+10:r>0?r+9:5),a=n.roomy?Math.min(n.pitch,ko+30)-i-16:60,s=De($h(t,n),Math.max(4,Math.floor(a/6.4))),u=(e.top+e.bottom)/2;return w("text",{class:"stream-name",x:e.x+i,y:u,dy:"0.35em"},s)}var Hl={birth:"M0,-3.2L2.9,1.8H-2.9Z",return:"M0,-3.2L2.9,1.8H-2.9Z",death:"M-2.6,-2.6L2.6,2.6M2.6,-2.6L-2.6,2.6",split:"M-3.6,0H-0.8L3.4,-3.4M-0.8,0L3.4,3.4",merge:"M3.6,0H0.8L-3.4,-3.4M0.8,0L-3.4,3.4"},Mo={birth:"emerges",return:"comes back",death:"disappears",split:"splits",merge:"is merged"};function Bl(e,{streams:t}){let n=o=>t.moments[o]?.step,r=e.lineage.map(o=>`group ${o}`).join(" and ");return e.turn==="split"?`splits into ${r} by step ${n(e.column+1)}`:e.turn==="merge"?`merged from ${r} at step ${n(e.column)}`:e.turn==="death"?`disappears after step ${n(e.column)}`:`${Mo[e.turn]} at step ${n(e.column)}`}function Nh(e,t,n){let r=t.bars.find(u=>u.column===e.column),o=_o(e,r,n),i={birth:-o,return:-o,death:n.bar+o,split:n.bar,merge:0},[a,s]=[r.x+i[e.turn],(r.top+r.bottom)/2];return w("g",{class:`turn ${e.turn}`,transform:`translate(${a.toFixed(2)},${s.toFixed(2)})`},w("title",{},Bl(e,n)),w("circle",{r:6}),w("path",{d:Hl[e.turn]}))}function ql(e){let t=r=>Math.floor(Math.min(Se.side,(e-8)/r-3)),n=[Se.patches,2].find(r=>t(r)>=Se.least);return n?{side:t(n),across:n}:{side:Math.floor(Math.min(Se.side,e-3)),across:1}}function Oh(e,t,{state:n},r){let o=ne.head+t.height+Se.head,i=zl(t).filter(k=>k.lineage!==null),a=k=>k.bars.reduce((x,O)=>x+O.group.importance,0),s=i.find(k=>k.key===n.group),u=s??[...i].sort((k,x)=>a(x)-a(k))[0];if(e.replaceChildren(),!u||t.of.snapshots.every(({graph:k})=>k.input===null))return o-Se.head+14;let{side:l,across:c}=ql(t.pitch),{group:f}=Jt(t,u.bars[0]),d=f?fe(f):"",g=s?`Patches of ${d} through the run`:`Patches of ${d}, the most important stream here; select another to see its own`,M=w("text",{class:"strip-name",x:ne.left,y:o-12},g),S=u.bars.flatMap(k=>{let{snapshot:x,group:O}=Jt(t,k);return(O?.patches??[]).slice(0,Se.patches).flatMap((P,G)=>{let H=me(r,t.run.name,x,P);if(H===null)return[];let N=de(H,l),F=c===1?(t.bar-l)/2:0;return W(N,{x:ne.left+k.x+F+G%c*(l+3),y:o+Math.floor(G/c)*(l+3),role:"img","aria-label":`Patch ${G+1} of ${d} at step ${x.step}`}),[N]})});return W(e,{class:`strip ${Il(u,t)}`}),e.append(M,...S),o+Math.ceil(Se.patches/c)*(l+3)}function Dh(e){let t=["birth","return","death","split","merge"],n=6,r=t.map(a=>{let s=w("g",{class:`turn ${a}`,transform:`translate(${n},0)`},w("circle",{r:6}),w("path",{d:Hl[a]}),w("text",{class:"legend-name",x:11,dy:"0.35em"},Mo[a]));return n+=34+Mo[a].length*6.4,s}),o=w("g",{class:"stream unstable",transform:`translate(${n},0)`},w("rect",{class:"bar",x:-4,y:-6,width:Ol,height:12,rx:2.5}),w("text",{class:"legend-name",x:11,dy:"0.35em"},"unstable: in no stream"));n+=168;let i=w("text",{class:"legend-name",x:n,dy:"0.35em"},"height: importance");e.replaceChildren(...r,o,i)}var Fl=`.view.compare {
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
`;var jl=`.drift-chart {
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
`;var Xl=`.lineage-chart {
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
`;var Wl=`/* What the lineage, drift and compare views have in common. */
.view:is(.lineage, .drift, .compare) {
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
`;var Yl=[Wl,Xl,jl,Fl];var Ul={circuit:Yt,lineage:Dl,drift:bl,compare:el},Vh=[ei,ti,...Yl];function Hh(){let e=document.createElement("style");e.textContent=Vh.join(`
`),document.head.append(e),document.documentElement.lang||="en";let t=document.getElementById("neurflow-data");if(t===null){hr(document.body,Qo(),mr(window),{},Ul);return}let n=JSON.parse(t.textContent??""),r=document.body.appendChild(document.createElement("div"));hr(r,Jo(n),mr(window),n.state??{},Ul)}document.getElementById("neurflow-data")!==null&&Hh();export{Hh as render};
