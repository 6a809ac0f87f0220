/* Built from frontend/; licences: THIRD_PARTY_LICENSES.txt */
var xu="http://www.w3.org/2000/svg";function p(e,t={},...n){return Po(document.createElement(e),t,n)}function M(e,t={},...n){return Po(document.createElementNS(xu,e),t,n)}function Po(e,t,n){for(let[r,o]of Object.entries(t))o===null||o===!1||e.setAttribute(r,o===!0?"":String(o));return e.append(...n.filter(r=>r!==null)),e}function ke(e){return M("svg",{viewBox:"0 0 24 24","aria-hidden":"true"},M("path",{d:e}))}var me={play:"M7 4.5v15l12-7.5z",pause:"M8 5v14M16 5v14",plus:"M12 5v14M5 12h14",minus:"M5 12h14",fit:"M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",close:"M6 6l12 12M18 6L6 18",save:"M12 4v11M7 11l5 5 5-5M5 20h14",search:"M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16.5 16.5L20 20",warning:"M12 4l9 16H3zM12 10v4M12 17v.5"};function rn(){return matchMedia("(prefers-reduced-motion: reduce)").matches}var Ue=e=>e===null||e>=.75;function Vo(e,t){let n=t.restarted||e===null?[]:e.snapshots,r=t.snapshots.map(vu),o=new Set(r.map(a=>a.step)),i=[...n.filter(a=>!o.has(a.step)),...r].sort((a,s)=>a.step-s.step);return{name:t.run,layers:wu(i),snapshots:i,targets:ku(i),problems:t.problems}}function vu(e){return{step:e.step,epoch:e.epoch,wallTime:e.wall_time??0,graph:e}}function wu(e){let t=e[e.length-1]?.graph.layers??[],n=e.flatMap(r=>r.graph.layers);return[...new Set(n.filter(r=>!t.includes(r))),...t]}function ku(e){let t=new Map;for(let{graph:n}of e)for(let{target:r,name:o}of n.targets)t.set(r,o);return[...t].map(([n,r])=>({target:n,name:r})).sort((n,r)=>n.target-r.target)}function At(e,t){let{snapshots:n}=e;if(t===null)return n[n.length-1]??null;for(let r=n.length-1;r>=0;r--)if(n[r].step<=t)return n[r];return n[0]??null}function ne(e,t){return e.targets.some(({target:r})=>r===t.target)?t.target:e.targets[0]?.target??null}function Mu(e,t){return t==="epoch"?e.epoch??e.step:t==="time"?e.wallTime:e.step}function Ho(e,t){let n=e.snapshots.map(i=>Mu(i,t));if(t!=="epoch"||e.snapshots.some(i=>i.epoch===null))return t==="epoch"?e.snapshots.map(i=>i.step):n;let r=new Map;for(let i of n)r.set(i,(r.get(i)??0)+1);let o=new Map;return n.map(i=>{let a=o.get(i)??0;return o.set(i,a+1),i+a/r.get(i)})}function Fo(e,t){return e.graph.targets.some(n=>(t===null||n.target===t)&&n.drift?.verdict==="changed")}function Me(e){return e.lineage===null?`${e.layer}/${e.number}`:`L${e.lineage}`}function he(e){return e.label!==null?e.label:e.lineage===null?`unnamed ${e.number}`:`group ${e.lineage}`}function Se(e,t){let{layers:n}=e.snapshot.graph;return t.group.layer===n[n.length-1]&&t.group.label===null?e.target.name:he(t.group)}var Io=new WeakMap;function ue(e,t){if(t===null)return null;let n=Io.get(e.graph)??new Map;Io.set(e.graph,n);let r=n.get(t);if(r===void 0){let o=e.graph.targets.find(i=>i.target===t);r=o===void 0?null:Su(e,o),n.set(t,r)}return r}function Su(e,t){let n=t.groups.map((o,i)=>({key:Me(o),position:i,group:o,size:o.members?.length??o.size??1,importance:o.importance??0})),r=t.edges.flatMap(([o,i,a,s])=>{let[u,l]=[n[o],n[i]];if(u===void 0||l===void 0)return[];let c=a/Math.max(1,l.size);return[{source:u.key,target:l.key,weight:a,share:c,stability:s}]});return{snapshot:e,target:t,nodes:n,links:r,byKey:new Map(n.map(o=>[o.key,o])),strongest:Math.max(0,...r.map(o=>Math.abs(o.share)))}}function on(e,t){let n=zo(e.links,"target"),r=zo(e.links,"source");return e.links.filter(o=>{let i=Math.abs(o.share),a=i>=t*n.get(o.target);return i>0&&(a||i===r.get(o.source))})}function zo(e,t){let n=new Map;for(let r of e)n.set(r[t],Math.max(n.get(r[t])??0,Math.abs(r.share)));return n}function fr(e,t,n){return e.snapshots.map(r=>({snapshot:r,node:ue(r,t)?.byKey.get(n)??null}))}var pr=["circuit","lineage","drift","compare","debug"],mr=["step","epoch","time"],ln=Object.freeze({view:"circuit",run:"",target:null,step:null,otherRun:null,otherStep:null,compare:"sides",group:null,layer:null,span:"run",image:null,measure:"edge_drift",scale:"step",threshold:.1,query:"",live:!1,playing:!1}),dr="nf.",ct=e=>e,$u=e=>e==="1"?!0:e==="0"?!1:void 0,an=e=>/^\d{1,15}$/.test(e)?Number(e):void 0,sn=(...e)=>t=>e.find(n=>n===t),Eu=e=>{let t=Number(e);return e!==""&&t>=0&&t<=1?t:void 0},Bo={view:sn(...pr),run:ct,target:an,step:an,otherRun:ct,otherStep:an,compare:sn("sides","difference"),group:ct,layer:ct,span:sn("run","around"),image:an,measure:ct,scale:sn(...mr),threshold:Eu,query:ct,live:$u},qo=Object.keys(Bo);function un(e,t){return Object.keys(t).every(r=>Object.is(e[r],t[r]))?e:Object.freeze({...e,...t})}function hr(e){let t={};for(let[n,r]of Cu(e)){let o=qo.find(a=>dr+a===n),i=o===void 0?void 0:Bo[o](r);o!==void 0&&i!==void 0&&(t[o]=i)}return t}function jo(e,t){let r=t.replace(/^#/,"").split("&").filter(i=>i!==""&&!i.startsWith(dr)),o=qo.filter(i=>e[i]!==null&&e[i]!==ln[i]).map(i=>`${dr}${i}=${encodeURIComponent(_u(e[i]))}`);return`#${[...r,...o].join("&")}`}function _u(e){return typeof e=="boolean"?e?"1":"0":String(e)}function Cu(e){return e.replace(/^#/,"").split("&").map(t=>{let n=t.indexOf("=");return n<0?[t,""]:[t.slice(0,n),Tu(t.slice(n+1))]})}function Tu(e){try{return decodeURIComponent(e)}catch{return e}}function Y(e){if(e==null)return"–";let t=100*e;if(t===0)return"0 %";let n=Math.abs(t);return n<.05?t<0?">−0.1 %":"<0.1 %":`${Xo(t.toFixed(n<1?1:0))} %`}function $e(e){let t=Math.abs(e),n=t!==0&&t<.005?t.toExponential(0):t.toFixed(2);return`${e<0?"−":"+"}${n}`}function de(e){return e==null?"–":Xo(String(Math.round(e*100)/100))}function ee(e,t){return`${e} ${t}${e===1?"":"s"}`}function Wo(e){return new Date(e*1e3).toLocaleString(void 0,{month:"short",day:"numeric",hour:"2-digit",minute:"2-digit"})}function ft(e,t){return e.length<=t?e:`…${e.slice(e.length-Math.max(1,t-1))}`}function re(e){let t=e.map(o=>o.split(".")),n=e.length===0?0:Math.min(...t.map(o=>o.length))-1,r=0;for(;r<n&&t.every(o=>o[r]===t[0][r]);)r++;return new Map(e.map((o,i)=>[o,t[i].slice(r).join(".")]))}function ze(e,t){return e.length<=t?e:`${e.slice(0,Math.max(1,t-1)).trimEnd()}…`}function Xo(e){return e.replace("-","−")}var Lu={step:"Step",epoch:"Epoch",time:"Time"},dt=10;function Yo(e){let t=p("input",{type:"range",min:0,step:1,class:"visually-hidden","aria-label":"Snapshot"}),n=M("svg",{class:"track","aria-hidden":"true"}),r=p("div",{class:"slider"},n,t),o=p("button",{type:"button",class:"button icon play"}),i=p("p",{class:"moment number"}),a=p("p",{class:"visually-hidden","aria-live":"polite"}),s=Gu("Time scale",mr,Lu,R=>e({scale:R})),u=p("button",{type:"button",class:"button live","aria-pressed":"false"},p("i",{}),"Live"),l=p("footer",{class:"time","aria-label":"Time"},o,r,i,s.element,u,a),c=null,f=0,d;o.addEventListener("click",()=>c&&e(gr(c))),u.addEventListener("click",()=>{c!==null&&e(c.state.live?{live:!1}:{live:!0,step:null,playing:!1})}),t.addEventListener("input",()=>g(Number(t.value))),n.addEventListener("pointerdown",R=>{n.setPointerCapture(R.pointerId),t.focus({preventScroll:!0}),_(R)}),n.addEventListener("pointermove",R=>{n.hasPointerCapture(R.pointerId)&&_(R)}),new ResizeObserver(()=>{f=r.clientWidth,c!==null&&$(c)}).observe(r);function g(R){let P=c?.run.snapshots[R];P!==void 0&&e({step:P.step,playing:!1})}function _(R){if(c===null)return;let P=R.clientX-n.getBoundingClientRect().left;g(Ru(S(c),P))}function S({run:R,state:P}){return Au(Ho(R,P.scale),f)}function $(R){let{run:P,state:D,snapshot:F}=R,G=S(R),q=F===null?-1:P.snapshots.indexOf(F),[W,z]=[f,16],A=ne(P,D),N=P.snapshots.findIndex(k=>k.step===D.otherStep);n.setAttribute("viewBox",`0 0 ${Math.max(1,W)} 32`),n.replaceChildren(M("path",{class:"rail",d:`M${dt} ${z}H${Math.max(dt,W-dt)}`}),...q<0?[]:[M("path",{class:"past",d:`M${dt} ${z}H${G[q]}`})],M("path",{class:"ticks",d:G.map(k=>`M${k} ${z-4}v8`).join("")}),...P.snapshots.flatMap((k,w)=>Fo(k,A)?[M("path",{class:"alarm",d:`M${G[w]} ${z-7}l4 -7h-8z`},M("title",{},`step ${k.step}: the circuit changed`))]:[]),...N<0||D.view!=="compare"?[]:[M("circle",{class:"other",cx:G[N],cy:z,r:6})],...q<0?[]:[M("circle",{class:"thumb",cx:G[q],cy:z,r:8})])}function v(R,P){let{run:D,state:F,snapshot:G}=R;c=R;let q=G===null?0:D.snapshots.indexOf(G);t.max=String(Math.max(0,D.snapshots.length-1)),t.value=String(q),t.disabled=D.snapshots.length===0;let W=G===null?"no snapshot":Nu(G);t.setAttribute("aria-valuetext",W),i.replaceChildren(...G===null?[W]:Ou(G,D)),clearTimeout(d),d=setTimeout(()=>{a.textContent!==W&&(a.textContent=W)},400),o.replaceChildren(ke(F.playing?me.pause:me.play)),o.setAttribute("aria-label",F.playing?"Pause":"Play"),o.disabled=D.snapshots.length<2,u.hidden=!P,u.setAttribute("aria-pressed",String(F.live)),s.show(F.scale),$(R)}return{element:l,update:v}}function gr({run:e,state:t,snapshot:n}){if(t.playing)return{playing:!1};let r=e.snapshots[e.snapshots.length-1],o=e.snapshots[0];return{playing:!0,live:!1,step:n===r&&o!==void 0?o.step:n?.step??null}}function cn(e,t,n){let r=t===null?-1:e.snapshots.indexOf(t);return e.snapshots[r+n]?.step??null}function Au(e,t){let n=Math.min(...e),r=Math.max(...e)-n,o=Math.max(0,t-2*dt);return e.map(i=>dt+(r>0?o*(i-n)/r:o/2))}function Ru(e,t){let n=0;return e.forEach((r,o)=>{Math.abs(r-t)<Math.abs(e[n]-t)&&(n=o)}),n}function Nu(e){let t=e.epoch===null?"":`, epoch ${e.epoch}`;return e.graph.name??`step ${e.step}${t}`}function Ou(e,t){let n=t.snapshots.indexOf(e),r=[e.epoch===null?null:`epoch ${e.epoch}`,e.wallTime>0?Wo(e.wallTime):null,`${n+1}/${t.snapshots.length}`].filter(i=>i!==null),o=e.graph.name??`Step ${e.step}`;return[p("b",{title:o},o),p("span",{class:"muted"},r.join(" · "))]}function Gu(e,t,n,r){let o=t.map(a=>{let s=p("button",{type:"button",role:"radio","data-value":a},n[a]);return s.addEventListener("click",()=>r(a)),s}),i=p("div",{class:"segments",role:"radiogroup","aria-label":e},...o);return i.addEventListener("keydown",a=>yr(a,o)),{element:i,show(a){for(let s of o){let u=s.dataset.value===a;s.setAttribute("aria-checked",String(u)),s.tabIndex=u?0:-1}}}}function yr(e,t){let n={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[e.key],r=t.indexOf(document.activeElement);if(n===void 0||r<0)return;e.preventDefault(),e.stopPropagation();let o=t[(r+n+t.length)%t.length];o.focus(),o.click()}var Du={circuit:"Circuit",lineage:"Lineage",drift:"Drift",compare:"Compare",debug:"Debug"};function Zo(e,t){let n=Uo("Run",c=>e({run:c,step:null,group:null,otherStep:null,playing:!1})),r=Uo("Target",c=>e({target:Number(c),group:null})),o=pr.map(c=>{let f=p("button",{type:"button",role:"tab",id:`tab-${c}`,"aria-controls":"stage","data-view":c},Du[c]);return f.addEventListener("click",()=>e({view:c})),f}),i=p("div",{class:"segments",role:"tablist","aria-label":"Views"},...o);i.addEventListener("keydown",c=>yr(c,o));let a=p("input",{type:"search",class:"field",placeholder:"Neuron or label","aria-label":"Search for a neuron or a label",spellcheck:"false"}),s=p("output",{class:"hits number","aria-live":"polite"});a.addEventListener("input",()=>e({query:a.value}));let u=p("details",{class:"menu problems",hidden:!0});return{element:p("header",{class:"top"},p("h1",{class:"visually-hidden"},"NeurFlow"),p("div",{class:"pickers"},n.element,r.element),i,p("div",{class:"tools"},u,p("span",{class:"search",role:"search"},ke(me.search),a,s),Pu(t))),hits(c){s.textContent=c===null?"":c===0?"none":String(c)},update(c,f,d){n.show(c.map(_=>({value:_,text:_})),f?.run.name??null);let g=f===null?null:ne(f.run,f.state);r.show((f?.run.targets??[]).map(_=>({value:String(_.target),text:_.name})),g===null?null:String(g)),r.element.hidden=d==="debug";for(let _ of o){let S=_.dataset.view===d;_.setAttribute("aria-selected",String(S)),_.tabIndex=S?0:-1}f!==null&&a.value!==f.state.query&&(a.value=f.state.query),Iu(u,f?.run.problems??[])}}}function Uo(e,t){let n=p("select",{class:"select","aria-label":e});n.addEventListener("change",()=>t(n.value));let r="";return{element:p("label",{class:"labelled"},p("span",{"aria-hidden":"true"},e),n),show(o,i){let a=JSON.stringify(o);a!==r&&(n.replaceChildren(...o.map(({value:s,text:u})=>p("option",{value:s},u))),r=a),i!==null&&(n.value=i),n.disabled=o.length===0,n.title=o.find(({value:s})=>s===i)?.text??""}}}function Pu(e){let t=p("details",{class:"menu save"}),n=(r,o)=>{let i=p("button",{type:"button",class:"button bare"},o);return i.addEventListener("click",()=>{t.open=!1,e(r)}),i};return t.append(p("summary",{class:"button icon","aria-label":"Save this view",title:"Save this view"},ke(me.save)),p("div",{class:"popup"},n("svg","Save as SVG"),n("png","Save as PNG"))),Qo(t),t}function Iu(e,t){if(e.hidden=t.length===0,e.hidden)return;let n=t.length===1?"1 snapshot could not be read":`${t.length} snapshots could not be read`;e.replaceChildren(p("summary",{class:"button icon","aria-label":n,title:n},ke(me.warning)),p("div",{class:"popup"},p("h3",{},n),p("ul",{},...t.map(({step:r,message:o})=>p("li",{},p("b",{class:"number"},r===null?"":`Step ${r}: `),o))))),Qo(e)}var Ko=new WeakSet;function Qo(e){Ko.has(e)||(Ko.add(e),document.addEventListener("pointerdown",t=>{e.contains(t.target)||(e.open=!1)}),e.addEventListener("keydown",t=>{t.key!=="Escape"||!e.open||(e.open=!1,e.querySelector("summary")?.focus())}))}var zu=["fill","fill-opacity","stroke","stroke-width","stroke-dasharray","stroke-opacity","stroke-linecap","opacity","visibility","display","font-family","font-size","font-weight","font-variant-numeric","letter-spacing","text-anchor","dominant-baseline","paint-order"],fn=16,dn=2;async function Jo(e,t){let n=[...e.querySelectorAll("svg[data-export]")].filter(f=>f.getClientRects().length>0),r=n.map(f=>f.getBoundingClientRect()),o=Math.min(...r.map(f=>f.left),1/0),i=Math.min(...r.map(f=>f.top),1/0),a=Math.max(...r.map(f=>f.right),o)-o+2*fn,s=Math.max(...r.map(f=>f.bottom),i)-i+2*fn,u=getComputedStyle(document.body),l=new Map,c=await Promise.all(n.map(async(f,d)=>{let g=await Vu(f,l);return g.setAttribute("x",String(r[d].left-o+fn)),g.setAttribute("y",String(r[d].top-i+fn)),g.setAttribute("width",String(r[d].width)),g.setAttribute("height",String(r[d].height)),g}));return M("svg",{xmlns:"http://www.w3.org/2000/svg",width:a,height:s,viewBox:`0 0 ${a} ${s}`},M("title",{},t),M("rect",{width:"100%",height:"100%",fill:u.backgroundColor}),...c)}function br(e){return`<?xml version="1.0" encoding="UTF-8"?>
${new XMLSerializer().serializeToString(e)}`}async function ei(e){let t=Number(e.getAttribute("width")),n=Number(e.getAttribute("height")),r=await ni(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(br(e))}`),o=document.createElement("canvas");o.width=Math.ceil(t*dn),o.height=Math.ceil(n*dn);let i=o.getContext("2d");return i.scale(dn,dn),i.drawImage(r,0,0,t,n),new Promise((a,s)=>{o.toBlob(u=>{u===null?s(new Error("This browser made no PNG of the drawing.")):a(u)},"image/png")})}function ti(e,t){let n=URL.createObjectURL(e),r=document.createElement("a");r.href=n,r.download=t,r.click(),setTimeout(()=>URL.revokeObjectURL(n),1e4)}async function Vu(e,t){let n=e.cloneNode(!0),r=[e,...e.querySelectorAll("*")],o=[n,...n.querySelectorAll("*")];return r.forEach((i,a)=>Hu(i,o[a])),await Promise.all([...n.querySelectorAll("image")].map(async i=>{let a=i.getAttribute("href"),s=i.parentElement;a===null||!(s instanceof SVGSVGElement)||(t.has(a)||t.set(a,ni(a)),Fu(await t.get(a),s,i))})),n}function Hu(e,t){let n=getComputedStyle(e);t.setAttribute("style",zu.map(r=>`${r}:${n.getPropertyValue(r)}`).join(";"));for(let r of["class","tabindex","role","aria-pressed"])t.removeAttribute(r)}function Fu(e,t,n){let{x:r,y:o,width:i,height:a}=t.viewBox.baseVal,s=document.createElement("canvas");s.width=i,s.height=a,s.getContext("2d").drawImage(e,r,o,i,a,0,0,i,a),t.setAttribute("viewBox",`0 0 ${i} ${a}`),n.setAttribute("href",s.toDataURL("image/png")),n.setAttribute("width",String(i)),n.setAttribute("height",String(a))}function ni(e){return new Promise((t,n)=>{let r=new Image;r.onload=()=>t(r),r.onerror=()=>n(new Error("A picture of this view could not be read.")),r.src=e})}var ri="http://www.w3.org/2000/svg";function se(e,t,n,r){let o="graph"in n?n.graph:n,i=o.patches[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function oi(e,t,n,r){let o="graph"in n?n.graph:n,i=o.images[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function J(e,t=null){let n=document.createElementNS(ri,"svg");return n.classList.add("picture"),t!==null&&(n.setAttribute("width",String(t)),n.setAttribute("height",String(t))),n.append(document.createElementNS(ri,"image")),xr(n,e),n}function xr(e,t){let n=`${t.x} ${t.y} ${t.width} ${t.height}`;e.getAttribute("viewBox")!==n&&e.setAttribute("viewBox",n),e.setAttribute("preserveAspectRatio","xMidYMid slice");let r=e.firstElementChild;r.getAttribute("href")!==t.href&&r.setAttribute("href",t.href)}var Bu=120;function ai(e,t){let n=p("aside",{class:"detail","aria-label":"Details"}),r=null,o=null,i=0,a,s=0;n.addEventListener("scroll",()=>s=n.scrollTop,{passive:!0});function u(A){r?.state.group!==A.state.group&&(i=0),r=A,clearTimeout(a);let{snapshot:N,run:k}=A;N!==null&&l(A)===null&&(a=setTimeout(()=>{t.detail(k.name,N.step).then(w=>{o={run:k.name,graph:w},r?.snapshot===N&&f()},w=>{r?.snapshot===N&&c(String(w instanceof Error?w.message:w))})},Bu)),f()}function l({run:A,snapshot:N}){return o!==null&&o.run===A.name&&o.graph.step===N?.step?o.graph:null}function c(A){n.append(p("p",{class:"muted",role:"status"},A))}function f(){if(r===null)return;let{snapshot:A,state:N,run:k}=r,w=A&&ue(A,ne(k,N)),m=N.group===null?null:w?.byKey.get(N.group)??null,b=n.contains(document.activeElement)?document.activeElement.dataset.focus:void 0;n.classList.toggle("open",N.group!==null),w===null?n.replaceChildren():N.group===null?n.replaceChildren(...F(w)):m===null?n.replaceChildren(..._(w,r,N.group)):n.replaceChildren(...g(w,m,r)),s>0&&(n.scrollTop=s),b!==void 0&&n.querySelector(`[data-focus="${CSS.escape(b)}"]`)?.focus()}function d(A,N,k){let w=p("button",{type:"button",class:"button icon bare","aria-label":"Close details","data-focus":"close"},ke(me.close));return w.addEventListener("click",()=>e({group:null})),p("header",{},p("div",{},p("h2",{},A),p("p",{class:"muted"},N.filter(Boolean).join(" · "))),k?w:null)}function g(A,N,k){let w=l(k)?.targets.find(b=>b.target===A.target.target),m=w?.groups.find(b=>Me(b)===N.key)??N.group,{stability:x}=N.group;return[d(Se(A,N),[N.group.layer,N.group.lineage===null?null:`lineage ${N.group.lineage}`],!0),p("div",{class:"facts"},vr("importance",Y(N.group.importance)),vr("members",String(N.size)),...x===null?[]:[vr(Ue(x)?"stable":"stable (too little)",Y(x))]),...S(m.patches,k),Ve("History",z(k,A,N.key)),...v("Fed by",A,N,"target","source"),...v("Feeds",A,N,"source","target"),Ve("Neurons",P(m.members,N,w))]}function _(A,N,k){let w=fr(N.run,A.target.target,k).filter(b=>b.node!==null),m=w[w.length-1]?.node,x=w.map(({snapshot:b})=>b.step);return[d(m?he(m.group):k,[m?.group.layer??null],!0),p("p",{class:"muted"},x.length===0?"No snapshot of this target holds this group.":`Not in the circuit at step ${A.snapshot.step}. It is there in ${ee(x.length,"snapshot")}, from step ${x[0]} to ${x[x.length-1]}.`),...x.length===0?[]:[Ve("History",z(N,A,k))]]}function S(A,N){let{run:k,snapshot:w}=N;if(w===null)return[];let m=l(N)??w.graph,x=A.flatMap(L=>{let y=se(t,k.name,m,L);return y===null?[]:[{row:L,cut:y}]});if(x.length===0)return[];let b=x[Math.min(i,x.length-1)],E=p("div",{class:"strip",role:"group","aria-label":"Patches, best first"});return x.forEach(({row:L,cut:y},h)=>{let C=ii(m,L),T=p("button",{type:"button","aria-pressed":String(L===b.row),"aria-label":`Patch ${h+1} of ${x.length}${C===null?"":`, from an image of ${C}`}`,"data-focus":`patch ${h}`},J(y));T.addEventListener("click",()=>{i=h,f()}),E.append(T)}),[p("figure",{class:"gallery"},$(b.row,m,k.name),E)]}function $(A,N,k){let[,,,w,m,x,b,E,L,y]=N.patches[A],h=oi(t,k,N,x),C=ii(N,A),T=p("figcaption",{class:"muted"},`image ${x}${C===null?"":`, labelled “${C}”`}`);if(h===null||N.input===null){let j=J(se(t,k,N,A));return j.setAttribute("style",`aspect-ratio: ${w} / ${m}`),p("div",{class:"source"},j,T)}let[H,O]=N.input,I=M("svg",{class:"whole",viewBox:`0 0 ${O} ${H}`,role:"img","aria-label":`Patch on image ${x}${C===null?"":` of ${C}`}`}),V=J(h);V.setAttribute("width",String(O)),V.setAttribute("height",String(H));let B={x:E,y:b,width:y,height:L};return I.append(V,M("path",{class:"veil","fill-rule":"evenodd",d:`M0 0H${O}V${H}H0ZM${E} ${b}h${y}v${L}h${-y}Z`}),M("rect",{class:"box",...B})),p("div",{class:"source"},I,T)}function v(A,N,k,w,m){let x=N.links.filter(h=>h[w]===k.key&&h.weight!==0).sort((h,C)=>Math.abs(C.weight)-Math.abs(h.weight));if(x.length===0)return[];let b=Math.abs(x[0].weight),E=x.map(h=>R(h,N.byKey.get(h[m]),N,b)),L=p("ul",{class:"links"},...E.slice(0,6));if(E.length<=6)return[Ve(A,L)];let y=p("details",{class:"more"},p("summary",{},`${E.length-6} more`),p("ul",{class:"links"},...E.slice(6)));return[Ve(A,L,y)]}function R(A,N,k,w){let m=A.weight<0?"-":"+",x=49*Math.abs(A.weight)/w,b=M("svg",{class:"diverging",viewBox:"0 0 100 6",preserveAspectRatio:"none","aria-hidden":"true"},M("path",{class:"zero",d:"M50 0V6"}),M("rect",{"data-sign":m,x:m==="-"?50-x:50,y:.5,width:x,height:5})),E=Se(k,N),L=p("button",{type:"button",class:"link","data-focus":`group ${N.key}`},E);return L.addEventListener("click",()=>e({group:N.key})),p("li",{},L,b,p("span",{class:"number"},$e(A.weight)),A.stability===null?null:p("span",{class:"number muted",title:"share of resamples in which the sign is the same"},Y(A.stability)))}function P(A,N,k){if(A===void 0||k===void 0)return p("p",{class:"muted"},`${ee(N.size,"member")} …`);let w=new Map((k.neurons??[]).filter(E=>E.layer===N.group.layer).map(E=>[E.index,E])),m=p("tbody");for(let[E,L,y]of A){let h=w.get(E);m.append(p("tr",{},p("th",{scope:"row",class:"number"},String(E)),p("td",{},h===void 0||h.meanings<2?"only":`${L+1} of ${h.meanings}`),p("td",{class:"number"},Y(y)),p("td",{class:"number"},Y(h?.importance)),p("td",{class:"number"},Y(h?.gap)),p("td",{class:"number"},Y(h?.stability)))),h!==void 0&&h.inputs.length>0&&m.append(D(h))}let b=[["neuron","its index in the layer"],["meaning","which of its semantic groups"],["share","share of the neuron's patches that have this meaning"],["imp.","importance: path weight to the target"],["gap","completeness gap: error of the attribution's integral"],["stab.","share of resamples in which it is core"]].map(([E,L])=>p("th",{scope:"col",title:L},E));return p("div",{class:"scroll",tabindex:0,role:"region","aria-label":"Member neurons"},p("table",{class:"members"},p("thead",{},p("tr",{},...b)),m))}function D(A){let N=A.inputs.flatMap(([k,w])=>[p("span",{class:"input","data-sign":w<0?"-":"+"},`${k} `,p("b",{},$e(w)))," "]);return p("tr",{class:"inputs"},p("td",{colspan:6},p("span",{class:"muted"},"from "),...N))}function F(A){let{target:N,snapshot:k}=A,{graph:w}=k,m=["layer","neurons","groups","meanings","gap"].map(L=>p("th",{scope:"col"},L)),x=re(w.layers),b=[...w.layers].reverse().flatMap(L=>{let y=N.statistics[L];if(y===void 0)return[];let h=[de(y.core_neurons),de(y.neuron_groups),de(y.semantic_groups),Y(y.completeness_gap)];return[p("tr",{},p("th",{scope:"row",class:"layer",title:L},p("span",{},x.get(L))),...h.map(C=>p("td",{class:"number"},C)))]}),E=Object.values(N.left_out).reduce((L,y)=>L+y,0);return[d(N.name,[`class ${N.target}`,w.weights==="averaged"?"averaged weights":null],!1),...G(N,w),Ve("Layers, deep to shallow",p("div",{class:"scroll"},p("table",{class:"members"},p("thead",{},p("tr",{},...m)),p("tbody",{},...b))),...E>0?[p("p",{class:"muted"},`${ee(E,"core neuron")} left out by max_neurons_per_layer.`)]:[]),...q(A),Ve("Made with",Wu(w)),p("p",{class:"muted hint"},"Choose a group for its patches, neurons and links. Hover to see what it lies on.")]}function G(A,N){if(A.drift===null)return[];let k=A.drift.verdict,w=N.since===null?"":` since step ${N.since}`,m=p("button",{type:"button",class:"link","data-focus":"drift"},"Show drift");return m.addEventListener("click",()=>e({view:"drift"})),[p("p",{class:"verdict"},p("span",{class:k==="changed"?"chip alarm":"chip"},k),p("span",{class:"muted"},`${w.trim()} `),m)]}function q(A){let N=A.target.drift?.events??[],k=new Map;for(let m of N){if(m.event==="survive")continue;let x=`${m.layer} ${m.event}`;k.set(x,[...k.get(x)??[],m])}if(k.size===0)return[];let w=[...k.values()].map(m=>p("li",{},...W(m,A)));return[Ve("What happened at this step",p("ul",{class:"events"},...w))]}function W(A,N){let k=[...new Set(A.flatMap(b=>b.lineage))],w=k.flatMap((b,E)=>{let L=`L${b}`,y=N.byKey.get(L),h=E<k.length-1?",":"";if(y===void 0)return[`${b}${h} `];let C=y.group.label??String(b),T=p("button",{type:"button",class:"link","data-focus":`event ${L}`,"aria-label":he(y.group)},C);return T.addEventListener("click",()=>e({group:L})),[p("span",{class:"whole-word"},T,h)," "]}),{event:m,layer:x}=A[0];return[p("span",{class:"chip"},m),p("span",{class:"muted",title:x},` ${re(N.snapshot.graph.layers).get(x)??x}: `),k.length===1?"group ":"groups ",...w]}function z(A,N,k){let{run:w}=A,m=fr(w,N.target.target,k),x=w.snapshots.flatMap(({step:E,graph:L})=>(L.targets.find(y=>y.target===N.target.target)?.drift?.events??[]).filter(y=>y.event!=="survive"&&y.lineage.some(h=>`L${h}`===k)).map(y=>({step:E,event:y}))),b=x.slice(-6).map(({step:E,event:L})=>{let y=p("button",{type:"button",class:"link number","data-focus":`step ${E}`},`step ${E}`);return y.addEventListener("click",()=>e({step:E})),p("li",{},y," ",p("span",{class:"muted"},ju(L,k)))});return p("div",{},qu(m.map(({node:E})=>E?.importance??null),w.snapshots.indexOf(N.snapshot),new Set(x.map(({step:E})=>w.snapshots.findIndex(L=>L.step===E)))),b.length===0?null:p("ul",{class:"events"},...b))}return{element:n,update:u}}function qu(e,t,n){let[r,o,i]=[300,46,5],a=Math.max(...e.map(f=>f??0),1e-9),s=f=>e.length<2?r/2:i+(r-2*i)*f/(e.length-1),u=f=>o-i-(o-2*i)*f/a,l=e.map((f,d)=>f===null?"":`${d===0||e[d-1]===null?"M":"L"}${s(d).toFixed(1)} ${u(f).toFixed(1)}`).join(""),c=e[t]??null;return M("svg",{class:"sparkline",viewBox:`0 0 ${r} ${o}`,role:"img","aria-label":`Importance through the run, at most ${Y(a)}`},M("path",{class:"base",d:`M${i} ${o-i}H${r-i}`}),M("path",{class:"now",d:`M${s(t)} 0V${o}`}),M("path",{class:"line",d:l||"M0 0"}),...e.flatMap((f,d)=>f!==null&&(e[d-1]??null)===null&&(e[d+1]??null)===null?[M("circle",{class:"alone",cx:s(d),cy:u(f),r:2})]:[]),...[...n].map(f=>M("circle",{class:"mark",cx:s(f),cy:o-i,r:2.5})),c===null?null:M("circle",{class:"dot",cx:s(t),cy:u(c),r:4}))}function ju(e,t){let n=e.lineage.map(i=>`L${i}`).filter(i=>i!==t);return{emerge:"appears",disappear:"disappears",split:`comes of a split${n.length===0?"":` with ${n.map(i=>`group ${i.slice(1)}`).join(", ")}`}`,merge:"is merged of several"}[e.event]??e.event}function ii(e,t){let n=e.patches[t]?.[5],r=n===void 0?null:e.images[n]?.[5]??null;return r===null?null:String(r)}function Wu(e){let t=[...new Set(Object.values(e.methods))].join(", "),n=[...Object.entries(e.config).map(([r,o])=>[r,String(o)]),...t===""?[]:[["method",t]],["probe images",e.fingerprint.slice(0,12)]];return p("dl",{class:"pairs"},...n.flatMap(([r,o])=>[p("dt",{},r),p("dd",{class:"mono"},o)]))}function vr(e,t){return p("div",{},p("b",{class:"number"},t),p("span",{},e))}function Ve(e,...t){return p("section",{},p("h3",{},e),...t)}var Xu=`from neurflow_lightning import NeurFlowCallback

neurflow = NeurFlowCallback(targets=["cat", "dog"], every_n_epochs=1)
trainer = Trainer(callbacks=[neurflow])`;function si(){let e=p("section",{class:"view welcome","aria-live":"polite",hidden:!0}),t=(...r)=>{e.replaceChildren(p("div",{},...r))},n=()=>p("p",{class:"muted waiting"},p("i",{}),"This page looks again every few seconds.");return{element:e,loading:()=>t(p("p",{class:"muted waiting"},p("i",{}),"Loading circuits …")),nothing:r=>t(p("h2",{},"No circuits yet"),p("p",{},"Add the callback to your training. Each snapshot it takes appears here, while the training runs."),p("pre",{class:"mono"},Xu),p("p",{},"The run needs a TensorBoard logger, and TensorBoard its log folder: ",p("code",{class:"mono"},"tensorboard --logdir lightning_logs")),...r?[n()]:[]),noSnapshots:r=>t(p("h2",{},"No snapshot yet"),p("p",{},`The run ${r} has begun and holds no circuit so far. The first comes with the first validation that the callback’s schedule allows.`),n()),failed(r,o){let i=p("button",{type:"button",class:"button"},"Try again");i.addEventListener("click",o),t(p("h2",{},"The circuits could not be loaded"),p("p",{},r),i)}}}var Yu=3e3,Uu=250;function wr(e,t,n,r,o){let i=un(ln,{...r,...n.link()}),a=null,s=null,u=!1,l,c,f,d=new Map,g=new Set,_=new Map,S=p("div",{class:"stage",id:"stage",role:"tabpanel"}),$=si(),v=Zo(F,y=>void E(y)),R=Yo(F),P=ai(F,t),D=p("div",{class:"middle"},p("main",{},S),P.element);S.append($.element),e.replaceChildren(p("div",{class:"app"},v.element,D,R.element)),S.addEventListener("hits",y=>v.hits(y.detail)),document.addEventListener("keydown",b),n.onTheme(y=>{document.documentElement.dataset.theme=y?"dark":"light"}),n.onLink(y=>{Object.keys(y).length>0?F({...ln,run:i.run,...y}):n.write(i)}),n.onReload(()=>void W()),window.addEventListener("focus",()=>{t.canGrow&&W()}),W();function F(y){let h=i;i=un(i,y),i!==h&&((i.run!==h.run||i.otherRun!==h.otherRun)&&W(),i.live&&!h.live&&W(),i.playing!==h.playing&&q(),N())}function G(){let y=d.get(i.run);if(y===void 0)return null;let h=i.otherRun===null?y:d.get(i.otherRun)??null;return{run:y,other:h,state:i,snapshot:At(y,i.step)}}function q(){if(clearTimeout(f),!i.playing)return;let y=d.get(i.run),h=Math.min(900,Math.max(90,2e4/(y?.snapshots.length??1)));f=setTimeout(()=>{let C=G(),T=C===null?null:cn(C.run,C.snapshot,1);F(T===null?{playing:!1}:{step:T}),q()},h)}async function W(){clearTimeout(c);try{a=await t.runs(),a.includes(i.run)||z(a[0]??"");let h=[i.run,i.otherRun].filter(C=>C!==null&&a.includes(C));await Promise.all([...new Set(h)].map(A)),s=null}catch(h){let C=h instanceof Error?h.message:String(h);C!==s&&d.has(i.run)&&L(C),s=C}N();let y=s!==null||(d.get(i.run)?.snapshots.length??0)===0;clearTimeout(c),t.canGrow&&(i.live||y)&&(c=setTimeout(()=>void W(),Yu))}function z(y){i.run!==""&&y!==""&&L(`There is no run ${i.run} any more: this is ${y}.`),i=un(i,i.run===""?{run:y}:{run:y,step:null,group:null})}async function A(y){if(!g.has(y)){g.add(y);try{let h=d.get(y)??null,C=h?.snapshots[h.snapshots.length-1],T=await t.series(y,C??null);h!==null&&T.snapshots.length===0&&!T.restarted&&T.problems.length===h.problems.length||d.set(y,Vo(h,T))}finally{g.delete(y)}}}function N(){u||(u=!0,requestAnimationFrame(()=>{u=!1,k()}),clearTimeout(l),l=setTimeout(()=>n.write(i),Uu))}function k(){let y=G(),h=document.documentElement;v.update(a??[],y,i.view),S.setAttribute("aria-labelledby",`tab-${i.view}`);let C=y!==null&&y.run.snapshots.length>0;$.element.hidden=C,D.classList.toggle("bare",!C||i.view==="debug"),D.classList.toggle("roomy",i.view!=="circuit"),R.element.hidden=!C;for(let[T,H]of _)H.element.hidden=!C||T!==i.view;if(y===null||!C){m(y),h.dataset.ready=a===null&&s===null?"":"empty";return}R.update(y,t.canGrow),w(i.view).update(y),i.view!=="circuit"&&v.hits(null),P.update(y),h.dataset.view=i.view,h.dataset.step=String(y.snapshot?.step??""),h.dataset.target=String(ne(y.run,i)??""),h.dataset.ready="true",x(y)}function w(y){let h=_.get(y);return h===void 0&&(h=o[y](F,t),_.set(y,h),S.append(h.element)),h.element.hidden=!1,h}function m(y){s!==null?$.failed(s,()=>void W()):a===null?$.loading():a.length===0?$.nothing(t.canGrow):y===null?$.loading():$.noSnapshots(y.run.name)}function x({run:y,snapshot:h,state:C}){if(h===null)return;let T=y.snapshots.indexOf(h);for(let H of[y.snapshots[T+1],y.snapshots[T-1]]){let O=H===void 0?null:ue(H,ne(y,C));if(O===null)continue;let{graph:I}=O.snapshot,V=O.nodes.flatMap(({group:j})=>j.patches.slice(0,4)),B=new Set(V.flatMap(j=>I.patches[j]?.[0]??[]));for(let j of B)new Image().src=t.sheet(y.name,I.step,j)}}function b(y){let h=G(),C=y.target;if(h===null||y.defaultPrevented||y.ctrlKey||y.metaKey||y.altKey)return;if(y.key==="Escape"){F({group:null});return}if(C.closest("input, select, textarea, [role=tablist], [role=radiogroup], .scroll")!==null&&(y.key!==" "||!C.matches("input[type=range]")))return;let{snapshots:T}=h.run,H={ArrowLeft:cn(h.run,h.snapshot,-1),ArrowRight:cn(h.run,h.snapshot,1),Home:T[0]?.step,End:T[T.length-1]?.step};if(y.key in H){let O=H[y.key];O!=null&&F({step:O,playing:!1}),y.preventDefault()}else y.key===" "&&C.closest("button, summary, [role=button]")===null&&(F(gr(h)),y.preventDefault())}async function E(y){let h=G(),C=_.get(i.view);if(h===null||C===void 0)return;let T=h.run.targets.find(I=>I.target===ne(h.run,i)),H=h.snapshot?.step??0,O=`${i.view} ${T?.name??""} step ${H}`;try{let I=await Jo(C.element,`${O}, ${h.run.name}`),V=y==="svg"?new Blob([br(I)],{type:"image/svg+xml"}):await ei(I);ti(V,`neurflow-${O.replace(/[^\p{L}\p{N}]+/gu,"-")}.${y}`)}catch(I){L(`This view could not be saved: ${I instanceof Error?I.message:String(I)}`)}}function L(y){let h=p("p",{class:"toast",role:"alert"},y);e.append(h),setTimeout(()=>h.remove(),6e3)}}var Ku="neurflow",[Zu,Qu]=["experimental.bootstrap","experimental.DataReloaded"];function kr(e){let t=Ju(e),n=t!==e,r=()=>!n||/^#?([^&=]*)/.exec(t.location.hash)?.[1]===Ku;return{link:()=>r()?hr(t.location.hash):{},write(o){if(!r())return;let i=jo(o,t.location.hash);if(i!==(t.location.hash||"#"))try{t.history.replaceState(t.history.state,"",i)}catch{}},onLink(o){t.addEventListener("hashchange",()=>{r()&&o(hr(t.location.hash))})},onTheme(o){if(!n){let s=e.matchMedia("(prefers-color-scheme: dark)");s.addEventListener("change",()=>o(s.matches)),o(s.matches);return}let{body:i}=t.document,a=()=>o(i.classList.contains("dark-mode"));new MutationObserver(a).observe(i,{attributes:!0,attributeFilter:["class"]}),a()},onReload(o){if(!n)return;let{port1:i,port2:a}=new MessageChannel;i.onmessage=({data:s})=>{let{type:u,id:l,isReply:c}=JSON.parse(s);c||(u===Qu&&o(),i.postMessage(JSON.stringify({type:u,id:l,payload:null,error:null,isReply:!0})))},t.postMessage(Zu,e.location.origin,[a])}}}function Ju(e){try{if(e.parent!==e&&e.parent.document.body!==null)return e.parent}catch{}return e}function li(e=t=>fetch(t)){let t=new Map,n=(r,o)=>`${r}?${Object.entries(o).map(([i,a])=>`${i}=${encodeURIComponent(a)}`).join("&")}`;return{canGrow:!0,async runs(){return(await pn(e,"runs")).runs.map(o=>o.name)},series:(r,o)=>pn(e,n("series",{run:r,...o===null?{}:{since_step:o.step,since_time:o.wallTime}})),detail(r,o){let i=n("detail",{run:r,step:o}),a=t.get(i);if(a!==void 0)return a;let s=pn(e,i);return t.set(i,s),s.catch(()=>t.delete(i)),s},sheet:(r,o,i)=>n("sheet",{run:r,step:o,sheet:i}),mistakes:(r,o)=>pn(e,n("mistakes",{run:r,step:o})),mistakenImage:(r,o,i)=>n("mistaken_image",{run:r,step:o,sheet:i})}}async function pn(e,t){let n=await e(t);if(n.ok)return await n.json();throw new Error(await ec(n,t))}async function ec(e,t){try{let{error:n}=await e.json();if(typeof n=="string")return n}catch{}return`${t}: TensorBoard answered ${e.status} ${e.statusText}.`}function ui(e){let t=r=>{let o=e.runs[r];if(o===void 0)throw new Error(`This page holds no run named ${r}.`);return o},n=(r,o)=>{let i=t(r).graphs.findIndex(a=>a.step===o);if(i<0)throw new Error(`Run ${r} has no snapshot of step ${o} in this page.`);return i};return{canGrow:!1,runs:async()=>Object.keys(e.runs),async series(r,o){let{graphs:i,wall_times:a}=t(r),s=i.map((l,c)=>({...l,wall_time:a[c]??0})).filter(l=>o===null||l.step>o.step),u=i[i.length-1]?.layers??[];return{run:r,layers:u,snapshots:s,problems:[],restarted:!1}},detail:async(r,o)=>t(r).graphs[n(r,o)],sheet:(r,o,i)=>t(r).sheets[n(r,o)]?.[i]??"",async mistakes(r,o){let{mistakes:i={}}=t(r);return{steps:Object.keys(i).map(Number),record:i[o]?.record??null,problem:null}},mistakenImage:(r,o,i)=>t(r).mistakes?.[o]?.sheets[i]??""}}var ci=`/* Calm: paper, ink, one accent. Colour says sign (with dash), alarm and selection, nothing else. */
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
`;var fi=`/* --- header -------------------------------------------------------------------------- */

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
`;var mn="http://www.w3.org/1999/xhtml",Mr={svg:"http://www.w3.org/2000/svg",xhtml:mn,xlink:"http://www.w3.org/1999/xlink",xml:"http://www.w3.org/XML/1998/namespace",xmlns:"http://www.w3.org/2000/xmlns/"};function Re(e){var t=e+="",n=t.indexOf(":");return n>=0&&(t=e.slice(0,n))!=="xmlns"&&(e=e.slice(n+1)),Mr.hasOwnProperty(t)?{space:Mr[t],local:e}:e}function rc(e){return function(){var t=this.ownerDocument,n=this.namespaceURI;return n===mn&&t.documentElement.namespaceURI===mn?t.createElement(e):t.createElementNS(n,e)}}function oc(e){return function(){return this.ownerDocument.createElementNS(e.space,e.local)}}function hn(e){var t=Re(e);return(t.local?oc:rc)(t)}function ic(){}function Ke(e){return e==null?ic:function(){return this.querySelector(e)}}function di(e){typeof e!="function"&&(e=Ke(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=new Array(a),u,l,c=0;c<a;++c)(u=i[c])&&(l=e.call(u,u.__data__,c,i))&&("__data__"in u&&(l.__data__=u.__data__),s[c]=l);return new Q(r,this._parents)}function Sr(e){return e==null?[]:Array.isArray(e)?e:Array.from(e)}function ac(){return[]}function Rt(e){return e==null?ac:function(){return this.querySelectorAll(e)}}function sc(e){return function(){return Sr(e.apply(this,arguments))}}function pi(e){typeof e=="function"?e=sc(e):e=Rt(e);for(var t=this._groups,n=t.length,r=[],o=[],i=0;i<n;++i)for(var a=t[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&(r.push(e.call(u,u.__data__,l,a)),o.push(u));return new Q(r,o)}function Nt(e){return function(){return this.matches(e)}}function gn(e){return function(t){return t.matches(e)}}var lc=Array.prototype.find;function uc(e){return function(){return lc.call(this.children,e)}}function cc(){return this.firstElementChild}function mi(e){return this.select(e==null?cc:uc(typeof e=="function"?e:gn(e)))}var fc=Array.prototype.filter;function dc(){return Array.from(this.children)}function pc(e){return function(){return fc.call(this.children,e)}}function hi(e){return this.selectAll(e==null?dc:pc(typeof e=="function"?e:gn(e)))}function gi(e){typeof e!="function"&&(e=Nt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new Q(r,this._parents)}function yn(e){return new Array(e.length)}function yi(){return new Q(this._enter||this._groups.map(yn),this._parents)}function Ot(e,t){this.ownerDocument=e.ownerDocument,this.namespaceURI=e.namespaceURI,this._next=null,this._parent=e,this.__data__=t}Ot.prototype={constructor:Ot,appendChild:function(e){return this._parent.insertBefore(e,this._next)},insertBefore:function(e,t){return this._parent.insertBefore(e,t)},querySelector:function(e){return this._parent.querySelector(e)},querySelectorAll:function(e){return this._parent.querySelectorAll(e)}};function bi(e){return function(){return e}}function mc(e,t,n,r,o,i){for(var a=0,s,u=t.length,l=i.length;a<l;++a)(s=t[a])?(s.__data__=i[a],r[a]=s):n[a]=new Ot(e,i[a]);for(;a<u;++a)(s=t[a])&&(o[a]=s)}function hc(e,t,n,r,o,i,a){var s,u,l=new Map,c=t.length,f=i.length,d=new Array(c),g;for(s=0;s<c;++s)(u=t[s])&&(d[s]=g=a.call(u,u.__data__,s,t)+"",l.has(g)?o[s]=u:l.set(g,u));for(s=0;s<f;++s)g=a.call(e,i[s],s,i)+"",(u=l.get(g))?(r[s]=u,u.__data__=i[s],l.delete(g)):n[s]=new Ot(e,i[s]);for(s=0;s<c;++s)(u=t[s])&&l.get(d[s])===u&&(o[s]=u)}function gc(e){return e.__data__}function xi(e,t){if(!arguments.length)return Array.from(this,gc);var n=t?hc:mc,r=this._parents,o=this._groups;typeof e!="function"&&(e=bi(e));for(var i=o.length,a=new Array(i),s=new Array(i),u=new Array(i),l=0;l<i;++l){var c=r[l],f=o[l],d=f.length,g=yc(e.call(c,c&&c.__data__,l,r)),_=g.length,S=s[l]=new Array(_),$=a[l]=new Array(_),v=u[l]=new Array(d);n(c,f,S,$,v,g,t);for(var R=0,P=0,D,F;R<_;++R)if(D=S[R]){for(R>=P&&(P=R+1);!(F=$[P])&&++P<_;);D._next=F||null}}return a=new Q(a,r),a._enter=s,a._exit=u,a}function yc(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function vi(){return new Q(this._exit||this._groups.map(yn),this._parents)}function wi(e,t,n){var r=this.enter(),o=this,i=this.exit();return typeof e=="function"?(r=e(r),r&&(r=r.selection())):r=r.append(e+""),t!=null&&(o=t(o),o&&(o=o.selection())),n==null?i.remove():n(i),r&&o?r.merge(o).order():o}function ki(e){for(var t=e.selection?e.selection():e,n=this._groups,r=t._groups,o=n.length,i=r.length,a=Math.min(o,i),s=new Array(o),u=0;u<a;++u)for(var l=n[u],c=r[u],f=l.length,d=s[u]=new Array(f),g,_=0;_<f;++_)(g=l[_]||c[_])&&(d[_]=g);for(;u<o;++u)s[u]=n[u];return new Q(s,this._parents)}function Mi(){for(var e=this._groups,t=-1,n=e.length;++t<n;)for(var r=e[t],o=r.length-1,i=r[o],a;--o>=0;)(a=r[o])&&(i&&a.compareDocumentPosition(i)^4&&i.parentNode.insertBefore(a,i),i=a);return this}function Si(e){e||(e=bc);function t(f,d){return f&&d?e(f.__data__,d.__data__):!f-!d}for(var n=this._groups,r=n.length,o=new Array(r),i=0;i<r;++i){for(var a=n[i],s=a.length,u=o[i]=new Array(s),l,c=0;c<s;++c)(l=a[c])&&(u[c]=l);u.sort(t)}return new Q(o,this._parents).order()}function bc(e,t){return e<t?-1:e>t?1:e>=t?0:NaN}function $i(){var e=arguments[0];return arguments[0]=this,e.apply(null,arguments),this}function Ei(){return Array.from(this)}function _i(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length;o<i;++o){var a=r[o];if(a)return a}return null}function Ci(){let e=0;for(let t of this)++e;return e}function Ti(){return!this.node()}function Li(e){for(var t=this._groups,n=0,r=t.length;n<r;++n)for(var o=t[n],i=0,a=o.length,s;i<a;++i)(s=o[i])&&e.call(s,s.__data__,i,o);return this}function xc(e){return function(){this.removeAttribute(e)}}function vc(e){return function(){this.removeAttributeNS(e.space,e.local)}}function wc(e,t){return function(){this.setAttribute(e,t)}}function kc(e,t){return function(){this.setAttributeNS(e.space,e.local,t)}}function Mc(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttribute(e):this.setAttribute(e,n)}}function Sc(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttributeNS(e.space,e.local):this.setAttributeNS(e.space,e.local,n)}}function Ai(e,t){var n=Re(e);if(arguments.length<2){var r=this.node();return n.local?r.getAttributeNS(n.space,n.local):r.getAttribute(n)}return this.each((t==null?n.local?vc:xc:typeof t=="function"?n.local?Sc:Mc:n.local?kc:wc)(n,t))}function bn(e){return e.ownerDocument&&e.ownerDocument.defaultView||e.document&&e||e.defaultView}function $c(e){return function(){this.style.removeProperty(e)}}function Ec(e,t,n){return function(){this.style.setProperty(e,t,n)}}function _c(e,t,n){return function(){var r=t.apply(this,arguments);r==null?this.style.removeProperty(e):this.style.setProperty(e,r,n)}}function Ri(e,t,n){return arguments.length>1?this.each((t==null?$c:typeof t=="function"?_c:Ec)(e,t,n??"")):He(this.node(),e)}function He(e,t){return e.style.getPropertyValue(t)||bn(e).getComputedStyle(e,null).getPropertyValue(t)}function Cc(e){return function(){delete this[e]}}function Tc(e,t){return function(){this[e]=t}}function Lc(e,t){return function(){var n=t.apply(this,arguments);n==null?delete this[e]:this[e]=n}}function Ni(e,t){return arguments.length>1?this.each((t==null?Cc:typeof t=="function"?Lc:Tc)(e,t)):this.node()[e]}function Oi(e){return e.trim().split(/^|\s+/)}function $r(e){return e.classList||new Gi(e)}function Gi(e){this._node=e,this._names=Oi(e.getAttribute("class")||"")}Gi.prototype={add:function(e){var t=this._names.indexOf(e);t<0&&(this._names.push(e),this._node.setAttribute("class",this._names.join(" ")))},remove:function(e){var t=this._names.indexOf(e);t>=0&&(this._names.splice(t,1),this._node.setAttribute("class",this._names.join(" ")))},contains:function(e){return this._names.indexOf(e)>=0}};function Di(e,t){for(var n=$r(e),r=-1,o=t.length;++r<o;)n.add(t[r])}function Pi(e,t){for(var n=$r(e),r=-1,o=t.length;++r<o;)n.remove(t[r])}function Ac(e){return function(){Di(this,e)}}function Rc(e){return function(){Pi(this,e)}}function Nc(e,t){return function(){(t.apply(this,arguments)?Di:Pi)(this,e)}}function Ii(e,t){var n=Oi(e+"");if(arguments.length<2){for(var r=$r(this.node()),o=-1,i=n.length;++o<i;)if(!r.contains(n[o]))return!1;return!0}return this.each((typeof t=="function"?Nc:t?Ac:Rc)(n,t))}function Oc(){this.textContent=""}function Gc(e){return function(){this.textContent=e}}function Dc(e){return function(){var t=e.apply(this,arguments);this.textContent=t??""}}function zi(e){return arguments.length?this.each(e==null?Oc:(typeof e=="function"?Dc:Gc)(e)):this.node().textContent}function Pc(){this.innerHTML=""}function Ic(e){return function(){this.innerHTML=e}}function zc(e){return function(){var t=e.apply(this,arguments);this.innerHTML=t??""}}function Vi(e){return arguments.length?this.each(e==null?Pc:(typeof e=="function"?zc:Ic)(e)):this.node().innerHTML}function Vc(){this.nextSibling&&this.parentNode.appendChild(this)}function Hi(){return this.each(Vc)}function Hc(){this.previousSibling&&this.parentNode.insertBefore(this,this.parentNode.firstChild)}function Fi(){return this.each(Hc)}function Bi(e){var t=typeof e=="function"?e:hn(e);return this.select(function(){return this.appendChild(t.apply(this,arguments))})}function Fc(){return null}function qi(e,t){var n=typeof e=="function"?e:hn(e),r=t==null?Fc:typeof t=="function"?t:Ke(t);return this.select(function(){return this.insertBefore(n.apply(this,arguments),r.apply(this,arguments)||null)})}function Bc(){var e=this.parentNode;e&&e.removeChild(this)}function ji(){return this.each(Bc)}function qc(){var e=this.cloneNode(!1),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function jc(){var e=this.cloneNode(!0),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function Wi(e){return this.select(e?jc:qc)}function Xi(e){return arguments.length?this.property("__data__",e):this.node().__data__}function Wc(e){return function(t){e.call(this,t,this.__data__)}}function Xc(e){return e.trim().split(/^|\s+/).map(function(t){var n="",r=t.indexOf(".");return r>=0&&(n=t.slice(r+1),t=t.slice(0,r)),{type:t,name:n}})}function Yc(e){return function(){var t=this.__on;if(t){for(var n=0,r=-1,o=t.length,i;n<o;++n)i=t[n],(!e.type||i.type===e.type)&&i.name===e.name?this.removeEventListener(i.type,i.listener,i.options):t[++r]=i;++r?t.length=r:delete this.__on}}}function Uc(e,t,n){return function(){var r=this.__on,o,i=Wc(t);if(r){for(var a=0,s=r.length;a<s;++a)if((o=r[a]).type===e.type&&o.name===e.name){this.removeEventListener(o.type,o.listener,o.options),this.addEventListener(o.type,o.listener=i,o.options=n),o.value=t;return}}this.addEventListener(e.type,i,n),o={type:e.type,name:e.name,value:t,listener:i,options:n},r?r.push(o):this.__on=[o]}}function Yi(e,t,n){var r=Xc(e+""),o,i=r.length,a;if(arguments.length<2){var s=this.node().__on;if(s){for(var u=0,l=s.length,c;u<l;++u)for(o=0,c=s[u];o<i;++o)if((a=r[o]).type===c.type&&a.name===c.name)return c.value}return}for(s=t?Uc:Yc,o=0;o<i;++o)this.each(s(r[o],t,n));return this}function Ui(e,t,n){var r=bn(e),o=r.CustomEvent;typeof o=="function"?o=new o(t,n):(o=r.document.createEvent("Event"),n?(o.initEvent(t,n.bubbles,n.cancelable),o.detail=n.detail):o.initEvent(t,!1,!1)),e.dispatchEvent(o)}function Kc(e,t){return function(){return Ui(this,e,t)}}function Zc(e,t){return function(){return Ui(this,e,t.apply(this,arguments))}}function Ki(e,t){return this.each((typeof t=="function"?Zc:Kc)(e,t))}function*Zi(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length,a;o<i;++o)(a=r[o])&&(yield a)}var Er=[null];function Q(e,t){this._groups=e,this._parents=t}function Qi(){return new Q([[document.documentElement]],Er)}function Qc(){return this}Q.prototype=Qi.prototype={constructor:Q,select:di,selectAll:pi,selectChild:mi,selectChildren:hi,filter:gi,data:xi,enter:yi,exit:vi,join:wi,merge:ki,selection:Qc,order:Mi,sort:Si,call:$i,nodes:Ei,node:_i,size:Ci,empty:Ti,each:Li,attr:Ai,style:Ri,property:Ni,classed:Ii,text:zi,html:Vi,raise:Hi,lower:Fi,append:Bi,insert:qi,remove:ji,clone:Wi,datum:Xi,on:Yi,dispatch:Ki,[Symbol.iterator]:Zi};var Ne=Qi;function ce(e){return typeof e=="string"?new Q([[document.querySelector(e)]],[document.documentElement]):new Q([[e]],Er)}function Ji(e){let t;for(;t=e.sourceEvent;)e=t;return e}function Ee(e,t){if(e=Ji(e),t===void 0&&(t=e.currentTarget),t){var n=t.ownerSVGElement||t;if(n.createSVGPoint){var r=n.createSVGPoint();return r.x=e.clientX,r.y=e.clientY,r=r.matrixTransform(t.getScreenCTM().inverse()),[r.x,r.y]}if(t.getBoundingClientRect){var o=t.getBoundingClientRect();return[e.clientX-o.left-t.clientLeft,e.clientY-o.top-t.clientTop]}}return[e.pageX,e.pageY]}var Jc={value:()=>{}};function Gt(){for(var e=0,t=arguments.length,n={},r;e<t;++e){if(!(r=arguments[e]+"")||r in n||/[\s.]/.test(r))throw new Error("illegal type: "+r);n[r]=[]}return new xn(n)}function xn(e){this._=e}function ef(e,t){return e.trim().split(/^|\s+/).map(function(n){var r="",o=n.indexOf(".");if(o>=0&&(r=n.slice(o+1),n=n.slice(0,o)),n&&!t.hasOwnProperty(n))throw new Error("unknown type: "+n);return{type:n,name:r}})}xn.prototype=Gt.prototype={constructor:xn,on:function(e,t){var n=this._,r=ef(e+"",n),o,i=-1,a=r.length;if(arguments.length<2){for(;++i<a;)if((o=(e=r[i]).type)&&(o=tf(n[o],e.name)))return o;return}if(t!=null&&typeof t!="function")throw new Error("invalid callback: "+t);for(;++i<a;)if(o=(e=r[i]).type)n[o]=ea(n[o],e.name,t);else if(t==null)for(o in n)n[o]=ea(n[o],e.name,null);return this},copy:function(){var e={},t=this._;for(var n in t)e[n]=t[n].slice();return new xn(e)},call:function(e,t){if((o=arguments.length-2)>0)for(var n=new Array(o),r=0,o,i;r<o;++r)n[r]=arguments[r+2];if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(i=this._[e],r=0,o=i.length;r<o;++r)i[r].value.apply(t,n)},apply:function(e,t,n){if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(var r=this._[e],o=0,i=r.length;o<i;++o)r[o].value.apply(t,n)}};function tf(e,t){for(var n=0,r=e.length,o;n<r;++n)if((o=e[n]).name===t)return o.value}function ea(e,t,n){for(var r=0,o=e.length;r<o;++r)if(e[r].name===t){e[r]=Jc,e=e.slice(0,r).concat(e.slice(r+1));break}return n!=null&&e.push({name:t,value:n}),e}var pt=0,Pt=0,Dt=0,na=1e3,vn,It,wn=0,Ze=0,Mn=0,zt=typeof performance=="object"&&performance.now?performance:Date,ra=typeof window=="object"&&window.requestAnimationFrame?window.requestAnimationFrame.bind(window):function(e){setTimeout(e,17)};function Sn(){return Ze||(ra(nf),Ze=zt.now()+Mn)}function nf(){Ze=0}function kn(){this._call=this._time=this._next=null}kn.prototype=Cr.prototype={constructor:kn,restart:function(e,t,n){if(typeof e!="function")throw new TypeError("callback is not a function");n=(n==null?Sn():+n)+(t==null?0:+t),!this._next&&It!==this&&(It?It._next=this:vn=this,It=this),this._call=e,this._time=n,_r()},stop:function(){this._call&&(this._call=null,this._time=1/0,_r())}};function Cr(e,t,n){var r=new kn;return r.restart(e,t,n),r}function rf(){Sn(),++pt;for(var e=vn,t;e;)(t=Ze-e._time)>=0&&e._call.call(void 0,t),e=e._next;--pt}function ta(){Ze=(wn=zt.now())+Mn,pt=Pt=0;try{rf()}finally{pt=0,af(),Ze=0}}function of(){var e=zt.now(),t=e-wn;t>na&&(Mn-=t,wn=e)}function af(){for(var e,t=vn,n,r=1/0;t;)t._call?(r>t._time&&(r=t._time),e=t,t=t._next):(n=t._next,t._next=null,t=e?e._next=n:vn=n);It=e,_r(r)}function _r(e){if(!pt){Pt&&(Pt=clearTimeout(Pt));var t=e-Ze;t>24?(e<1/0&&(Pt=setTimeout(ta,Math.ceil(e-zt.now()-Mn)+1)),Dt&&(Dt=clearInterval(Dt))):(Dt||(wn=zt.now(),Dt=setInterval(of,na)),pt=1,ra(ta))}}function Tr(e,t,n){var r=new kn;return t=t==null?0:+t,r.restart(o=>{r.stop(),e(o+t)},t,n),r}var sf=Gt("start","end","cancel","interrupt"),lf=[],aa=0,oa=1,En=2,$n=3,ia=4,_n=5,Vt=6;function Fe(e,t,n,r,o,i){var a=e.__transition;if(!a)e.__transition={};else if(n in a)return;uf(e,n,{name:t,index:r,group:o,on:sf,tween:lf,time:i.time,delay:i.delay,duration:i.duration,ease:i.ease,timer:null,state:aa})}function Ht(e,t){var n=te(e,t);if(n.state>aa)throw new Error("too late; already scheduled");return n}function ae(e,t){var n=te(e,t);if(n.state>$n)throw new Error("too late; already running");return n}function te(e,t){var n=e.__transition;if(!n||!(n=n[t]))throw new Error("transition not found");return n}function uf(e,t,n){var r=e.__transition,o;r[t]=n,n.timer=Cr(i,0,n.time);function i(l){n.state=oa,n.timer.restart(a,n.delay,n.time),n.delay<=l&&a(l-n.delay)}function a(l){var c,f,d,g;if(n.state!==oa)return u();for(c in r)if(g=r[c],g.name===n.name){if(g.state===$n)return Tr(a);g.state===ia?(g.state=Vt,g.timer.stop(),g.on.call("interrupt",e,e.__data__,g.index,g.group),delete r[c]):+c<t&&(g.state=Vt,g.timer.stop(),g.on.call("cancel",e,e.__data__,g.index,g.group),delete r[c])}if(Tr(function(){n.state===$n&&(n.state=ia,n.timer.restart(s,n.delay,n.time),s(l))}),n.state=En,n.on.call("start",e,e.__data__,n.index,n.group),n.state===En){for(n.state=$n,o=new Array(d=n.tween.length),c=0,f=-1;c<d;++c)(g=n.tween[c].value.call(e,e.__data__,n.index,n.group))&&(o[++f]=g);o.length=f+1}}function s(l){for(var c=l<n.duration?n.ease.call(null,l/n.duration):(n.timer.restart(u),n.state=_n,1),f=-1,d=o.length;++f<d;)o[f].call(e,c);n.state===_n&&(n.on.call("end",e,e.__data__,n.index,n.group),u())}function u(){n.state=Vt,n.timer.stop(),delete r[t];for(var l in r)return;delete e.__transition}}function Qe(e,t){var n=e.__transition,r,o,i=!0,a;if(n){t=t==null?null:t+"";for(a in n){if((r=n[a]).name!==t){i=!1;continue}o=r.state>En&&r.state<_n,r.state=Vt,r.timer.stop(),r.on.call(o?"interrupt":"cancel",e,e.__data__,r.index,r.group),delete n[a]}i&&delete e.__transition}}function sa(e){return this.each(function(){Qe(this,e)})}function yt(e,t,n){e.prototype=t.prototype=n,n.constructor=e}function qt(e,t){var n=Object.create(e.prototype);for(var r in t)n[r]=t[r];return n}function Be(){}var nt=.7,gt=1/nt,mt="\\s*([+-]?\\d+)\\s*",Ft="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*",_e="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*",cf=/^#([0-9a-f]{3,8})$/,ff=new RegExp(`^rgb\\(${mt},${mt},${mt}\\)$`),df=new RegExp(`^rgb\\(${_e},${_e},${_e}\\)$`),pf=new RegExp(`^rgba\\(${mt},${mt},${mt},${Ft}\\)$`),mf=new RegExp(`^rgba\\(${_e},${_e},${_e},${Ft}\\)$`),hf=new RegExp(`^hsl\\(${Ft},${_e},${_e}\\)$`),gf=new RegExp(`^hsla\\(${Ft},${_e},${_e},${Ft}\\)$`),la={aliceblue:15792383,antiquewhite:16444375,aqua:65535,aquamarine:8388564,azure:15794175,beige:16119260,bisque:16770244,black:0,blanchedalmond:16772045,blue:255,blueviolet:9055202,brown:10824234,burlywood:14596231,cadetblue:6266528,chartreuse:8388352,chocolate:13789470,coral:16744272,cornflowerblue:6591981,cornsilk:16775388,crimson:14423100,cyan:65535,darkblue:139,darkcyan:35723,darkgoldenrod:12092939,darkgray:11119017,darkgreen:25600,darkgrey:11119017,darkkhaki:12433259,darkmagenta:9109643,darkolivegreen:5597999,darkorange:16747520,darkorchid:10040012,darkred:9109504,darksalmon:15308410,darkseagreen:9419919,darkslateblue:4734347,darkslategray:3100495,darkslategrey:3100495,darkturquoise:52945,darkviolet:9699539,deeppink:16716947,deepskyblue:49151,dimgray:6908265,dimgrey:6908265,dodgerblue:2003199,firebrick:11674146,floralwhite:16775920,forestgreen:2263842,fuchsia:16711935,gainsboro:14474460,ghostwhite:16316671,gold:16766720,goldenrod:14329120,gray:8421504,green:32768,greenyellow:11403055,grey:8421504,honeydew:15794160,hotpink:16738740,indianred:13458524,indigo:4915330,ivory:16777200,khaki:15787660,lavender:15132410,lavenderblush:16773365,lawngreen:8190976,lemonchiffon:16775885,lightblue:11393254,lightcoral:15761536,lightcyan:14745599,lightgoldenrodyellow:16448210,lightgray:13882323,lightgreen:9498256,lightgrey:13882323,lightpink:16758465,lightsalmon:16752762,lightseagreen:2142890,lightskyblue:8900346,lightslategray:7833753,lightslategrey:7833753,lightsteelblue:11584734,lightyellow:16777184,lime:65280,limegreen:3329330,linen:16445670,magenta:16711935,maroon:8388608,mediumaquamarine:6737322,mediumblue:205,mediumorchid:12211667,mediumpurple:9662683,mediumseagreen:3978097,mediumslateblue:8087790,mediumspringgreen:64154,mediumturquoise:4772300,mediumvioletred:13047173,midnightblue:1644912,mintcream:16121850,mistyrose:16770273,moccasin:16770229,navajowhite:16768685,navy:128,oldlace:16643558,olive:8421376,olivedrab:7048739,orange:16753920,orangered:16729344,orchid:14315734,palegoldenrod:15657130,palegreen:10025880,paleturquoise:11529966,palevioletred:14381203,papayawhip:16773077,peachpuff:16767673,peru:13468991,pink:16761035,plum:14524637,powderblue:11591910,purple:8388736,rebeccapurple:6697881,red:16711680,rosybrown:12357519,royalblue:4286945,saddlebrown:9127187,salmon:16416882,sandybrown:16032864,seagreen:3050327,seashell:16774638,sienna:10506797,silver:12632256,skyblue:8900331,slateblue:6970061,slategray:7372944,slategrey:7372944,snow:16775930,springgreen:65407,steelblue:4620980,tan:13808780,teal:32896,thistle:14204888,tomato:16737095,turquoise:4251856,violet:15631086,wheat:16113331,white:16777215,whitesmoke:16119285,yellow:16776960,yellowgreen:10145074};yt(Be,Ge,{copy(e){return Object.assign(new this.constructor,this,e)},displayable(){return this.rgb().displayable()},hex:ua,formatHex:ua,formatHex8:yf,formatHsl:bf,formatRgb:ca,toString:ca});function ua(){return this.rgb().formatHex()}function yf(){return this.rgb().formatHex8()}function bf(){return xa(this).formatHsl()}function ca(){return this.rgb().formatRgb()}function Ge(e){var t,n;return e=(e+"").trim().toLowerCase(),(t=cf.exec(e))?(n=t[1].length,t=parseInt(t[1],16),n===6?fa(t):n===3?new oe(t>>8&15|t>>4&240,t>>4&15|t&240,(t&15)<<4|t&15,1):n===8?Cn(t>>24&255,t>>16&255,t>>8&255,(t&255)/255):n===4?Cn(t>>12&15|t>>8&240,t>>8&15|t>>4&240,t>>4&15|t&240,((t&15)<<4|t&15)/255):null):(t=ff.exec(e))?new oe(t[1],t[2],t[3],1):(t=df.exec(e))?new oe(t[1]*255/100,t[2]*255/100,t[3]*255/100,1):(t=pf.exec(e))?Cn(t[1],t[2],t[3],t[4]):(t=mf.exec(e))?Cn(t[1]*255/100,t[2]*255/100,t[3]*255/100,t[4]):(t=hf.exec(e))?ma(t[1],t[2]/100,t[3]/100,1):(t=gf.exec(e))?ma(t[1],t[2]/100,t[3]/100,t[4]):la.hasOwnProperty(e)?fa(la[e]):e==="transparent"?new oe(NaN,NaN,NaN,0):null}function fa(e){return new oe(e>>16&255,e>>8&255,e&255,1)}function Cn(e,t,n,r){return r<=0&&(e=t=n=NaN),new oe(e,t,n,r)}function Gr(e){return e instanceof Be||(e=Ge(e)),e?(e=e.rgb(),new oe(e.r,e.g,e.b,e.opacity)):new oe}function jt(e,t,n,r){return arguments.length===1?Gr(e):new oe(e,t,n,r??1)}function oe(e,t,n,r){this.r=+e,this.g=+t,this.b=+n,this.opacity=+r}yt(oe,jt,qt(Be,{brighter(e){return e=e==null?gt:Math.pow(gt,e),new oe(this.r*e,this.g*e,this.b*e,this.opacity)},darker(e){return e=e==null?nt:Math.pow(nt,e),new oe(this.r*e,this.g*e,this.b*e,this.opacity)},rgb(){return this},clamp(){return new oe(et(this.r),et(this.g),et(this.b),Ln(this.opacity))},displayable(){return-.5<=this.r&&this.r<255.5&&-.5<=this.g&&this.g<255.5&&-.5<=this.b&&this.b<255.5&&0<=this.opacity&&this.opacity<=1},hex:da,formatHex:da,formatHex8:xf,formatRgb:pa,toString:pa}));function da(){return`#${Je(this.r)}${Je(this.g)}${Je(this.b)}`}function xf(){return`#${Je(this.r)}${Je(this.g)}${Je(this.b)}${Je((isNaN(this.opacity)?1:this.opacity)*255)}`}function pa(){let e=Ln(this.opacity);return`${e===1?"rgb(":"rgba("}${et(this.r)}, ${et(this.g)}, ${et(this.b)}${e===1?")":`, ${e})`}`}function Ln(e){return isNaN(e)?1:Math.max(0,Math.min(1,e))}function et(e){return Math.max(0,Math.min(255,Math.round(e)||0))}function Je(e){return e=et(e),(e<16?"0":"")+e.toString(16)}function ma(e,t,n,r){return r<=0?e=t=n=NaN:n<=0||n>=1?e=t=NaN:t<=0&&(e=NaN),new xe(e,t,n,r)}function xa(e){if(e instanceof xe)return new xe(e.h,e.s,e.l,e.opacity);if(e instanceof Be||(e=Ge(e)),!e)return new xe;if(e instanceof xe)return e;e=e.rgb();var t=e.r/255,n=e.g/255,r=e.b/255,o=Math.min(t,n,r),i=Math.max(t,n,r),a=NaN,s=i-o,u=(i+o)/2;return s?(t===i?a=(n-r)/s+(n<r)*6:n===i?a=(r-t)/s+2:a=(t-n)/s+4,s/=u<.5?i+o:2-i-o,a*=60):s=u>0&&u<1?0:a,new xe(a,s,u,e.opacity)}function Rn(e,t,n,r){return arguments.length===1?xa(e):new xe(e,t,n,r??1)}function xe(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}yt(xe,Rn,qt(Be,{brighter(e){return e=e==null?gt:Math.pow(gt,e),new xe(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?nt:Math.pow(nt,e),new xe(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=this.h%360+(this.h<0)*360,t=isNaN(e)||isNaN(this.s)?0:this.s,n=this.l,r=n+(n<.5?n:1-n)*t,o=2*n-r;return new oe(Lr(e>=240?e-240:e+120,o,r),Lr(e,o,r),Lr(e<120?e+240:e-120,o,r),this.opacity)},clamp(){return new xe(ha(this.h),Tn(this.s),Tn(this.l),Ln(this.opacity))},displayable(){return(0<=this.s&&this.s<=1||isNaN(this.s))&&0<=this.l&&this.l<=1&&0<=this.opacity&&this.opacity<=1},formatHsl(){let e=Ln(this.opacity);return`${e===1?"hsl(":"hsla("}${ha(this.h)}, ${Tn(this.s)*100}%, ${Tn(this.l)*100}%${e===1?")":`, ${e})`}`}}));function ha(e){return e=(e||0)%360,e<0?e+360:e}function Tn(e){return Math.max(0,Math.min(1,e||0))}function Lr(e,t,n){return(e<60?t+(n-t)*e/60:e<180?n:e<240?t+(n-t)*(240-e)/60:t)*255}var va=Math.PI/180,wa=180/Math.PI,An=18,ka=.96422,Ma=1,Sa=.82521,$a=4/29,ht=6/29,Ea=3*ht*ht,vf=ht*ht*ht;function _a(e){if(e instanceof Ce)return new Ce(e.l,e.a,e.b,e.opacity);if(e instanceof Oe)return Ta(e);e instanceof oe||(e=Gr(e));var t=Or(e.r),n=Or(e.g),r=Or(e.b),o=Ar((.2225045*t+.7168786*n+.0606169*r)/Ma),i,a;return t===n&&n===r?i=a=o:(i=Ar((.4360747*t+.3850649*n+.1430804*r)/ka),a=Ar((.0139322*t+.0971045*n+.7141733*r)/Sa)),new Ce(116*o-16,500*(i-o),200*(o-a),e.opacity)}function Ca(e,t,n,r){return arguments.length===1?_a(e):new Ce(e,t,n,r??1)}function Ce(e,t,n,r){this.l=+e,this.a=+t,this.b=+n,this.opacity=+r}yt(Ce,Ca,qt(Be,{brighter(e){return new Ce(this.l+An*(e??1),this.a,this.b,this.opacity)},darker(e){return new Ce(this.l-An*(e??1),this.a,this.b,this.opacity)},rgb(){var e=(this.l+16)/116,t=isNaN(this.a)?e:e+this.a/500,n=isNaN(this.b)?e:e-this.b/200;return t=ka*Rr(t),e=Ma*Rr(e),n=Sa*Rr(n),new oe(Nr(3.1338561*t-1.6168667*e-.4906146*n),Nr(-.9787684*t+1.9161415*e+.033454*n),Nr(.0719453*t-.2289914*e+1.4052427*n),this.opacity)}}));function Ar(e){return e>vf?Math.pow(e,1/3):e/Ea+$a}function Rr(e){return e>ht?e*e*e:Ea*(e-$a)}function Nr(e){return 255*(e<=.0031308?12.92*e:1.055*Math.pow(e,1/2.4)-.055)}function Or(e){return(e/=255)<=.04045?e/12.92:Math.pow((e+.055)/1.055,2.4)}function wf(e){if(e instanceof Oe)return new Oe(e.h,e.c,e.l,e.opacity);if(e instanceof Ce||(e=_a(e)),e.a===0&&e.b===0)return new Oe(NaN,0<e.l&&e.l<100?0:NaN,e.l,e.opacity);var t=Math.atan2(e.b,e.a)*wa;return new Oe(t<0?t+360:t,Math.sqrt(e.a*e.a+e.b*e.b),e.l,e.opacity)}function Nn(e,t,n,r){return arguments.length===1?wf(e):new Oe(e,t,n,r??1)}function Oe(e,t,n,r){this.h=+e,this.c=+t,this.l=+n,this.opacity=+r}function Ta(e){if(isNaN(e.h))return new Ce(e.l,0,0,e.opacity);var t=e.h*va;return new Ce(e.l,Math.cos(t)*e.c,Math.sin(t)*e.c,e.opacity)}yt(Oe,Nn,qt(Be,{brighter(e){return new Oe(this.h,this.c,this.l+An*(e??1),this.opacity)},darker(e){return new Oe(this.h,this.c,this.l-An*(e??1),this.opacity)},rgb(){return Ta(this).rgb()}}));var La=-.14861,Dr=1.78277,Pr=-.29227,On=-.90649,Bt=1.97294,ga=Bt*On,ya=Bt*Dr,ba=Dr*Pr-On*La;function kf(e){if(e instanceof tt)return new tt(e.h,e.s,e.l,e.opacity);e instanceof oe||(e=Gr(e));var t=e.r/255,n=e.g/255,r=e.b/255,o=(ba*r+ga*t-ya*n)/(ba+ga-ya),i=r-o,a=(Bt*(n-o)-Pr*i)/On,s=Math.sqrt(a*a+i*i)/(Bt*o*(1-o)),u=s?Math.atan2(a,i)*wa-120:NaN;return new tt(u<0?u+360:u,s,o,e.opacity)}function Gn(e,t,n,r){return arguments.length===1?kf(e):new tt(e,t,n,r??1)}function tt(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}yt(tt,Gn,qt(Be,{brighter(e){return e=e==null?gt:Math.pow(gt,e),new tt(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?nt:Math.pow(nt,e),new tt(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=isNaN(this.h)?0:(this.h+120)*va,t=+this.l,n=isNaN(this.s)?0:this.s*t*(1-t),r=Math.cos(e),o=Math.sin(e);return new oe(255*(t+n*(La*r+Dr*o)),255*(t+n*(Pr*r+On*o)),255*(t+n*(Bt*r)),this.opacity)}}));function Na(e,t,n,r,o){var i=e*e,a=i*e;return((1-3*e+3*i-a)*t+(4-6*i+3*a)*n+(1+3*e+3*i-3*a)*r+a*o)/6}function Mf(e){var t=e.length-1;return function(n){var r=n<=0?n=0:n>=1?(n=1,t-1):Math.floor(n*t),o=e[r],i=e[r+1],a=r>0?e[r-1]:2*o-i,s=r<t-1?e[r+2]:2*i-o;return Na((n-r/t)*t,a,o,i,s)}}function Sf(e){var t=e.length;return function(n){var r=Math.floor(((n%=1)<0?++n:n)*t),o=e[(r+t-1)%t],i=e[r%t],a=e[(r+1)%t],s=e[(r+2)%t];return Na((n-r/t)*t,o,i,a,s)}}var Pn=e=>()=>e;function Oa(e,t){return function(n){return e+n*t}}function $f(e,t,n){return e=Math.pow(e,n),t=Math.pow(t,n)-e,n=1/n,function(r){return Math.pow(e+r*t,n)}}function Hr(e,t){var n=t-e;return n?Oa(e,n>180||n<-180?n-360*Math.round(n/360):n):Pn(isNaN(e)?t:e)}function Ef(e){return(e=+e)==1?pe:function(t,n){return n-t?$f(t,n,e):Pn(isNaN(t)?n:t)}}function pe(e,t){var n=t-e;return n?Oa(e,n):Pn(isNaN(e)?t:e)}var Wt=(function e(t){var n=Ef(t);function r(o,i){var a=n((o=jt(o)).r,(i=jt(i)).r),s=n(o.g,i.g),u=n(o.b,i.b),l=pe(o.opacity,i.opacity);return function(c){return o.r=a(c),o.g=s(c),o.b=u(c),o.opacity=l(c),o+""}}return r.gamma=e,r})(1);function Ga(e){return function(t){var n=t.length,r=new Array(n),o=new Array(n),i=new Array(n),a,s;for(a=0;a<n;++a)s=jt(t[a]),r[a]=s.r||0,o[a]=s.g||0,i[a]=s.b||0;return r=e(r),o=e(o),i=e(i),s.opacity=1,function(u){return s.r=r(u),s.g=o(u),s.b=i(u),s+""}}}var Cb=Ga(Mf),Tb=Ga(Sf);function _f(e,t){t||(t=[]);var n=e?Math.min(t.length,e.length):0,r=t.slice(),o;return function(i){for(o=0;o<n;++o)r[o]=e[o]*(1-i)+t[o]*i;return r}}function Cf(e){return ArrayBuffer.isView(e)&&!(e instanceof DataView)}function Tf(e,t){var n=t?t.length:0,r=e?Math.min(n,e.length):0,o=new Array(r),i=new Array(n),a;for(a=0;a<r;++a)o[a]=In(e[a],t[a]);for(;a<n;++a)i[a]=t[a];return function(s){for(a=0;a<r;++a)i[a]=o[a](s);return i}}function Lf(e,t){var n=new Date;return e=+e,t=+t,function(r){return n.setTime(e*(1-r)+t*r),n}}function ge(e,t){return e=+e,t=+t,function(n){return e*(1-n)+t*n}}function Af(e,t){var n={},r={},o;(e===null||typeof e!="object")&&(e={}),(t===null||typeof t!="object")&&(t={});for(o in t)o in e?n[o]=In(e[o],t[o]):r[o]=t[o];return function(i){for(o in n)r[o]=n[o](i);return r}}var zr=/[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g,Ir=new RegExp(zr.source,"g");function Rf(e){return function(){return e}}function Nf(e){return function(t){return e(t)+""}}function Fr(e,t){var n=zr.lastIndex=Ir.lastIndex=0,r,o,i,a=-1,s=[],u=[];for(e=e+"",t=t+"";(r=zr.exec(e))&&(o=Ir.exec(t));)(i=o.index)>n&&(i=t.slice(n,i),s[a]?s[a]+=i:s[++a]=i),(r=r[0])===(o=o[0])?s[a]?s[a]+=o:s[++a]=o:(s[++a]=null,u.push({i:a,x:ge(r,o)})),n=Ir.lastIndex;return n<t.length&&(i=t.slice(n),s[a]?s[a]+=i:s[++a]=i),s.length<2?u[0]?Nf(u[0].x):Rf(t):(t=u.length,function(l){for(var c=0,f;c<t;++c)s[(f=u[c]).i]=f.x(l);return s.join("")})}function In(e,t){var n=typeof t,r;return t==null||n==="boolean"?Pn(t):(n==="number"?ge:n==="string"?(r=Ge(t))?(t=r,Wt):Fr:t instanceof Ge?Wt:t instanceof Date?Lf:Cf(t)?_f:Array.isArray(t)?Tf:typeof t.valueOf!="function"&&typeof t.toString!="function"||isNaN(t)?Af:ge)(e,t)}function Da(e,t){return e=+e,t=+t,function(n){return Math.round(e*(1-n)+t*n)}}var Aa=180/Math.PI,Vr={translateX:0,translateY:0,rotate:0,skewX:0,scaleX:1,scaleY:1};function Pa(e,t,n,r,o,i){var a,s,u;return(a=Math.sqrt(e*e+t*t))&&(e/=a,t/=a),(u=e*n+t*r)&&(n-=e*u,r-=t*u),(s=Math.sqrt(n*n+r*r))&&(n/=s,r/=s,u/=s),e*r<t*n&&(e=-e,t=-t,u=-u,a=-a),{translateX:o,translateY:i,rotate:Math.atan2(t,e)*Aa,skewX:Math.atan(u)*Aa,scaleX:a,scaleY:s}}var Dn;function Of(e){let t=new(typeof DOMMatrix=="function"?DOMMatrix:WebKitCSSMatrix)(e+"");return t.isIdentity?Vr:Pa(t.a,t.b,t.c,t.d,t.e,t.f)}function Gf(e){return e==null||(Dn||(Dn=document.createElementNS("http://www.w3.org/2000/svg","g")),Dn.setAttribute("transform",e),!(e=Dn.transform.baseVal.consolidate()))?Vr:(e=e.matrix,Pa(e.a,e.b,e.c,e.d,e.e,e.f))}function Ia(e,t,n,r){function o(l){return l.length?l.pop()+" ":""}function i(l,c,f,d,g,_){if(l!==f||c!==d){var S=g.push("translate(",null,t,null,n);_.push({i:S-4,x:ge(l,f)},{i:S-2,x:ge(c,d)})}else(f||d)&&g.push("translate("+f+t+d+n)}function a(l,c,f,d){l!==c?(l-c>180?c+=360:c-l>180&&(l+=360),d.push({i:f.push(o(f)+"rotate(",null,r)-2,x:ge(l,c)})):c&&f.push(o(f)+"rotate("+c+r)}function s(l,c,f,d){l!==c?d.push({i:f.push(o(f)+"skewX(",null,r)-2,x:ge(l,c)}):c&&f.push(o(f)+"skewX("+c+r)}function u(l,c,f,d,g,_){if(l!==f||c!==d){var S=g.push(o(g)+"scale(",null,",",null,")");_.push({i:S-4,x:ge(l,f)},{i:S-2,x:ge(c,d)})}else(f!==1||d!==1)&&g.push(o(g)+"scale("+f+","+d+")")}return function(l,c){var f=[],d=[];return l=e(l),c=e(c),i(l.translateX,l.translateY,c.translateX,c.translateY,f,d),a(l.rotate,c.rotate,f,d),s(l.skewX,c.skewX,f,d),u(l.scaleX,l.scaleY,c.scaleX,c.scaleY,f,d),l=c=null,function(g){for(var _=-1,S=d.length,$;++_<S;)f[($=d[_]).i]=$.x(g);return f.join("")}}}var za=Ia(Of,"px, ","px)","deg)"),Va=Ia(Gf,", ",")",")"),Df=1e-12;function Ra(e){return((e=Math.exp(e))+1/e)/2}function Pf(e){return((e=Math.exp(e))-1/e)/2}function If(e){return((e=Math.exp(2*e))-1)/(e+1)}var Ha=(function e(t,n,r){function o(i,a){var s=i[0],u=i[1],l=i[2],c=a[0],f=a[1],d=a[2],g=c-s,_=f-u,S=g*g+_*_,$,v;if(S<Df)v=Math.log(d/l)/t,$=function(q){return[s+q*g,u+q*_,l*Math.exp(t*q*v)]};else{var R=Math.sqrt(S),P=(d*d-l*l+r*S)/(2*l*n*R),D=(d*d-l*l-r*S)/(2*d*n*R),F=Math.log(Math.sqrt(P*P+1)-P),G=Math.log(Math.sqrt(D*D+1)-D);v=(G-F)/t,$=function(q){var W=q*v,z=Ra(F),A=l/(n*R)*(z*If(t*W+F)-Pf(F));return[s+A*g,u+A*_,l*z/Ra(t*W+F)]}}return $.duration=Math.abs(v)*1e3*t/Math.SQRT2,$}return o.rho=function(i){var a=Math.max(.001,+i),s=a*a,u=s*s;return e(a,s,u)},o})(Math.SQRT2,2,4);function Fa(e){return function(t,n){var r=e((t=Rn(t)).h,(n=Rn(n)).h),o=pe(t.s,n.s),i=pe(t.l,n.l),a=pe(t.opacity,n.opacity);return function(s){return t.h=r(s),t.s=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var Lb=Fa(Hr),Ab=Fa(pe);function Ba(e){return function(t,n){var r=e((t=Nn(t)).h,(n=Nn(n)).h),o=pe(t.c,n.c),i=pe(t.l,n.l),a=pe(t.opacity,n.opacity);return function(s){return t.h=r(s),t.c=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var Rb=Ba(Hr),Nb=Ba(pe);function qa(e){return(function t(n){n=+n;function r(o,i){var a=e((o=Gn(o)).h,(i=Gn(i)).h),s=pe(o.s,i.s),u=pe(o.l,i.l),l=pe(o.opacity,i.opacity);return function(c){return o.h=a(c),o.s=s(c),o.l=u(Math.pow(c,n)),o.opacity=l(c),o+""}}return r.gamma=t,r})(1)}var Ob=qa(Hr),Gb=qa(pe);function zf(e,t){var n,r;return function(){var o=ae(this,e),i=o.tween;if(i!==n){r=n=i;for(var a=0,s=r.length;a<s;++a)if(r[a].name===t){r=r.slice(),r.splice(a,1);break}}o.tween=r}}function Vf(e,t,n){var r,o;if(typeof n!="function")throw new Error;return function(){var i=ae(this,e),a=i.tween;if(a!==r){o=(r=a).slice();for(var s={name:t,value:n},u=0,l=o.length;u<l;++u)if(o[u].name===t){o[u]=s;break}u===l&&o.push(s)}i.tween=o}}function ja(e,t){var n=this._id;if(e+="",arguments.length<2){for(var r=te(this.node(),n).tween,o=0,i=r.length,a;o<i;++o)if((a=r[o]).name===e)return a.value;return null}return this.each((t==null?zf:Vf)(n,e,t))}function bt(e,t,n){var r=e._id;return e.each(function(){var o=ae(this,r);(o.value||(o.value={}))[t]=n.apply(this,arguments)}),function(o){return te(o,r).value[t]}}function zn(e,t){var n;return(typeof t=="number"?ge:t instanceof Ge?Wt:(n=Ge(t))?(t=n,Wt):Fr)(e,t)}function Hf(e){return function(){this.removeAttribute(e)}}function Ff(e){return function(){this.removeAttributeNS(e.space,e.local)}}function Bf(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttribute(e);return a===o?null:a===r?i:i=t(r=a,n)}}function qf(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttributeNS(e.space,e.local);return a===o?null:a===r?i:i=t(r=a,n)}}function jf(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttribute(e):(a=this.getAttribute(e),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function Wf(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttributeNS(e.space,e.local):(a=this.getAttributeNS(e.space,e.local),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function Wa(e,t){var n=Re(e),r=n==="transform"?Va:zn;return this.attrTween(e,typeof t=="function"?(n.local?Wf:jf)(n,r,bt(this,"attr."+e,t)):t==null?(n.local?Ff:Hf)(n):(n.local?qf:Bf)(n,r,t))}function Xf(e,t){return function(n){this.setAttribute(e,t.call(this,n))}}function Yf(e,t){return function(n){this.setAttributeNS(e.space,e.local,t.call(this,n))}}function Uf(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&Yf(e,i)),n}return o._value=t,o}function Kf(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&Xf(e,i)),n}return o._value=t,o}function Xa(e,t){var n="attr."+e;if(arguments.length<2)return(n=this.tween(n))&&n._value;if(t==null)return this.tween(n,null);if(typeof t!="function")throw new Error;var r=Re(e);return this.tween(n,(r.local?Uf:Kf)(r,t))}function Zf(e,t){return function(){Ht(this,e).delay=+t.apply(this,arguments)}}function Qf(e,t){return t=+t,function(){Ht(this,e).delay=t}}function Ya(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?Zf:Qf)(t,e)):te(this.node(),t).delay}function Jf(e,t){return function(){ae(this,e).duration=+t.apply(this,arguments)}}function ed(e,t){return t=+t,function(){ae(this,e).duration=t}}function Ua(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?Jf:ed)(t,e)):te(this.node(),t).duration}function td(e,t){if(typeof t!="function")throw new Error;return function(){ae(this,e).ease=t}}function Ka(e){var t=this._id;return arguments.length?this.each(td(t,e)):te(this.node(),t).ease}function nd(e,t){return function(){var n=t.apply(this,arguments);if(typeof n!="function")throw new Error;ae(this,e).ease=n}}function Za(e){if(typeof e!="function")throw new Error;return this.each(nd(this._id,e))}function Qa(e){typeof e!="function"&&(e=Nt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new fe(r,this._parents,this._name,this._id)}function Ja(e){if(e._id!==this._id)throw new Error;for(var t=this._groups,n=e._groups,r=t.length,o=n.length,i=Math.min(r,o),a=new Array(r),s=0;s<i;++s)for(var u=t[s],l=n[s],c=u.length,f=a[s]=new Array(c),d,g=0;g<c;++g)(d=u[g]||l[g])&&(f[g]=d);for(;s<r;++s)a[s]=t[s];return new fe(a,this._parents,this._name,this._id)}function rd(e){return(e+"").trim().split(/^|\s+/).every(function(t){var n=t.indexOf(".");return n>=0&&(t=t.slice(0,n)),!t||t==="start"})}function od(e,t,n){var r,o,i=rd(t)?Ht:ae;return function(){var a=i(this,e),s=a.on;s!==r&&(o=(r=s).copy()).on(t,n),a.on=o}}function es(e,t){var n=this._id;return arguments.length<2?te(this.node(),n).on.on(e):this.each(od(n,e,t))}function id(e){return function(){var t=this.parentNode;for(var n in this.__transition)if(+n!==e)return;t&&t.removeChild(this)}}function ts(){return this.on("end.remove",id(this._id))}function ns(e){var t=this._name,n=this._id;typeof e!="function"&&(e=Ke(e));for(var r=this._groups,o=r.length,i=new Array(o),a=0;a<o;++a)for(var s=r[a],u=s.length,l=i[a]=new Array(u),c,f,d=0;d<u;++d)(c=s[d])&&(f=e.call(c,c.__data__,d,s))&&("__data__"in c&&(f.__data__=c.__data__),l[d]=f,Fe(l[d],t,n,d,l,te(c,n)));return new fe(i,this._parents,t,n)}function rs(e){var t=this._name,n=this._id;typeof e!="function"&&(e=Rt(e));for(var r=this._groups,o=r.length,i=[],a=[],s=0;s<o;++s)for(var u=r[s],l=u.length,c,f=0;f<l;++f)if(c=u[f]){for(var d=e.call(c,c.__data__,f,u),g,_=te(c,n),S=0,$=d.length;S<$;++S)(g=d[S])&&Fe(g,t,n,S,d,_);i.push(d),a.push(c)}return new fe(i,a,t,n)}var ad=Ne.prototype.constructor;function os(){return new ad(this._groups,this._parents)}function sd(e,t){var n,r,o;return function(){var i=He(this,e),a=(this.style.removeProperty(e),He(this,e));return i===a?null:i===n&&a===r?o:o=t(n=i,r=a)}}function is(e){return function(){this.style.removeProperty(e)}}function ld(e,t,n){var r,o=n+"",i;return function(){var a=He(this,e);return a===o?null:a===r?i:i=t(r=a,n)}}function ud(e,t,n){var r,o,i;return function(){var a=He(this,e),s=n(this),u=s+"";return s==null&&(u=s=(this.style.removeProperty(e),He(this,e))),a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s))}}function cd(e,t){var n,r,o,i="style."+t,a="end."+i,s;return function(){var u=ae(this,e),l=u.on,c=u.value[i]==null?s||(s=is(t)):void 0;(l!==n||o!==c)&&(r=(n=l).copy()).on(a,o=c),u.on=r}}function as(e,t,n){var r=(e+="")=="transform"?za:zn;return t==null?this.styleTween(e,sd(e,r)).on("end.style."+e,is(e)):typeof t=="function"?this.styleTween(e,ud(e,r,bt(this,"style."+e,t))).each(cd(this._id,e)):this.styleTween(e,ld(e,r,t),n).on("end.style."+e,null)}function fd(e,t,n){return function(r){this.style.setProperty(e,t.call(this,r),n)}}function dd(e,t,n){var r,o;function i(){var a=t.apply(this,arguments);return a!==o&&(r=(o=a)&&fd(e,a,n)),r}return i._value=t,i}function ss(e,t,n){var r="style."+(e+="");if(arguments.length<2)return(r=this.tween(r))&&r._value;if(t==null)return this.tween(r,null);if(typeof t!="function")throw new Error;return this.tween(r,dd(e,t,n??""))}function pd(e){return function(){this.textContent=e}}function md(e){return function(){var t=e(this);this.textContent=t??""}}function ls(e){return this.tween("text",typeof e=="function"?md(bt(this,"text",e)):pd(e==null?"":e+""))}function hd(e){return function(t){this.textContent=e.call(this,t)}}function gd(e){var t,n;function r(){var o=e.apply(this,arguments);return o!==n&&(t=(n=o)&&hd(o)),t}return r._value=e,r}function us(e){var t="text";if(arguments.length<1)return(t=this.tween(t))&&t._value;if(e==null)return this.tween(t,null);if(typeof e!="function")throw new Error;return this.tween(t,gd(e))}function cs(){for(var e=this._name,t=this._id,n=Vn(),r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)if(u=a[l]){var c=te(u,t);Fe(u,e,n,l,a,{time:c.time+c.delay+c.duration,delay:0,duration:c.duration,ease:c.ease})}return new fe(r,this._parents,e,n)}function fs(){var e,t,n=this,r=n._id,o=n.size();return new Promise(function(i,a){var s={value:a},u={value:function(){--o===0&&i()}};n.each(function(){var l=ae(this,r),c=l.on;c!==e&&(t=(e=c).copy(),t._.cancel.push(s),t._.interrupt.push(s),t._.end.push(u)),l.on=t}),o===0&&i()})}var yd=0;function fe(e,t,n,r){this._groups=e,this._parents=t,this._name=n,this._id=r}function ds(e){return Ne().transition(e)}function Vn(){return++yd}var De=Ne.prototype;fe.prototype=ds.prototype={constructor:fe,select:ns,selectAll:rs,selectChild:De.selectChild,selectChildren:De.selectChildren,filter:Qa,merge:Ja,selection:os,transition:cs,call:De.call,nodes:De.nodes,node:De.node,size:De.size,empty:De.empty,each:De.each,on:es,attr:Wa,attrTween:Xa,style:as,styleTween:ss,text:ls,textTween:us,remove:ts,tween:ja,delay:Ya,duration:Ua,ease:Ka,easeVarying:Za,end:fs,[Symbol.iterator]:De[Symbol.iterator]};function ms(e){return((e*=2)<=1?e*e*e:(e-=2)*e*e+2)/2}var Br=3,ox=(function e(t){t=+t;function n(r){return Math.pow(r,t)}return n.exponent=e,n})(Br),ix=(function e(t){t=+t;function n(r){return 1-Math.pow(1-r,t)}return n.exponent=e,n})(Br),ax=(function e(t){t=+t;function n(r){return((r*=2)<=1?Math.pow(r,t):2-Math.pow(2-r,t))/2}return n.exponent=e,n})(Br),bd=Math.PI,sx=bd/2;function Hn(e){return(Math.pow(2,-10*e)-.0009765625)*1.0009775171065494}var ps=4/11,lx=6/11,ux=8/11,cx=3/4,fx=9/11,dx=10/11,px=15/16,mx=21/22,hx=63/64,gx=1/ps/ps;var qr=1.70158,yx=(function e(t){t=+t;function n(r){return(r=+r)*r*(t*(r-1)+r)}return n.overshoot=e,n})(qr),bx=(function e(t){t=+t;function n(r){return--r*r*((r+1)*t+r)+1}return n.overshoot=e,n})(qr),xx=(function e(t){t=+t;function n(r){return((r*=2)<1?r*r*((t+1)*r-t):(r-=2)*r*((t+1)*r+t)+2)/2}return n.overshoot=e,n})(qr),xt=2*Math.PI,jr=1,Wr=.3,vx=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=xt);function o(i){return t*Hn(- --i)*Math.sin((r-i)/n)}return o.amplitude=function(i){return e(i,n*xt)},o.period=function(i){return e(t,i)},o})(jr,Wr),wx=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=xt);function o(i){return 1-t*Hn(i=+i)*Math.sin((i+r)/n)}return o.amplitude=function(i){return e(i,n*xt)},o.period=function(i){return e(t,i)},o})(jr,Wr),kx=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=xt);function o(i){return((i=i*2-1)<0?t*Hn(-i)*Math.sin((r-i)/n):2-t*Hn(i)*Math.sin((r+i)/n))/2}return o.amplitude=function(i){return e(i,n*xt)},o.period=function(i){return e(t,i)},o})(jr,Wr);var xd={time:null,delay:0,duration:250,ease:ms};function vd(e,t){for(var n;!(n=e.__transition)||!(n=n[t]);)if(!(e=e.parentNode))throw new Error(`transition ${t} not found`);return n}function hs(e){var t,n;e instanceof fe?(t=e._id,e=e._name):(t=Vn(),(n=xd).time=Sn(),e=e==null?null:e+"");for(var r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&Fe(u,e,t,l,a,n||vd(u,t));return new fe(r,this._parents,e,t)}Ne.prototype.interrupt=sa;Ne.prototype.transition=hs;var Xr={capture:!0,passive:!1};function Yr(e){e.preventDefault(),e.stopImmediatePropagation()}function gs(e){var t=e.document.documentElement,n=ce(e).on("dragstart.drag",Yr,Xr);"onselectstart"in t?n.on("selectstart.drag",Yr,Xr):(t.__noselect=t.style.MozUserSelect,t.style.MozUserSelect="none")}function ys(e,t){var n=e.document.documentElement,r=ce(e).on("dragstart.drag",null);t&&(r.on("click.drag",Yr,Xr),setTimeout(function(){r.on("click.drag",null)},0)),"onselectstart"in n?r.on("selectstart.drag",null):(n.style.MozUserSelect=n.__noselect,delete n.__noselect)}function wd(e,{sourceEvent:t,subject:n,target:r,identifier:o,active:i,x:a,y:s,dx:u,dy:l,dispatch:c}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},subject:{value:n,enumerable:!0,configurable:!0},target:{value:r,enumerable:!0,configurable:!0},identifier:{value:o,enumerable:!0,configurable:!0},active:{value:i,enumerable:!0,configurable:!0},x:{value:a,enumerable:!0,configurable:!0},y:{value:s,enumerable:!0,configurable:!0},dx:{value:u,enumerable:!0,configurable:!0},dy:{value:l,enumerable:!0,configurable:!0},_:{value:c}})}wd.prototype.on=function(){var e=this._.on.apply(this._,arguments);return e===this._?this:e};var Xt=e=>()=>e;function Ur(e,{sourceEvent:t,target:n,transform:r,dispatch:o}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},target:{value:n,enumerable:!0,configurable:!0},transform:{value:r,enumerable:!0,configurable:!0},_:{value:o}})}function ve(e,t,n){this.k=e,this.x=t,this.y=n}ve.prototype={constructor:ve,scale:function(e){return e===1?this:new ve(this.k*e,this.x,this.y)},translate:function(e,t){return e===0&t===0?this:new ve(this.k,this.x+this.k*e,this.y+this.k*t)},apply:function(e){return[e[0]*this.k+this.x,e[1]*this.k+this.y]},applyX:function(e){return e*this.k+this.x},applyY:function(e){return e*this.k+this.y},invert:function(e){return[(e[0]-this.x)/this.k,(e[1]-this.y)/this.k]},invertX:function(e){return(e-this.x)/this.k},invertY:function(e){return(e-this.y)/this.k},rescaleX:function(e){return e.copy().domain(e.range().map(this.invertX,this).map(e.invert,e))},rescaleY:function(e){return e.copy().domain(e.range().map(this.invertY,this).map(e.invert,e))},toString:function(){return"translate("+this.x+","+this.y+") scale("+this.k+")"}};var rt=new ve(1,0,0);vt.prototype=ve.prototype;function vt(e){for(;!e.__zoom;)if(!(e=e.parentNode))return rt;return e.__zoom}function Fn(e){e.stopImmediatePropagation()}function wt(e){e.preventDefault(),e.stopImmediatePropagation()}function kd(e){return(!e.ctrlKey||e.type==="wheel")&&!e.button}function Md(){var e=this;return e instanceof SVGElement?(e=e.ownerSVGElement||e,e.hasAttribute("viewBox")?(e=e.viewBox.baseVal,[[e.x,e.y],[e.x+e.width,e.y+e.height]]):[[0,0],[e.width.baseVal.value,e.height.baseVal.value]]):[[0,0],[e.clientWidth,e.clientHeight]]}function bs(){return this.__zoom||rt}function Sd(e){return-e.deltaY*(e.deltaMode===1?.05:e.deltaMode?1:.002)*(e.ctrlKey?10:1)}function $d(){return navigator.maxTouchPoints||"ontouchstart"in this}function Ed(e,t,n){var r=e.invertX(t[0][0])-n[0][0],o=e.invertX(t[1][0])-n[1][0],i=e.invertY(t[0][1])-n[0][1],a=e.invertY(t[1][1])-n[1][1];return e.translate(o>r?(r+o)/2:Math.min(0,r)||Math.max(0,o),a>i?(i+a)/2:Math.min(0,i)||Math.max(0,a))}function Kr(){var e=kd,t=Md,n=Ed,r=Sd,o=$d,i=[0,1/0],a=[[-1/0,-1/0],[1/0,1/0]],s=250,u=Ha,l=Gt("start","zoom","end"),c,f,d,g=500,_=150,S=0,$=10;function v(m){m.property("__zoom",bs).on("wheel.zoom",W,{passive:!1}).on("mousedown.zoom",z).on("dblclick.zoom",A).filter(o).on("touchstart.zoom",N).on("touchmove.zoom",k).on("touchend.zoom touchcancel.zoom",w).style("-webkit-tap-highlight-color","rgba(0,0,0,0)")}v.transform=function(m,x,b,E){var L=m.selection?m.selection():m;L.property("__zoom",bs),m!==L?F(m,x,b,E):L.interrupt().each(function(){G(this,arguments).event(E).start().zoom(null,typeof x=="function"?x.apply(this,arguments):x).end()})},v.scaleBy=function(m,x,b,E){v.scaleTo(m,function(){var L=this.__zoom.k,y=typeof x=="function"?x.apply(this,arguments):x;return L*y},b,E)},v.scaleTo=function(m,x,b,E){v.transform(m,function(){var L=t.apply(this,arguments),y=this.__zoom,h=b==null?D(L):typeof b=="function"?b.apply(this,arguments):b,C=y.invert(h),T=typeof x=="function"?x.apply(this,arguments):x;return n(P(R(y,T),h,C),L,a)},b,E)},v.translateBy=function(m,x,b,E){v.transform(m,function(){return n(this.__zoom.translate(typeof x=="function"?x.apply(this,arguments):x,typeof b=="function"?b.apply(this,arguments):b),t.apply(this,arguments),a)},null,E)},v.translateTo=function(m,x,b,E,L){v.transform(m,function(){var y=t.apply(this,arguments),h=this.__zoom,C=E==null?D(y):typeof E=="function"?E.apply(this,arguments):E;return n(rt.translate(C[0],C[1]).scale(h.k).translate(typeof x=="function"?-x.apply(this,arguments):-x,typeof b=="function"?-b.apply(this,arguments):-b),y,a)},E,L)};function R(m,x){return x=Math.max(i[0],Math.min(i[1],x)),x===m.k?m:new ve(x,m.x,m.y)}function P(m,x,b){var E=x[0]-b[0]*m.k,L=x[1]-b[1]*m.k;return E===m.x&&L===m.y?m:new ve(m.k,E,L)}function D(m){return[(+m[0][0]+ +m[1][0])/2,(+m[0][1]+ +m[1][1])/2]}function F(m,x,b,E){m.on("start.zoom",function(){G(this,arguments).event(E).start()}).on("interrupt.zoom end.zoom",function(){G(this,arguments).event(E).end()}).tween("zoom",function(){var L=this,y=arguments,h=G(L,y).event(E),C=t.apply(L,y),T=b==null?D(C):typeof b=="function"?b.apply(L,y):b,H=Math.max(C[1][0]-C[0][0],C[1][1]-C[0][1]),O=L.__zoom,I=typeof x=="function"?x.apply(L,y):x,V=u(O.invert(T).concat(H/O.k),I.invert(T).concat(H/I.k));return function(B){if(B===1)B=I;else{var j=V(B),U=H/j[2];B=new ve(U,T[0]-j[0]*U,T[1]-j[1]*U)}h.zoom(null,B)}})}function G(m,x,b){return!b&&m.__zooming||new q(m,x)}function q(m,x){this.that=m,this.args=x,this.active=0,this.sourceEvent=null,this.extent=t.apply(m,x),this.taps=0}q.prototype={event:function(m){return m&&(this.sourceEvent=m),this},start:function(){return++this.active===1&&(this.that.__zooming=this,this.emit("start")),this},zoom:function(m,x){return this.mouse&&m!=="mouse"&&(this.mouse[1]=x.invert(this.mouse[0])),this.touch0&&m!=="touch"&&(this.touch0[1]=x.invert(this.touch0[0])),this.touch1&&m!=="touch"&&(this.touch1[1]=x.invert(this.touch1[0])),this.that.__zoom=x,this.emit("zoom"),this},end:function(){return--this.active===0&&(delete this.that.__zooming,this.emit("end")),this},emit:function(m){var x=ce(this.that).datum();l.call(m,this.that,new Ur(m,{sourceEvent:this.sourceEvent,target:v,type:m,transform:this.that.__zoom,dispatch:l}),x)}};function W(m,...x){if(!e.apply(this,arguments))return;var b=G(this,x).event(m),E=this.__zoom,L=Math.max(i[0],Math.min(i[1],E.k*Math.pow(2,r.apply(this,arguments)))),y=Ee(m);if(b.wheel)(b.mouse[0][0]!==y[0]||b.mouse[0][1]!==y[1])&&(b.mouse[1]=E.invert(b.mouse[0]=y)),clearTimeout(b.wheel);else{if(E.k===L)return;b.mouse=[y,E.invert(y)],Qe(this),b.start()}wt(m),b.wheel=setTimeout(h,_),b.zoom("mouse",n(P(R(E,L),b.mouse[0],b.mouse[1]),b.extent,a));function h(){b.wheel=null,b.end()}}function z(m,...x){if(d||!e.apply(this,arguments))return;var b=m.currentTarget,E=G(this,x,!0).event(m),L=ce(m.view).on("mousemove.zoom",T,!0).on("mouseup.zoom",H,!0),y=Ee(m,b),h=m.clientX,C=m.clientY;gs(m.view),Fn(m),E.mouse=[y,this.__zoom.invert(y)],Qe(this),E.start();function T(O){if(wt(O),!E.moved){var I=O.clientX-h,V=O.clientY-C;E.moved=I*I+V*V>S}E.event(O).zoom("mouse",n(P(E.that.__zoom,E.mouse[0]=Ee(O,b),E.mouse[1]),E.extent,a))}function H(O){L.on("mousemove.zoom mouseup.zoom",null),ys(O.view,E.moved),wt(O),E.event(O).end()}}function A(m,...x){if(e.apply(this,arguments)){var b=this.__zoom,E=Ee(m.changedTouches?m.changedTouches[0]:m,this),L=b.invert(E),y=b.k*(m.shiftKey?.5:2),h=n(P(R(b,y),E,L),t.apply(this,x),a);wt(m),s>0?ce(this).transition().duration(s).call(F,h,E,m):ce(this).call(v.transform,h,E,m)}}function N(m,...x){if(e.apply(this,arguments)){var b=m.touches,E=b.length,L=G(this,x,m.changedTouches.length===E).event(m),y,h,C,T;for(Fn(m),h=0;h<E;++h)C=b[h],T=Ee(C,this),T=[T,this.__zoom.invert(T),C.identifier],L.touch0?!L.touch1&&L.touch0[2]!==T[2]&&(L.touch1=T,L.taps=0):(L.touch0=T,y=!0,L.taps=1+!!c);c&&(c=clearTimeout(c)),y&&(L.taps<2&&(f=T[0],c=setTimeout(function(){c=null},g)),Qe(this),L.start())}}function k(m,...x){if(this.__zooming){var b=G(this,x).event(m),E=m.changedTouches,L=E.length,y,h,C,T;for(wt(m),y=0;y<L;++y)h=E[y],C=Ee(h,this),b.touch0&&b.touch0[2]===h.identifier?b.touch0[0]=C:b.touch1&&b.touch1[2]===h.identifier&&(b.touch1[0]=C);if(h=b.that.__zoom,b.touch1){var H=b.touch0[0],O=b.touch0[1],I=b.touch1[0],V=b.touch1[1],B=(B=I[0]-H[0])*B+(B=I[1]-H[1])*B,j=(j=V[0]-O[0])*j+(j=V[1]-O[1])*j;h=R(h,Math.sqrt(B/j)),C=[(H[0]+I[0])/2,(H[1]+I[1])/2],T=[(O[0]+V[0])/2,(O[1]+V[1])/2]}else if(b.touch0)C=b.touch0[0],T=b.touch0[1];else return;b.zoom("touch",n(P(h,C,T),b.extent,a))}}function w(m,...x){if(this.__zooming){var b=G(this,x).event(m),E=m.changedTouches,L=E.length,y,h;for(Fn(m),d&&clearTimeout(d),d=setTimeout(function(){d=null},g),y=0;y<L;++y)h=E[y],b.touch0&&b.touch0[2]===h.identifier?delete b.touch0:b.touch1&&b.touch1[2]===h.identifier&&delete b.touch1;if(b.touch1&&!b.touch0&&(b.touch0=b.touch1,delete b.touch1),b.touch0)b.touch0[1]=this.__zoom.invert(b.touch0[0]);else if(b.end(),b.taps===2&&(h=Ee(h,this),Math.hypot(f[0]-h[0],f[1]-h[1])<$)){var C=ce(this).on("dblclick.zoom");C&&C.apply(this,arguments)}}}return v.wheelDelta=function(m){return arguments.length?(r=typeof m=="function"?m:Xt(+m),v):r},v.filter=function(m){return arguments.length?(e=typeof m=="function"?m:Xt(!!m),v):e},v.touchable=function(m){return arguments.length?(o=typeof m=="function"?m:Xt(!!m),v):o},v.extent=function(m){return arguments.length?(t=typeof m=="function"?m:Xt([[+m[0][0],+m[0][1]],[+m[1][0],+m[1][1]]]),v):t},v.scaleExtent=function(m){return arguments.length?(i[0]=+m[0],i[1]=+m[1],v):[i[0],i[1]]},v.translateExtent=function(m){return arguments.length?(a[0][0]=+m[0][0],a[1][0]=+m[1][0],a[0][1]=+m[0][1],a[1][1]=+m[1][1],v):[[a[0][0],a[0][1]],[a[1][0],a[1][1]]]},v.constrain=function(m){return arguments.length?(n=m,v):n},v.duration=function(m){return arguments.length?(s=+m,v):s},v.interpolate=function(m){return arguments.length?(u=m,v):u},v.on=function(){var m=l.on.apply(l,arguments);return m===l?v:m},v.clickDistance=function(m){return arguments.length?(S=(m=+m)*m,v):Math.sqrt(S)},v.tapDistance=function(m){return arguments.length?($=+m,v):$},v}var _d=10,xs=new WeakMap;function qn(e,t){let n=xs.get(e)??new Map;xs.set(e,n);let r=n.get(t);return r===void 0&&n.set(t,r=Ad(e,t)),r}function Bn(e,t){let n=Cd(t),r=e.map(a=>[...a]),o=r,i=ws(r,t);for(let a=0;a<_d&&i>0;a++){r=Td(r,n,a%2===0);let s=ws(r,t);s<i&&([o,i]=[r,s])}return o}function Cd(e){let t=new Map;for(let[n,r,o]of e)t.set(n,[...t.get(n)??[],[r,o]]),t.set(r,[...t.get(r)??[],[n,o]]);return t}function Td(e,t,n){let r=n?[...e]:[...e].reverse();for(let o=1;o<r.length;o++){let i=vs(r[o-1]),a=vs(r[o]),s=new Map(r[o].map(u=>[u,Ld(u,i,t)??a.get(u)]));r[o]=[...r[o]].sort((u,l)=>s.get(u)-s.get(l))}return n?r:r.reverse()}function Ld(e,t,n){let r=0,o=0;for(let[i,a]of n.get(e)??[]){let s=t.get(i);s!==void 0&&(r+=a,o+=a*s)}return r>0?o/r:null}function vs(e){return new Map(e.map((t,n)=>[t,(n+.5)/e.length]))}function ws(e,t){let n=new Map(e.flatMap(a=>a.map((s,u)=>[s,u]))),r=new Map(e.flatMap((a,s)=>a.map(u=>[u,s]))),o=new Map;for(let[a,s,u]of t){let[l,c]=[n.get(a),n.get(s)],f=r.get(a);l===void 0||c===void 0||f===void 0||o.set(f,[...o.get(f)??[],[l,c,u]])}let i=0;for(let a of o.values())a.forEach(([s,u,l],c)=>{for(let f=c+1;f<a.length;f++){let[d,g,_]=a[f];(s-d)*(u-g)<0&&(i+=l*_)}});return i}function Ad(e,t){let n=e.snapshots.flatMap($=>ue($,t)??[]),r=e.layers,o=Rd(n,r),i=ks(n,$=>$),a=Bn(o.map($=>$.map(v=>v.key)),i),s=new Map,u=o.map(($,v)=>Nd($,a[v],r[v],s)),l=n.map($=>Gd($,r,u,s)),c=new Map(n.map(($,v)=>[$.snapshot,l[v]])),f=ks(n,($,v)=>c.get(v.snapshot).get($)),d=new Map;for(let $ of l.flatMap(v=>[...v.values()]))d.set($,(d.get($)??0)+1);let g=Bn(u,f).map($=>Od($,d)),_=new Map(g.flatMap($=>$.map((v,R)=>[v,R]))),S=new Map([...c].map(([$,v])=>[$,new Map([...v].map(([R,P])=>[R,_.get(P)]))]));return{layers:r,counts:new Map(r.map(($,v)=>[$,g[v].length])),at:$=>S.get($)??new Map}}function Rd(e,t){let n=new Map,r=new Map(t.map(o=>[o,[]]));return e.forEach((o,i)=>{for(let{key:a,group:s}of o.nodes){if(s.lineage===null)continue;let u=n.get(a);if(u!==void 0){u.last=i;continue}let l={key:a,first:i,last:i};n.set(a,l),r.get(s.layer)?.push(l)}}),t.map(o=>r.get(o))}function ks(e,t){let n=new Map;for(let r of e)for(let o of r.links){let[i,a]=[t(o.source,r),t(o.target,r)],s=n.get(i)??new Map;n.set(i,s),s.set(a,(s.get(a)??0)+Math.abs(o.share))}return[...n].flatMap(([r,o])=>[...o].map(([i,a])=>[r,i,a]))}function Nd(e,t,n,r){let o=new Map(t.map((a,s)=>[a,s])),i=[];for(let a of e){let s=o.get(a.key),u=f=>Math.abs(Zr(f.ranks)-s),c=i.filter(f=>f.until<a.first).sort((f,d)=>u(f)-u(d))[0];c===void 0&&(c={name:`${n} ${i.length}`,until:-1,ranks:[]},i.push(c)),c.until=a.last,c.ranks.push(s),r.set(a.key,c.name)}return i.sort((a,s)=>Zr(a.ranks)-Zr(s.ranks)).map(a=>a.name)}function Od(e,t){let n=Math.max(...e.map(a=>t.get(a)??0)),r=e.filter(a=>2*(t.get(a)??0)<=n),o=Math.floor(r.length/2),i=e.filter(a=>!r.includes(a));return[...r.slice(0,o),...i,...r.slice(o)]}function Zr(e){return e.reduce((t,n)=>t+n,0)/e.length}function Gd(e,t,n,r){let o=new Map,i=new Set;for(let{key:a,group:s}of e.nodes){let u=s.lineage===null?void 0:r.get(a);u!==void 0&&(o.set(a,u),i.add(u))}for(let{key:a,group:s}of e.nodes){if(o.has(a))continue;let u=n[t.indexOf(s.layer)];if(u===void 0)continue;let l=u.find(c=>!i.has(c));l===void 0&&u.push(l=`${s.layer} ${u.length}`),o.set(a,l),i.add(l)}return o}var Qr=12,[Ms,Dd]=[76,260];function Ss(e,t){let n=Math.max(1,e.layers.length);return n*t.width+(n-1)*Ms}function Jr(e,t,n){let r=e.layers.map(l=>e.counts.get(l)??0),o=Math.max(1,r.length),i=t.height+Qr,a=Math.max(1,...r)*i-Qr,s=a*n.width/Math.max(1,n.height)-o*t.width,u=Math.min(Dd,Math.max(Ms,s/Math.max(1,o-1)));return{width:o*t.width+(o-1)*u,height:a,card:t,pitch:{width:t.width+u,height:i},counts:r}}function eo(e,t){return Math.max(1,e.counts[t]??1)*e.pitch.height-Qr}function to(e,t,n){return{x:t*e.pitch.width,y:(e.height-eo(e,t))/2+n*e.pitch.height}}function Es(e,t){let n=$s(e,t,"source","target"),r=$s(e,t,"target","source"),o=new Set([...n,...r]);return{keys:new Set([t,...[...o].flatMap(i=>[i.source,i.target])]),links:o}}function $s(e,t,n,r){let o=new Map;for(let s of e)s.share!==0&&o.set(s[n],[...o.get(s[n])??[],s]);let i=new Map,a=s=>{let u=i.get(s);if(u!==void 0)return u;let l={strength:1,links:[]},c=-1;for(let f of o.get(s)??[]){let d=a(f[r]),g=Math.abs(f.share)*d.strength;g>c&&(c=g,l={strength:g,links:[f,...d.links]})}return i.set(s,l),l};return a(t).links}function Z(e){return function(){return e}}var Yt=Math.PI,no=2*Yt,ot=1e-6,Pd=no-ot;function _s(e){this._+=e[0];for(let t=1,n=e.length;t<n;++t)this._+=arguments[t]+e[t]}function Id(e){let t=Math.floor(e);if(!(t>=0))throw new Error(`invalid digits: ${e}`);if(t>15)return _s;let n=10**t;return function(r){this._+=r[0];for(let o=1,i=r.length;o<i;++o)this._+=Math.round(arguments[o]*n)/n+r[o]}}function Cs(e,t,n,r){return e===n&&t===r}function zd(e){let t=Math.floor(e);if(!(t<=15))return Cs;let n=10**t,r=function(o){return Math.round(o*n)};return function(o,i,a,s){return r(o)===r(a)&&r(i)===r(s)}}var kt=class{constructor(t){this._x0=this._y0=this._x1=this._y1=null,this._="",this._append=t==null?_s:Id(t),this._equal=t==null?Cs:zd(t)}moveTo(t,n){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}`}closePath(){this._x1!==null&&(this._x1=this._x0,this._y1=this._y0,this._append`Z`)}lineTo(t,n){this._append`L${this._x1=+t},${this._y1=+n}`}quadraticCurveTo(t,n,r,o){this._append`Q${+t},${+n},${this._x1=+r},${this._y1=+o}`}bezierCurveTo(t,n,r,o,i,a){this._append`C${+t},${+n},${+r},${+o},${this._x1=+i},${this._y1=+a}`}arcTo(t,n,r,o,i){if(t=+t,n=+n,r=+r,o=+o,i=+i,i<0)throw new Error(`negative radius: ${i}`);let a=this._x1,s=this._y1,u=r-t,l=o-n,c=a-t,f=s-n,d=c*c+f*f;if(this._x1===null)this._append`M${this._x1=t},${this._y1=n}`;else if(d>ot)if(!(Math.abs(f*u-l*c)>ot)||!i)this._append`L${this._x1=t},${this._y1=n}`;else{let g=r-a,_=o-s,S=u*u+l*l,$=g*g+_*_,v=Math.sqrt(S),R=Math.sqrt(d),P=i*Math.tan((Yt-Math.acos((S+d-$)/(2*v*R)))/2),D=P/R,F=P/v;Math.abs(D-1)>ot&&this._append`L${t+D*c},${n+D*f}`,this._append`A${i},${i},0,0,${+(f*g>c*_)},${this._x1=t+F*u},${this._y1=n+F*l}`}}arc(t,n,r,o,i,a){if(t=+t,n=+n,r=+r,a=!!a,r<0)throw new Error(`negative radius: ${r}`);let s=r*Math.cos(o),u=r*Math.sin(o),l=t+s,c=n+u,f=1^a,d=a?o-i:i-o;if(this._x1===null?this._append`M${l},${c}`:(Math.abs(this._x1-l)>ot||Math.abs(this._y1-c)>ot)&&this._append`L${l},${c}`,!!r){if(d<0&&(d=d%no+no),d>Pd)this._append`A${r},${r},0,1,${f},${t-s},${n-u}A${r},${r},0,1,${f},${this._x1=l},${this._y1=c}`;else if(d>ot){let g=t+r*Math.cos(i),_=n+r*Math.sin(i);if(d>=Yt&&this._equal(l,c,g,_)){d/=2;let S=o+d;this._append`A${r},${r},0,${+(d>=Yt)},${f},${t+r*Math.cos(S)},${n+r*Math.sin(S)}`}this._append`A${r},${r},0,${+(d>=Yt)},${f},${this._x1=g},${this._y1=_}`}}}rect(t,n,r,o){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}h${r=+r}v${+o}h${-r}Z`}toString(){return this._}};function Vd(){return new kt}Vd.prototype=kt.prototype;function Mt(e){let t=3;return e.digits=function(n){if(!arguments.length)return t;if(n==null)t=null;else{let r=Math.floor(n);if(!(r>=0))throw new RangeError(`invalid digits: ${n}`);t=r}return e},()=>new kt(t)}var Ts=Array.prototype.slice;function jn(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function Ls(e){this._context=e}Ls.prototype={areaStart:function(){this._line=0},areaEnd:function(){this._line=NaN},lineStart:function(){this._point=0},lineEnd:function(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line},point:function(e,t){switch(e=+e,t=+t,this._point){case 0:this._point=1,this._line?this._context.lineTo(e,t):this._context.moveTo(e,t);break;case 1:this._point=2;default:this._context.lineTo(e,t);break}}};function Wn(e){return new Ls(e)}function St(e){return e[0]}function $t(e){return e[1]}function Et(e,t){var n=Z(!0),r=null,o=Wn,i=null,a=Mt(s);e=typeof e=="function"?e:e===void 0?St:Z(e),t=typeof t=="function"?t:t===void 0?$t:Z(t);function s(u){var l,c=(u=jn(u)).length,f,d=!1,g;for(r==null&&(i=o(g=a())),l=0;l<=c;++l)!(l<c&&n(f=u[l],l,u))===d&&((d=!d)?i.lineStart():i.lineEnd()),d&&i.point(+e(f,l,u),+t(f,l,u));if(g)return i=null,g+""||null}return s.x=function(u){return arguments.length?(e=typeof u=="function"?u:Z(+u),s):e},s.y=function(u){return arguments.length?(t=typeof u=="function"?u:Z(+u),s):t},s.defined=function(u){return arguments.length?(n=typeof u=="function"?u:Z(!!u),s):n},s.curve=function(u){return arguments.length?(o=u,r!=null&&(i=o(r)),s):o},s.context=function(u){return arguments.length?(u==null?r=i=null:i=o(r=u),s):r},s}function ro(e,t,n){var r=null,o=Z(!0),i=null,a=Wn,s=null,u=Mt(l);e=typeof e=="function"?e:e===void 0?St:Z(+e),t=typeof t=="function"?t:t===void 0?Z(0):Z(+t),n=typeof n=="function"?n:n===void 0?$t:Z(+n);function l(f){var d,g,_,S=(f=jn(f)).length,$,v=!1,R,P=new Array(S),D=new Array(S);for(i==null&&(s=a(R=u())),d=0;d<=S;++d){if(!(d<S&&o($=f[d],d,f))===v)if(v=!v)g=d,s.areaStart(),s.lineStart();else{for(s.lineEnd(),s.lineStart(),_=d-1;_>=g;--_)s.point(P[_],D[_]);s.lineEnd(),s.areaEnd()}v&&(P[d]=+e($,d,f),D[d]=+t($,d,f),s.point(r?+r($,d,f):P[d],n?+n($,d,f):D[d]))}if(R)return s=null,R+""||null}function c(){return Et().defined(o).curve(a).context(i)}return l.x=function(f){return arguments.length?(e=typeof f=="function"?f:Z(+f),r=null,l):e},l.x0=function(f){return arguments.length?(e=typeof f=="function"?f:Z(+f),l):e},l.x1=function(f){return arguments.length?(r=f==null?null:typeof f=="function"?f:Z(+f),l):r},l.y=function(f){return arguments.length?(t=typeof f=="function"?f:Z(+f),n=null,l):t},l.y0=function(f){return arguments.length?(t=typeof f=="function"?f:Z(+f),l):t},l.y1=function(f){return arguments.length?(n=f==null?null:typeof f=="function"?f:Z(+f),l):n},l.lineX0=l.lineY0=function(){return c().x(e).y(t)},l.lineY1=function(){return c().x(e).y(n)},l.lineX1=function(){return c().x(r).y(t)},l.defined=function(f){return arguments.length?(o=typeof f=="function"?f:Z(!!f),l):o},l.curve=function(f){return arguments.length?(a=f,i!=null&&(s=a(i)),l):a},l.context=function(f){return arguments.length?(f==null?i=s=null:s=a(i=f),l):i},l}var oo=class{constructor(t,n){this._context=t,this._x=n}areaStart(){this._line=0}areaEnd(){this._line=NaN}lineStart(){this._point=0}lineEnd(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line}point(t,n){switch(t=+t,n=+n,this._point){case 0:{this._point=1,this._line?this._context.lineTo(t,n):this._context.moveTo(t,n);break}case 1:this._point=2;default:{this._x?this._context.bezierCurveTo(this._x0=(this._x0+t)/2,this._y0,this._x0,n,t,n):this._context.bezierCurveTo(this._x0,this._y0=(this._y0+n)/2,t,this._y0,t,n);break}}this._x0=t,this._y0=n}};function As(e){return new oo(e,!0)}function Hd(e){return e.source}function Fd(e){return e.target}function Rs(e){let t=Hd,n=Fd,r=St,o=$t,i=null,a=null,s=Mt(u);function u(){let l,c=Ts.call(arguments),f=t.apply(this,c),d=n.apply(this,c);if(i==null&&(a=e(l=s())),a.lineStart(),c[0]=f,a.point(+r.apply(this,c),+o.apply(this,c)),c[0]=d,a.point(+r.apply(this,c),+o.apply(this,c)),a.lineEnd(),l)return a=null,l+""||null}return u.source=function(l){return arguments.length?(t=l,u):t},u.target=function(l){return arguments.length?(n=l,u):n},u.x=function(l){return arguments.length?(r=typeof l=="function"?l:Z(+l),u):r},u.y=function(l){return arguments.length?(o=typeof l=="function"?l:Z(+l),u):o},u.context=function(l){return arguments.length?(l==null?i=a=null:a=e(i=l),u):i},u}function io(){return Rs(As)}var[Ns,Bd]=[1.25,9],qd=12;function jd(e){return Ns+(Bd-Ns)*e}function Xn(e,t,n,r){let o=e.filter(l=>n.has(l.source)&&n.has(l.target)).sort((l,c)=>Math.abs(l.share)-Math.abs(c.share)),i=new Map(o.map(l=>[l,jd(t>0?Math.abs(l.share)/t:0)])),a=Os(o,"source","target",n,i,r.height),s=Os(o,"target","source",n,i,r.height),u=io();return o.map(l=>{let c=n.get(l.source),f=n.get(l.target),d=u({source:[Ut(c.x+r.width),Ut(c.y+a.get(l))],target:[Ut(f.x),Ut(f.y+s.get(l))]});return{link:l,path:d,width:Ut(i.get(l))}})}function Os(e,t,n,r,o,i){let a=new Map;for(let u of e)a.set(u[t],[...a.get(u[t])??[],u]);let s=new Map;for(let u of a.values()){u.sort((d,g)=>r.get(d[n]).y-r.get(g[n]).y);let l=u.reduce((d,g)=>d+o.get(g)+1,-1),c=Math.min(1,(i-2*qd)/l),f=(i-l*c)/2;for(let d of u){let g=o.get(d)*c;s.set(d,f+g/2),f+=g+c}}return s}function Ut(e){return Math.round(e*10)/10}function Gs(e,t,n){let r=n.trim().toLowerCase();if(r==="")return null;let o=/^(?:(.+):)?\s*(\d+)$/.exec(r),i=e.targets.find(a=>a.target===t)?.groups??[];return new Set(i.filter(a=>{let s=he(a).toLowerCase().includes(r);if(o===null)return s;if(s&&a.label!==null)return!0;let[,u,l]=o;return u!==void 0&&!a.layer.toLowerCase().endsWith(u)?!1:(a.members??[]).some(([c])=>c===Number(l))}).map(Me))}var Pe=8,Kn=4,[Wd,Xd,Yd]=[{columns:2,rows:2,patch:66},{columns:4,rows:1,patch:40},{columns:3,rows:1,patch:40}],Ds=.8,Yn=14,Un=62,Ps=30,ao=56,Ud=450,Kd={emerge:"new",split:"split",merge:"merged"},Kt=(e,t)=>{let n=p("section",{class:"view circuit","aria-label":"Circuit"}),r=p("p",{class:"empty-note",hidden:!0}),o=ce(n).append("svg").attr("class","chart").attr("data-export","").attr("role","group"),i=o.append("g"),a=i.append("g").attr("class","lanes").attr("aria-hidden","true"),s=i.append("g").attr("class","edges").attr("aria-hidden","true"),u=i.append("g").attr("class","nodes"),l=o.append("g").attr("class","headings"),c=sp(h=>e({threshold:h})),f=p("div",{class:"zoom",role:"group","aria-label":"Zoom"},so("Zoom in",me.plus,()=>F(1.3)),so("Zoom out",me.minus,()=>F(1/1.3)),so("Fit the whole circuit",me.fit,()=>G(!0)));n.append(p("div",{class:"legend"},ap(),c.element),f,r);let d=null,g=null,_=null,S=null,$=!1,v="",R=null,P=Kr().scaleExtent([.2,4]).on("zoom",h=>{h.sourceEvent&&($=!0),i.attr("transform",h.transform.toString()),A()});o.call(P).on("dblclick.zoom",null),o.on("click",h=>{h.target===o.node()&&e({group:null})}),new ResizeObserver(()=>{R=null,d!==null&&!n.hidden&&q(d)}).observe(n);function D(){if(R!==null)return R;let{clientWidth:h,clientHeight:C}=n;return h===0?{width:960,height:600}:R={width:h,height:C}}function F(h){$=!0,o.transition().duration(rn()?0:200).call(P.scaleBy,h)}function G(h){if(g===null)return;let{frame:C}=g,{width:T,height:H}=D(),O={width:T-2*Ps,height:H-Un-ao},I=Math.min(1.2,Math.max(.3,Math.min(O.width/C.width,O.height/C.height))),V=rt.translate((T-C.width*I)/2,Un+Math.max(0,(O.height-C.height*I)/2)).scale(I);$=!1,h&&!rn()&&n.clientWidth>0?o.transition().duration(300).call(P.transform,V):o.call(P.transform,V)}function q(h){d=h;let C=ne(h.run,h.state),T=h.snapshot&&ue(h.snapshot,C);if(c.show(h.state.threshold),r.hidden=T!==null,o.classed("absent",T===null),T===null||C===null){g=null,r.textContent=rp(h,C);return}let{width:H,height:O}=D(),I={width:H-2*Ps,height:O-Un-ao},V=qn(h.run,C),B=g;g=Zd(T,V,I,h.state.threshold);let j=`Circuit of ${T.target.name} at step ${T.snapshot.step}, ${h.run.name}`;n.setAttribute("aria-label",j),o.attr("aria-label",j);let U=`${h.run.name}/${C}/${H}×${O}/${g.frame.width}×${g.frame.height}`,K=B===null||B.circuit.target.target!==C;z(g,h,K||rn()?0:Ud),U!==v&&(!$||K)?G(B!==null&&!K):A(),v=U,W(h),b()}function W({run:h,snapshot:C,state:T}){C===null||T.query.trim()===""||S?.step===C.step&&S.fingerprint===C.graph.fingerprint||(S=null,t.detail(h.name,C.step).then(H=>{d?.snapshot?.step!==H.step||d.run.name!==h.name||(S=H,b())},()=>{}))}function z({placed:h,frame:C,card:T,routes:H,circuit:O},I,V){let B=O.snapshot.graph.layers;a.selectAll("rect").data(qn(I.run,O.target.target).layers).join("rect").attr("x",(j,U)=>U*C.pitch.width-Yn).attr("y",(j,U)=>to(C,U,0).y-Yn).attr("width",T.width+2*Yn).attr("height",(j,U)=>eo(C,U)+2*Yn).attr("rx",14).classed("last",j=>j===B[B.length-1]),N(H,h,V),k(h,T,I,V),l.selectAll("g").data(qn(I.run,O.target.target).layers).join(j=>{let U=j.append("g");return U.append("title"),U.append("text").attr("class","layer").attr("y",26),U.append("text").attr("class","statistics").attr("y",44),U}).each(function(j){ce(this).select("title").text(`${j}: ${Is(O,j,99).join(" · ")}`)})}function A(){if(g===null)return;let{circuit:h,frame:C,card:T}=g,H=vt(o.node()),{width:O}=D(),I=re(h.snapshot.graph.layers);l.selectAll("g").each(function(V,B){let j=H.applyX(B*C.pitch.width+T.width/2),U=Math.min(C.pitch.width*H.k,2*j,2*(O-j))-14;this.setAttribute("transform",`translate(${j},0)`),ce(this).select(".layer").text(ft(I.get(V)??V,Math.floor(U/8))),ce(this).select(".statistics").text(tp(Is(h,V,3),U/6.1))})}function N(h,C,T){let H=new Map(C.map(I=>[I.node.key,I.dom])),O=new Map(C.map(I=>[I.node.key,I.title]));s.selectAll("path.edge").data(h,I=>`${H.get(I.link.source)} ${H.get(I.link.target)}`).join(I=>{let V=I.append("path").attr("class",T===0?"edge":"edge entering").attr("d",B=>B.path).attr("stroke-width",B=>B.width);return V.append("title"),V.on("animationend",Hs),V},I=>I,I=>Vs(I,T)).attr("data-source",I=>I.link.source).attr("data-target",I=>I.link.target).attr("data-weight",I=>I.link.weight).attr("data-sign",I=>I.link.weight<0?"-":"+").each(function(I){this.firstElementChild.textContent=np(I.link,O)}).call(I=>{if(T===0){I.interrupt().attr("d",V=>V.path).attr("stroke-width",V=>V.width);return}I.filter(function(V){return this.getAttribute("d")!==V.path||this.getAttribute("stroke-width")!==String(V.width)}).transition().duration(T).attr("d",V=>V.path).attr("stroke-width",V=>V.width)})}function k(h,C,T,H){let O=I=>`translate(${I.x},${I.y})`;u.selectAll("g.node").data(h,I=>I.dom).join(I=>{let V=I.append("g").attr("class",H===0?"node":"node entering").attr("role","button").attr("tabindex",0).attr("transform",O).on("pointerenter",(B,j)=>x(j.node.key)).on("pointerleave",()=>x(null)).on("focus",(B,j)=>L(j)).on("blur",()=>x(null)).on("click",(B,j)=>E(j.node.key)).on("keydown",(B,j)=>y(B,j));return V.on("animationend",Hs).each(function(){ip(this)}),V},I=>I,I=>Vs(I,H)).each(function(I){w(this,I,C,T)}).call(op).call(I=>{if(H===0){I.interrupt().attr("transform",O);return}I.filter(function(V){return this.getAttribute("transform")!==O(V)}).transition().duration(H).attr("transform",O)})}function w(h,C,T,H){let{node:O,title:I}=C,V=Fs(O);h.dataset.group=O.key,h.classList.toggle("unstable",V),h.classList.toggle("target",C.column===H.run.layers.length-1),h.setAttribute("aria-label",zs(C));let B=bu=>h.querySelector(`:scope > .${bu}`);B("card").setAttribute("width",String(T.width)),B("card").setAttribute("height",String(T.height)),B("hover").textContent=`${I} · ${zs(C)}`;let j=Math.floor((T.width-2*Pe)/7.6)-Y(O.group.importance).length,U=C.badge??(V?"unstable":""),K=I.length+U.length+2>j?U&&"•":U;B("name").replaceChildren(ze(I,j-K.length),M("tspan",{class:"badge",dx:6},K)),B("importance").textContent=Y(O.group.importance),B("importance").setAttribute("x",String(T.width-Pe));let le=B("bar");B("track").setAttribute("y",String(T.height-8)),le.setAttribute("y",String(T.height-8));let Ye=T.width-2*Pe;B("track").setAttribute("width",String(Ye)),le.setAttribute("width",String(Math.max(2,Math.min(1,O.importance)*Ye))),m(h,O,T,H)}function m(h,C,T,H){let O=h.querySelector(":scope > .patches"),I=H.snapshot,V=C.group.patches.slice(0,T.columns*T.rows).flatMap(j=>se(t,H.run.name,I,j)??[]),B=h.querySelector(":scope > .members");for(B.textContent=V.length===0?ee(C.size,"member"):"",V.forEach((j,U)=>{let K=O.children[U],le=K??O.appendChild(J(j));K!==void 0&&xr(K,j);let Ye=T.patch+Kn;le.setAttribute("width",String(T.patch)),le.setAttribute("height",String(T.patch)),le.setAttribute("x",String(Pe+U%T.columns*Ye)),le.setAttribute("y",String(23+Math.floor(U/T.columns)*Ye))});O.children.length>V.length;)O.lastElementChild.remove()}function x(h){_!==h&&(_=h,b())}function b(){if(g===null||d===null)return;let{circuit:h,links:C}=g,T=d.state.group,H=_??(T!==null&&h.byKey.has(T)?T:null),O=H===null?null:Es(C,H),I=S?.step===h.snapshot.step?S:h.snapshot.graph,V=Gs(I,h.target.target,d.state.query);o.classed("tracing",O!==null).classed("searching",V!==null),u.selectAll("g.node").classed("on-path",B=>O?.keys.has(B.node.key)??!1).classed("selected",B=>B.node.key===T).classed("hit",B=>V?.has(B.node.key)??!1).attr("aria-pressed",B=>String(B.node.key===T)),s.selectAll("path.edge").classed("on-path",({link:B})=>O?.links.has(B)??!1).classed("near",({link:B})=>H!==null&&(B.source===H||B.target===H)),n.dataset.hits=V===null?"":String(V.size),n.dispatchEvent(new CustomEvent("hits",{detail:V?.size??null,bubbles:!0}))}function E(h){e({group:d?.state.group===h?null:h})}function L(h){x(h.node.key);let C=vt(o.node()),{width:T,height:H}=D(),[O,I]=C.apply([h.x,h.y]),V=g.card,[B,j]=C.apply([h.x+V.width,h.y+V.height]);(O<0||I<Un||B>T||j>H-ao)&&($=!0,o.call(P.translateTo,h.x+V.width/2,h.y+V.height/2))}function y(h,C){if(h.key==="Enter"||h.key===" ")E(C.node.key);else if(h.key==="Escape")e({group:null});else{let T=g===null?null:ep(g.placed,C,h.key);if(T===null)return;u.selectAll("g.node").filter(O=>O.dom===T.dom).node()?.focus()}h.preventDefault(),h.stopPropagation()}return{element:n,update:q}};function Zd(e,t,n,r){let[o,i]=Qd(e.snapshot.graph.input!==null,t,n),a=t.at(e.snapshot),s=Jd(e),u=t.layers.length-1,l=e.nodes.flatMap(d=>{let g=t.layers.indexOf(d.group.layer),_=a.get(d.key);if(g<0||_===void 0)return[];let S=d.group.lineage===null&&g!==u;return[{node:d,column:g,dom:S?`${d.key}@${e.snapshot.step}`:d.key,title:Se(e,d),badge:s.get(`${d.group.layer}/${d.group.number}`)??null,...to(i,g,_)}]});l.sort((d,g)=>d.column-g.column||d.y-g.y);let c=new Map(l.map(d=>[d.node.key,d])),f=on(e,r);return{circuit:e,frame:i,card:o,placed:l,links:f,routes:Xn(f,e.strongest,c,o)}}function Qd(e,t,n){let r=l=>({...l,width:l.columns*(l.patch+Kn)-Kn+2*Pe,height:e?23+l.rows*(l.patch+Kn)+11:50}),[o,i]=[r(Wd),r(Xd)],a=l=>Ss(t,l)*Ds<=n.width,s=Jr(t,o,n);if(e&&a(o)&&s.height*Ds<=n.height)return[o,s];let u=a(i)?i:r(Yd);return[u,Jr(t,u,n)]}function Jd(e){return new Map((e.target.drift?.events??[]).flatMap(({event:t,layer:n,after:r})=>r.flatMap(o=>{let i=Kd[t];return i===void 0?[]:[[`${n}/${o}`,i]]})))}function Fs(e){return!Ue(e.group.stability)}function ep(e,t,n){let r=n==="ArrowLeft"?-1:n==="ArrowRight"?1:0,o=n==="ArrowUp"?-1:n==="ArrowDown"?1:0;if(r===0&&o===0)return null;let i=e.filter(s=>r!==0?Math.sign(s.column-t.column)===r:s.column===t.column&&Math.sign(s.y-t.y)===o),a=s=>Math.abs(s.column-t.column)*1e6+Math.abs(s.y-t.y);return i.sort((s,u)=>a(s)-a(u))[0]??null}function Is(e,t,n){let r=e.target.statistics[t];if(r===void 0)return[];let o=e.target.left_out[t]??0;return[r.core_neurons===null?null:ee(r.core_neurons,"neuron"),r.neuron_groups===null?null:ee(r.neuron_groups,"group"),r.semantic_groups===null?null:`${de(r.semantic_groups)} meanings each`,r.completeness_gap===null?null:`gap ${Y(r.completeness_gap)}`,o>0?`${o} left out`:null].filter(a=>a!==null).slice(0,n)}function tp(e,t){let n="";for(let r of e){let o=n===""?r:`${n} · ${r}`;if(o.length>t)break;n=o}return n}function zs({node:e,title:t,badge:n}){let{stability:r,layer:o,importance:i}=e.group;return[t,o,ee(e.size,"member"),`importance ${Y(i)}`,r===null?null:`stability ${Y(r)}`,Fs(e)?"unstable":null,n].filter(a=>a!==null).join(", ")}function np(e,t){let n=o=>t.get(o)??o,r=e.stability===null?"":`, sign kept in ${Y(e.stability)} of resamples`;return`${n(e.source)} → ${n(e.target)}: ${$e(e.weight)}${r}`}function rp({run:e,snapshot:t},n){if(t===null||n===null)return"This run has no snapshot yet.";let r=e.targets.find(o=>o.target===n)?.name??String(n);return`The snapshot of step ${t.step} holds no circuit of “${r}”. Choose another step or target.`}function Vs(e,t){if(e.interrupt(),t===0){e.remove();return}e.attr("class","leaving").attr("tabindex",null).attr("role",null).attr("aria-hidden","true").transition().duration(t/2).remove()}function Hs(){this.classList.remove("entering")}function op(e){let t=document.activeElement;e.order(),t instanceof SVGElement&&t!==document.activeElement&&t.isConnected&&t.focus({preventScroll:!0})}function ip(e){e.append(M("title",{class:"hover"}),M("rect",{class:"card",rx:9}),M("text",{class:"name",x:Pe,y:16}),M("text",{class:"importance",y:16}),M("text",{class:"members",x:Pe,y:36}),M("g",{class:"patches"}),M("rect",{class:"track",x:Pe,height:3,rx:1.5}),M("rect",{class:"bar",x:Pe,height:3,rx:1.5}))}function ap(){let e=(t,n)=>p("span",{class:"key"},M("svg",{width:26,height:8,"aria-hidden":"true"},M("path",{class:"edge on-path","data-sign":t,d:"M1 4H25","stroke-width":3})),n);return p("div",{class:"keys"},e("+","raises"),e("-","lowers"))}function sp(e){let t=p("input",{type:"range",min:0,max:1,step:.01,"aria-label":"Hide edges weaker than this share of the strongest into the same group",title:"Of the edges into each group",class:"threshold"}),n=p("output",{class:"number"});return t.addEventListener("input",()=>e(Number(t.value))),{element:p("label",{class:"labelled"},p("span",{},"Edges from"),t,n),show(r){t.value=String(r);let o=r===0?"all":`${Math.round(100*r)} %`;n.replaceChildren(o,p("span",{class:"roomy"},r===0?"":" of the strongest")),t.setAttribute("aria-valuetext",o)}}}function so(e,t,n){let r=p("button",{class:"button icon",type:"button","aria-label":e,title:e},ke(t));return r.addEventListener("click",n),r}var uo=["gained","lost","stronger","weaker","turned","same","unstable"],lp=.3,up=.1;function Bs(e){let t=new Map;for(let[n,,r]of e)t.set(n,(t.get(n)??0)+r);return t}function cp(e,t){let[n,r]=[Bs(e),Bs(t)],[o,i]=[0,0];for(let a of new Set([...n.keys(),...r.keys()])){let[s,u]=[n.get(a)??0,r.get(a)??0];o+=Math.min(s,u),i+=Math.max(s,u)}return i>0?o/i:0}function fp(e,t,n,r){let o=new Map,i=t.findIndex(u=>u.layer===n);e.forEach((u,l)=>{u.layer===n&&i>=0&&o.set(l,i)}),r&&e.forEach((u,l)=>{let c=d=>d.layer===u.layer&&d.lineage===u.lineage,f=u.lineage===null?-1:t.findIndex(c);f>=0&&!o.has(l)&&o.set(l,f)});let a=new Set(o.values()),s=e.flatMap((u,l)=>t.map((c,f)=>({position:l,there:f,alike:u.layer===c.layer?cp(u.members,c.members):0})));s.sort((u,l)=>l.alike-u.alike||u.position-l.position||u.there-l.there);for(let{position:u,there:l,alike:c}of s){let f=r&&e[u].lineage!==null&&t[l].lineage!==null;c<lp||f||o.has(u)||a.has(l)||(o.set(u,l),a.add(l))}return o}function qs(e,t){if(e*t<0)return"turned";let[n,r]=[Math.abs(e),Math.abs(t)];return Math.abs(r-n)<=up*Math.max(r,n)?"same":r>n?"stronger":"weaker"}var js=(e,t)=>e&&t?null:t?"gained":"lost";function Ws(e,t,n,r){let o=e[e.length-1]??"",i=fp(t.groups,n.groups,o,r),a=[],s=[new Map,new Map],u=(l,c)=>{let[f,d]=[l===null?null:t.groups[l],c===null?null:n.groups[c]],g=[f?.importance??0,d?.importance??0],_=(f??d).layer,$=_===o||(f?.stable??!0)&&(d?.stable??!0)?js(f!==null,d!==null)??qs(...g):"unstable";a.push({layer:_,before:l,after:c,importance:g,change:$})};for(let l=0;l<t.groups.length;l+=1){let c=i.get(l)??null,f=c===null?void 0:s[1].get(c);f===void 0&&u(l,c);let d=f??a.length-1;s[0].set(l,d),c!==null&&s[1].set(c,d)}return n.groups.forEach((l,c)=>{if(s[1].has(c))return;let f=a.findIndex(g=>g.layer===o),d=l.layer===o&&f>=0;d||u(null,c),s[1].set(c,d?f:a.length-1)}),{layers:e,nodes:a,edges:dp([t,n],s,a)}}function dp(e,t,n){let r=new Map;for(let o of[0,1])for(let[i,a,s,u]of e[o].edges){let l=[t[o].get(i),t[o].get(a)],c=l.join(" "),f=l.every(g=>n[g].change!=="unstable"),d=r.get(c)??{ends:l,weight:[0,0],there:[!1,!1],stable:f};d.stable&&=u,d.weight[o]+=s,d.there[o]=!0,r.set(c,d)}return[...r.values()].map(({ends:o,weight:i,there:a,stable:s})=>({source:o[0],target:o[1],weight:i,change:s?js(...a)??qs(...i):"unstable"}))}var lo=e=>Math.max(...e.weight.map(Math.abs));function Xs(e,t){let n=Math.max(0,...e.map(lo));return e.filter(r=>lo(r)>=t*n)}function co(e){let t=Object.fromEntries(uo.map(n=>[n,0]));for(let{change:n}of e)t[n]+=1;return t}function Ys({layers:e,nodes:t,edges:n}){let r=e.map(a=>t.flatMap((s,u)=>s.layer===a?[String(u)]:[])),o=n.map(a=>[String(a.source),String(a.target),lo(a)]),i=[];return Bn(r,o).forEach((a,s)=>a.forEach((u,l)=>i[Number(u)]={column:s,row:l,of:a.length})),i}function it({graph:e,step:t}){return e.name??`step ${t}`}var Us=" ⇒ ",Ks=" → ";function Zs({kind:e,name:t,before:n,after:r},o){if(e==="image")return t;let i=[e==="edge"||n!==null,e==="edge"||r!==null];return t.split(Ks).map(a=>{let s=a.split(Us),u=[s[0],s[s.length-1]],l=o.flatMap(({groups:c},f)=>{let d=c.find(g=>`${g.layer}/${g.number}`===u[f]);return i[f]&&d!==void 0?[`${he(d)} of ${d.layer}`]:[]});return l.length>0?[...new Set(l)].join(Us):a}).join(Ks)}var pp=e=>Math.round(e*100)/100;function X(e,t){for(let[n,r]of Object.entries(t))r===null?e.removeAttribute(n):e.setAttribute(n,typeof r=="number"?String(pp(r)):r)}function Ie(e,t,n,r,o){let i=new Map([...e.children].map(a=>[a.getAttribute("data-key"),a]));t.forEach((a,s)=>{let u=n(a),l=i.get(u)??r(a);i.delete(u),l.setAttribute("data-key",u),o(l,a);let c=e.children[s]??null;c!==l&&e.insertBefore(l,c)});for(let a of i.values())a.remove()}function _t(e,t){let n="";new ResizeObserver(()=>{let r=getComputedStyle(e),o=(u,l,c)=>Math.floor(u-parseFloat(l)-parseFloat(c)),i=o(e.clientWidth,r.paddingLeft,r.paddingRight),a=o(e.clientHeight,r.paddingTop,r.paddingBottom),s=`${i} ${a}`;i<=0||s===n||(n=s,t(i,a))}).observe(e)}var Zn=(e,t,n)=>{let r=e.indexOf(t);if(n==="ArrowDown"||n==="ArrowRight")return e[r+1];if(n==="ArrowUp"||n==="ArrowLeft")return e[r-1]},Te=(e,t,n)=>{let r={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]}[n];if(!r)return;let o=f=>{let d=f.getBoundingClientRect();return[d.left+d.width/2,d.top+d.height/2]},[i,a]=o(t),[s,u]=r,[l,c]=[void 0,1/0];for(let f of e){let[d,g]=o(f),_=(d-i)*s+(g-a)*u,S=Math.abs((d-i)*u)+Math.abs((g-a)*s),$=_+4*S;_<=.5||s!==0&&S>_+24||$>=c||([l,c]=[f,$])}return l};function ye(e,t,n,r){let o=()=>[...e.querySelectorAll(t)],i=s=>{for(let u of o())u.setAttribute("tabindex",u===s?"0":"-1")},a=s=>s.target.closest(t);return e.setAttribute("tabindex","-1"),e.addEventListener("click",s=>{let u=a(s);u&&r(u)}),e.addEventListener("focusin",s=>{let u=a(s);u&&i(u)}),e.addEventListener("keydown",s=>{let[u,{key:l}]=[a(s),s];if(!u)return;let c=o(),d={Home:c[0],End:c[c.length-1]}[l]??n(c,u,l);if(l==="Enter"||l===" ")r(u);else if(d)d.focus();else if(!l.startsWith("Arrow"))return;s.preventDefault(),s.stopPropagation()}),()=>{let s=o(),u=l=>l===document.activeElement||l.getAttribute("aria-pressed")==="true"||l.hasAttribute("aria-current");i(s.find(l=>l===document.activeElement)??s.find(u)??s[0])}}function qe(e,t,n){let r=JSON.stringify(t);e.dataset.choices!==r&&(e.dataset.choices=r,e.replaceChildren(...t.map(([o,i])=>p("option",{value:o},i)))),e.value=n}function je(e){let t=p("select",{class:"select","aria-label":e});return[p("label",{class:"labelled"},p("span",{},e),t),t]}var be={width:168,height:56},Qn=38,Qs=be.height+12,Js=40,Zt={least:138,most:178,height:38},mp=44,at=14,Jn={gained:"gained",lost:"lost",stronger:"strengthened",weaker:"weakened",turned:"turned",same:"unchanged",unstable:"unstable"},hp="unstable: other probe images of the class might not show it, so it is not counted as a change",gp={gained:"M-3.6,0H3.6M0,-3.6V3.6",lost:"M-3.6,0H3.6",stronger:"M-3.2,1.8L0,-2L3.2,1.8",weaker:"M-3.2,-1.8L0,2L3.2,-1.8",turned:"M-3,-1.5H3L1,-3.6M3,1.5H-3L-1,3.6",same:"M-2.6,-1.5H2.6M-2.6,1.5H2.6",unstable:"M-3.4,1C-1.7,-3 0,3 3.4,-1"};function el(e,t){let n=new Set,r=M("g",{class:"headings"}),o=M("g",{class:"edges",role:"group","aria-label":"Edges"}),i=M("g",{class:"nodes",role:"group","aria-label":"Neuron groups"}),a=M("g",{class:"changes",role:"group","aria-label":"Changes; choose one to hide or show it"}),s=M("svg",{class:"difference-chart",role:"group","data-export":!0},a,r,o,i),u=p("div",{class:"difference"},s),l=null,c=null,f=ye(i,".node",Te,$=>{let v=$.getAttribute("data-group");v!==null&&e(v===l?.selected?null:v)}),d=ye(a,".change",Te,$=>{let v=$.getAttribute("data-change");n.delete(v)||n.add(v),l&&_(l)}),g=$=>{let v=$.target.closest(".node");return v?Number(v.getAttribute("data-place")):null};for(let[$,v]of[["pointerover",!1],["focusin",!1],["pointerleave",!0],["focusout",!0]])i.addEventListener($,R=>{c=v?null:g(R),S()});function _($){l=$;let{difference:v,width:R,threshold:P}=l,D=Xs(v.edges,P),F=Ys({...v,edges:D}),G=v.layers.length,q=Math.max(mp,(R-2*at-G*be.width)/Math.max(1,G-1)),W=Math.max(1,...F.map(({of:x})=>x)),z=wp(v.nodes,D,R),A=z.rows*Zt.height+4+Js,N=A+W*Qs+at,k=F.map(({column:x,row:b,of:E})=>({x:at+x*(be.width+q),y:A+(b+(W-E)/2)*Qs})),w=2*at+G*be.width+(G-1)*q;X(s,{viewBox:`0 0 ${w} ${N}`,width:w,height:N,"aria-label":yp(l)});let m=re(v.layers);r.replaceChildren(...v.layers.map((x,b)=>M("text",{x:at+b*(be.width+q)+be.width/2,y:A-Js+22,"text-anchor":"middle"},M("title",{},x),ft(m.get(x)??x,22)))),xp(o,l,D,k,n),i.replaceChildren(...v.nodes.flatMap((x,b)=>n.has(x.change)?[]:[vp(x,b,k[b],l,t)])),kp(a,z,n),f(),d(),S()}function S(){if(!l)return;let $=l.selected===null?-1:l.keys.indexOf(l.selected),v=c??($>=0?$:null);s.classList.toggle("pointing",v!==null);let R=new Set([String(v)]);for(let P of o.children){let D=[P.getAttribute("data-source"),P.getAttribute("data-target")],F=D.includes(String(v));if(P.classList.toggle("near",F),F)for(let G of D)R.add(G)}for(let P of i.children){P.classList.toggle("near",R.has(P.getAttribute("data-place")));let D=P.getAttribute("data-group");X(P,{"aria-pressed":String(D!==null&&D===l.selected)})}}return{element:u,draw:_}}function yp({sides:[e,t]}){let n=r=>`${r.run}, ${it({graph:r.graph,step:r.graph.step})}`;return`What changed in the circuit of ${t.target.name} from ${n(e)} to ${n(t)}`}function bp({weight:[e,t],change:n}){return n==="same"?0:Math.abs(n==="turned"?t-e:Math.abs(t)-Math.abs(e))}function xp(e,{difference:t},n,r,o){let i=f=>o.has(t.nodes[f].change),a=n.filter(f=>!o.has(f.change)&&!i(f.source)&&!i(f.target)),s=new Map,u=a.map(f=>{let[d,g]=[String(f.source),String(f.target)],_={source:d,target:g,weight:f.weight[1],share:bp(f),stability:null};return s.set(_,f),_}),l=Math.max(0,...u.map(f=>f.share)),c=new Map(r.map((f,d)=>[String(d),f]));e.replaceChildren(...Xn(u,l,c,be).map(({link:f,path:d,width:g})=>{let _=s.get(f);return M("path",{class:`edge ${_.change}`,d,"stroke-width":g,"data-source":f.source,"data-target":f.target,"data-change":_.change},M("title",{},`${Jn[_.change]}: ${de(_.weight[0])} → ${de(_.weight[1])}`))}))}function vp(e,t,{x:n,y:r},o,i){let a=P=>{let D=P===0?e.before:e.after;return D===null?null:o.sides[P].target.groups[D]},[s,u]=[a(0),a(1)],l=u??s,f=e.layer===o.difference.layers[o.difference.layers.length-1]&&l.label===null?o.sides[1].target.name:he(l),d=[0,1].flatMap(P=>{let{run:D,graph:F}=o.sides[P];return(a(P)?.patches.slice(0,s&&u?1:2)??[]).flatMap(q=>se(i,D,F,q)??[])}),[g,_]=[Y(s?.importance),Y(u?.importance)],S=s&&u&&g!==_?`${g} → ${_}`:Y(l.importance),$=`${f}, ${e.layer}: ${Jn[e.change]}, importance ${S}`,v=o.keys[t]??null,R=d.length?9+d.length*(Qn+3)+5:12;return M("g",{class:`node ${e.change}`,transform:`translate(${n},${r})`,role:"button","aria-label":$,"aria-disabled":v===null?"true":null,"data-group":v,"data-place":t,"data-change":e.change},M("title",{},$),M("rect",{class:"card",width:be.width,height:be.height,rx:9}),...d.map((P,D)=>{let F=J(P,Qn);return X(F,{x:9+D*(Qn+3),y:(be.height-Qn)/2}),F}),M("text",{class:"name",x:R,y:24},ze(f,Math.floor((be.width-R-6)/7))),M("text",{class:"importance",x:R,y:41},S.replace(" % →"," →")),tl(e.change,be.width-2,2))}function tl(e,t,n){return M("g",{class:`sign ${e}`,transform:`translate(${t},${n})`},M("circle",{r:7.5}),M("path",{d:gp[e]}))}function wp(e,t,n){let[r,o]=[co(e),co(t)],i=uo.filter(l=>r[l]+o[l]>0).map(l=>({change:l,counts:`${ee(r[l],"group")}, ${ee(o[l],"edge")}`})),a=n-2*at,s=Math.max(1,Math.min(i.length,Math.floor(a/Zt.least))),u=Math.ceil(i.length/s);return{entries:i,pitch:Math.min(Zt.most,a/s),across:s,rows:u}}function kp(e,{entries:t,pitch:n,across:r},o){e.replaceChildren(...t.map(({change:i,counts:a},s)=>{let[u,l]=[at+s%r*n,4+Math.floor(s/r)*Zt.height];return M("g",{class:`change ${i}`,role:"button","aria-pressed":String(!o.has(i)),"aria-label":`${Jn[i]}: ${a}`,"data-change":i,transform:`translate(${u},${l})`},M("title",{},`${o.has(i)?"Show":"Hide"}${i==="unstable"?` what is ${hp}`:""}`),M("rect",{class:"hit",x:-4,y:-2,width:n-8,height:Zt.height-4,rx:7}),M("line",{class:`edge ${i}`,x1:0,x2:26,y1:15,y2:15,"stroke-width":3}),tl(i,13,15),M("text",{x:34,y:12},Jn[i]),M("text",{class:"count",x:34,y:27},a))}))}var Ct=[["edge_drift","Edge drift"],["core_turnover","Core turnover"],["importance_turnover","Importance turnover"],["rank_turnover","Rank turnover"],["group_turnover","Group turnover"],["concept_drift","Concept drift"],["polysemanticity","Polysemanticity"]],Mp=["changed","re-described"];function Sp(e){let[,,,t,n,,r]=e;return t===null||n===null||r===null?!1:r<.05&&t>n}function er(e,t,n){let r=new Map;return e.forEach(({drift:o},i)=>{for(let a of o?.drifts??[]){let[s,u,l,c,f,,d]=a;if(s!==t||c===null)continue;let g=JSON.stringify([u,l]),_=r.get(g)??{layer:u,below:l,points:[]};r.set(g,_);let S=Sp(a),$=S&&Mp.includes(o.verdict);_.points.push({place:i,value:c,nullQuantile:f,pAdjusted:d,significant:S,alarm:$})}}),[...r.values()].sort((o,i)=>n.indexOf(o.layer)-n.indexOf(i.layer))}function fo(e,t=()=>!0){let n=[],r=null;for(let o of e.filter(t))r&&o.place===r.place+1?n[n.length-1].push(o):n.push([o]),r=o;return n}function nl(e,t){let n=e[0]?.wall_time??0;return t==="time"?{unit:"time",values:e.map(r=>r.wall_time-n)}:t==="epoch"&&e.every(({epoch:r})=>r!==null)?{unit:"epoch",values:e.map((o,i)=>{let a=u=>u.epoch===o.epoch,s=e.slice(0,i).filter(a).length;return o.epoch+s/e.filter(a).length})}:{unit:"step",values:e.map(r=>r.step)}}function We(e){return e===null?"none":e!==0&&Math.abs(e)<.001?e.toExponential(1).replace("-","−"):String(Number(e.toPrecision(3))).replace("-","−")}function rl(e){return e<120?`${Number(e.toFixed(e<10?1:0))} s`:e<7200?`${Number((e/60).toFixed(e<600?1:0))} min`:`${Number((e/3600).toFixed(1))} h`}var $p=44,tr=8,Ep={edge:["Edge","the edges into"],group:["Group","the groups of"],image:["Image","the images' activations in"]},_p={emerge:["emerged","emerged"],disappear:["disappeared","disappeared"],split:["split","split"],merge:["merge","merges"]};function ol(e,t,n,r,o){let i=e.evidence??[],[a,s]=n,u=l=>p("ol",{},...l.map(c=>Lp(c,Zs(c,r),t,[s,a],o)));return p("aside",{class:"evidence","aria-label":"Evidence of the change"},p("h2",{},"What changed ",p("span",{class:e.verdict==="changed"?"chip alarm":"chip accent"},e.verdict)),p("p",{class:"muted"},`From ${it({graph:a,step:a.step})} to ${it({graph:s,step:s.step})}. ${Cp(e.events)}`),Tp(e,s),p("h3",{},i.length>0?"What makes up most of it":"No evidence was recorded"),u(i.slice(0,tr)),i.length>tr?p("details",{class:"more"},p("summary",{},`${i.length-tr} more`),u(i.slice(tr))):null)}function Cp(e){let t=Object.entries(_p).flatMap(([n,[r,o]])=>{let i=e.filter(a=>a.event===n).length;return i===0?[]:[`${i} ${i===1?r:o}`]});return t.length>0?`Groups: ${t.join(", ")}.`:"Every group survived."}function Tp(e,t){let[n,r]=Ct[0],o={step:t.step,epoch:null,wall_time:0,since:t.since,drift:e},i=re(t.layers),a=u=>i.get(u)??u,s=er([o],n,t.layers).reverse();return p("table",{},p("caption",{class:"visually-hidden"},r),p("thead",{},p("tr",{},...[r,"value","noise"].map(u=>p("th",{scope:"col"},u)))),p("tbody",{},...s.flatMap(({layer:u,below:l,points:c})=>c.map(f=>p("tr",{class:f.significant?"significant":null},p("th",{scope:"row"},l===null?a(u):`${a(l)} → ${a(u)}`),p("td",{class:"number"},`${f.significant?"◆ ":""}${We(f.value)}`),p("td",{class:"number"},f.nullQuantile===null?"–":`≤ ${We(f.nullQuantile)}`))))))}function Lp(e,t,n,r,o){let i=Math.max(0,Math.min(1,e.share??0)),[a,s]=Ep[e.kind]??[e.kind,""],u=l=>l===null?"none":We(l);return p("li",{},p("p",{class:"what"},p("span",{class:"chip"},a),p("span",{class:"mono"},t)),p("p",{class:"size number"},`${u(e.before)} → ${u(e.after)}`,p("span",{class:"muted"},`${Y(e.share)} of the change in ${s} ${re(r[0].layers).get(e.layer)??e.layer}`)),M("svg",{class:"share",viewBox:"0 0 100 3",preserveAspectRatio:"none","aria-hidden":"true"},M("rect",{class:"track",width:100,height:3}),M("rect",{class:"part",width:100*i,height:3})),Ap(e,n,r,o))}function Ap(e,t,n,r){let o=e.patches.flatMap(a=>n.map(u=>se(r,t,u,a)).find(u=>u!==null)??[]);if(o.length===0)return null;let i=`${o.length} ${o.length===1?"patch":"patches"} to look at`;return p("div",{class:"patches",role:"img","aria-label":i},...o.map(a=>J(a,$p)))}var Rp=[["sides","Side by side"],["difference","Difference"]],il={lineage:"A group is the same where it kept its lineage; one without, where its neurons are alike.",members:"A group is the same where its neurons are alike (Jaccard index .3 or more). Networks trained from different seeds have no neuron in common."},ul=(e,t)=>{let[n,r]=je("Compare with run"),[o,i]=je("Compare with step"),a=p("span",{class:"view-note"}),s=p("button",{class:"button",type:"button"},"Swap"),u=Rp.map(([w,m])=>{let x=p("button",{type:"button",role:"radio","data-mode":w},m);return x.addEventListener("click",()=>e({compare:w})),x}),l=p("div",{class:"segments",role:"radiogroup","aria-label":"How to compare"},...u),c=p("div",{class:"view-head"},n,o,a,s,l),f=p("p",{class:"view-empty",role:"status"}),d=[p("h3"),p("h3")],g=[Kt(e,t),Kt(e,t)],_=p("div",{class:"sides"},...g.map((w,m)=>p("div",{class:"side"},d[m],w.element))),S=el(w=>e({group:w}),t),$=p("div",{class:"beside"}),v=p("p",{class:"muted view-note"}),R=p("div",{class:"whole"},p("div",{},v,S.element),$),P=p("section",{class:"view compare","aria-label":"Compare"},c,f,_,R),D=null,F=[],G=0,q="",W=null,z="";t.runs().then(w=>{F=w,A()},()=>{}),r.addEventListener("change",()=>{let w=r.value;e({otherRun:w===D?.run.name?null:w,otherStep:null})}),i.addEventListener("change",()=>e({otherStep:Number(i.value)})),s.addEventListener("click",()=>{let w=D&&al(D);if(!w)return;let[m,x]=w.snapshots;e({run:w.runs[0].name,step:m.step,otherRun:w.sameRun?null:w.runs[1].name,otherStep:x.step})}),l.addEventListener("keydown",w=>{if(!["ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(w.key))return;w.preventDefault();let m=u.find(x=>x.getAttribute("aria-checked")!=="true");m?.focus(),m?.click()}),_t(S.element,w=>{G=w,A()});function A(){if(!D)return;let{state:w,run:m,other:x}=D;for(let h of u){let C=h.dataset.mode===w.compare;h.setAttribute("aria-checked",String(C)),h.tabIndex=C?0:-1}let b=al(D),E=[...new Set([m.name,...F])];qe(r,E.map(h=>[h,h===m.name?`${h} (this run)`:h]),x?.name??w.otherRun??m.name);let L=x?.snapshots??[];qe(i,L.map(h=>[String(h.step),h.graph.name??String(h.step)]),String(b?.snapshots[0].step??"")),n.hidden=E.length<2,o.firstElementChild.textContent=E.length<2?"Compare with step":"step",s.disabled=b===null;let y=b?Gp(b):Op(D);f.textContent=y??"",f.hidden=y===null,_.hidden=y!==null||w.compare!=="sides",R.hidden=y!==null||w.compare!=="difference",a.textContent=b?`and ${sl(b,1)}`:"",!(!b||y!==null)&&(w.compare==="sides"?N(D,b):k(b,w))}function N(w,m){for(let x of[0,1]){d[x].textContent=`${x===0?"Before: ":"After: "}${sl(m,x)}`;let[b,E]=[m.runs[x],m.snapshots[x]],L={...w.state,run:b.name,step:E.step,target:m.target};g[x].update({...w,run:b,snapshot:E,state:L})}}function k(w,m){let x=JSON.stringify(w.runs.map((L,y)=>[L.name,w.snapshots[y].step]));if(W?.key!==x){if(q===x)return;q=x;let L=y=>t.detail(w.runs[y].name,w.snapshots[y].step);Promise.all([L(0),L(1)]).then(y=>{q===x&&(W={key:x,graphs:y},A())},y=>{q===x&&(q="",R.hidden=!0,f.hidden=!1,f.textContent=y instanceof Error?y.message:String(y))});return}if(G===0)return;v.textContent=w.sameRun?il.lineage:il.members;let b=Dp(w,W.graphs),E=`${x} ${w.target}`;if(z!==E){z=E;let[L,y]=W.graphs,h=b.sides[1].target.drift,C=w.sameRun&&h!==null&&y.since===L.step;$.replaceChildren(...C?[ol(h,w.runs[1].name,W.graphs,[b.sides[0].target,b.sides[1].target],t)]:[]),R.classList.toggle("with-evidence",C)}S.draw({...b,width:G,threshold:m.threshold,selected:m.group})}return{element:P,update(w){D=w,A()}}};function al({run:e,other:t,state:n,snapshot:r}){let o=ne(e,n),i=t!==null&&t.name===e.name;if(!r||!t||o===null||n.otherRun!==null&&t.name!==n.otherRun)return null;let a=i?Np(e,r,n.otherStep):At(t,n.otherStep);return a&&{runs:[t,e],snapshots:[a,r],target:o,sameRun:i}}function Np(e,t,n){if(n!==null)return At(e,n);let r=e.snapshots.find(i=>i.step===t.graph.since),o=e.snapshots.findIndex(i=>i.step===t.step);return r??e.snapshots[Math.max(0,o-1)]??null}var sl=(e,t)=>`${e.sameRun?"":`${e.runs[t].name}, `}${it(e.snapshots[t])}`;function Op({state:e,run:t}){return t.snapshots.length===0?"This run has no snapshot yet.":`Reading ${e.otherRun??t.name} …`}function Gp({runs:e,snapshots:t,target:n,sameRun:r}){let o=t.findIndex(i=>ue(i,n)===null);if(o>=0){let i=e[1].targets.find(a=>a.target===n)?.name??n;return`Step ${t[o].step} of ${e[o].name} holds no circuit of “${i}”. Choose another step or target.`}return r&&t[0].step===t[1].step?`Step ${t[0].step} is on both sides: nothing differs. Choose another step to compare with.`:null}function ll({nodes:e,links:t,byKey:n}){return{groups:e.map(({group:r})=>({layer:r.layer,number:r.number,lineage:r.lineage,importance:r.importance??0,stable:Ue(r.stability),members:r.members??[]})),edges:t.map(r=>[n.get(r.source).position,n.get(r.target).position,r.share,Ue(r.stability)])}}function Dp(e,t){let n=l=>ue({...e.snapshots[l],graph:t[l]},e.target),r=[n(0),n(1)],o=l=>({run:e.runs[l].name,graph:t[l],target:r[l].target}),[i,a]=t,s=[...i.layers.filter(l=>!a.layers.includes(l)),...a.layers],u=Ws(s,ll(r[0]),ll(r[1]),e.sameRun);return{difference:u,sides:[o(0),o(1)],keys:Pp(u,r,e.sameRun)}}function Pp({nodes:e},[t,n],r){return e.map(o=>{if(o.after!==null)return Me(n.nodes[o.after].group);let i=t.nodes[o.before].group;return r&&i.lineage!==null?Me(i):null})}function Le(e,t){return e.names[t]??`class ${t}`}function fl(e,t){return e.mistakes.find(n=>n.image===t)??e.mistakes[0]??null}function dl(e,t,n){return[cl(e,t,n,t.predicted),cl(e,t,n,t.true)]}function cl(e,t,n,r){let o=t.circuits.find(c=>c.target===r),i=o===void 0?null:ue(n,r),a=new Map(i?.nodes.map(c=>[st(c.group),c])),s=new Map(o?.path.map(([c,f,d])=>[st({layer:c,number:f}),d])),u=(o?.groups??[]).flatMap(c=>{let f=a.get(st(c)),d=c.score>e.threshold;return f===void 0?[]:[{node:f,firing:c,fired:d,share:s.get(st(c))??null}]}),l=[...s.keys()].flatMap(c=>u.find(f=>st(f.firing)===c)??[]);return{target:r,name:Le(e,r),circuit:i,groups:u,path:l}}function st({layer:e,number:t}){return`${e}/${t}`}function pl(e,[t,n]){let r=t.groups.filter(({firing:o})=>(o.effect?.[0]??0)<0).sort((o,i)=>o.firing.effect[0]-i.firing.effect[0]);return{deciding:r.filter(({firing:o})=>o.effect[1]===e.true),strongest:r[0]??null,missing:n.groups.filter(({fired:o})=>!o)}}function ml(e,t,n,r){let i=e.mistakes.find(l=>l.image===n)?.circuits.find(l=>l.target===r),a=i===void 0?null:ue(t,r),s=new Map(i?.groups.map(l=>[st(l),l.score])),u=new Map;for(let{group:l}of a?.nodes??[]){let c=s.get(st(l));l.lineage!==null&&c!==void 0&&u.set(Me(l),c)}return u}var po=420,mo=196,ho=18,nr=36,Ip=.3;function gl(e,t,n,r){let o=e.circuit,{graph:i}=o.snapshot,a=new Map(e.groups.map(v=>[v.node.key,v])),s=i.layers.map(v=>o.nodes.filter(({group:R})=>R.layer===v).sort((R,P)=>P.importance-R.importance)),u=Math.max(1,...s.map(v=>v.length)),l=(mo-ho)/u,c=Math.min(nr,l-3),f=(po-nr)/Math.max(1,s.length-1),d=new Map;s.forEach((v,R)=>{v.forEach((P,D)=>{let F=ho+(mo-ho)/2+(D-(v.length-1)/2)*l;d.set(P.key,{x:nr/2+R*f,y:F})})});let g=re(i.layers),_=on(o,Ip),S=(v,R)=>{let[P,D]=[d.get(v),d.get(R)],F=(P.x+D.x)/2;return`M${P.x} ${P.y}C${F} ${P.y} ${F} ${D.y} ${D.x} ${D.y}`},$=M("svg",{class:"mini",viewBox:`0 0 ${po} ${mo}`,role:"group","data-export":"","aria-label":`Circuit of ${e.name}`},M("g",{"aria-hidden":"true"},...i.layers.map((v,R)=>M("text",{class:"layer",x:R===0?0:R===s.length-1?po:nr/2+R*f,y:10,"text-anchor":R===0?"start":R===s.length-1?"end":"middle"},g.get(v))),..._.map(v=>M("path",{class:"faint",d:S(v.source,v.target)})),...zp(e).map(({source:v,target:R,share:P})=>M("path",{class:"along",d:S(v,R),"data-sign":P<0?"-":"+","stroke-width":2+4*Math.min(1,Math.abs(P))}))),...o.nodes.map(v=>{let{x:R,y:P}=d.get(v.key),D=a.get(v.key),F=se(n,t,o.snapshot,v.group.patches[0]??-1),G={x:R-c/2,y:P-c/2,width:c,height:c},q=F===null?null:J(F);for(let[z,A]of Object.entries(G))q?.setAttribute(z,String(A));let W=D===void 0?"target":D.fired?"fired":"silent";return M("g",{class:`group ${W}${D?.share==null?"":" on-path"}`,role:"button","data-group":v.key,"aria-label":`${Se(o,v)}, ${g.get(v.group.layer)}${D===void 0?"":`: ${hl(D)}`}`},M("title",{},`${Se(o,v)}${D===void 0?"":`: ${hl(D)}`}`),M("rect",{class:"ground",...G}),q,M("rect",{class:"frame",...G}))}));return ye($,".group",Te,v=>r(v.getAttribute("data-group")))(),$}function hl({fired:e,firing:t,share:n}){let r=`${e?"fired":"did not fire"}, ${de(t.score)} × normal`;return n===null?r:`${r}; on the path, ${$e(n)}`}function zp({circuit:e,path:t}){return t.flatMap(({node:n,share:r},o)=>{let i=t[o-1]?.node.key??Vp(e,n.key,r);return i===void 0?[]:[{source:n.key,target:i,share:r}]})}function Vp({links:e},t,n){let r=o=>Math.abs(o.share-n);return e.filter(o=>o.source===t).sort((o,i)=>r(o)-r(i))[0]?.target}var Hp=300,go=6;function yo(e,t,n,{picture:r}){if(r===null)return null;let[o,i,a,s,u]=r;return{href:e.mistakenImage(t,n.step,o),x:i,y:a,width:s,height:u}}function yl(e,t,n){let r=t.crops[n];if(r===void 0||t.input===null)return null;let[o,i,a,s]=r,[u,l]=[e.width/t.input[1],e.height/t.input[0]];return{href:e.href,x:e.x+i*u,y:e.y+o*l,width:s*u,height:a*l}}function bl(e,t,n,r){let[o,i]=t.input,a=Hp/Math.max(o,i),s=J(e);s.setAttribute("width",String(i*a)),s.setAttribute("height",String(o*a));let u=M("g",{class:"frames"}),l=M("svg",{class:"large",viewBox:`0 0 ${i*a} ${o*a}`,width:i*a,height:o*a,role:"img","data-export":"","aria-label":r},s,u);function c(d,g,_){let S=t.crops[d];if(S===void 0)return null;let[$,v,R,P]=S.map(A=>A*a),D=2+2*_,F={x:v+D,y:$+D,width:P-2*D,height:R-2*D},G=g.join(" "),q=9+6.2*G.length,[W,z]=[Math.min(F.x,i*a-q-2),Math.max(F.y-16,2)];return M("g",{"data-colour":g[0]},M("rect",{class:"under",...F}),M("rect",{class:"box",...F}),M("rect",{class:"chip",x:W,y:z,width:q,height:15,rx:3}),M("text",{x:W+q/2,y:z+11.5},G))}function f(d){let g=new Map;n.forEach((S,$)=>{if(!(d!==null&&S!==d))for(let[v]of d===null?S.firing.crops.slice(0,1):S.firing.crops)g.set(v,[...g.get(v)??[],$+1])});let _=[...g].map(([S,$],v)=>c(S,$,v));u.replaceChildren(..._.filter(S=>S!==null))}return f(null),{element:l,point:f}}var Qt=go,Fp=2,Bp=3,xl=2,qp=44,vl=40,wl=(e,t)=>{let n=p("ol",{class:"mistakes"}),r=p("p",{class:"muted"}),o=p("nav",{"aria-label":"Mistakes, the worst first"},r,n),i=p("article",{class:"mistake"}),a=p("p",{class:"view-note muted",role:"status"}),s=p("div",{class:"debug-body"},o,p("div",{},a,i)),u=p("div",{class:"view-empty",role:"status"}),l=p("section",{class:"view debug","aria-label":"Debug"},s,u),c=ye(n,"button",Zn,k=>e({image:Number(k.getAttribute("data-image"))})),f=null,d=new WeakMap,g=new WeakSet,_="";function S(k,w){let m=d.get(w)??null;return(m?.record??null)!==null||g.has(w)||(g.add(w),t.mistakes(k.name,w.step).catch(x=>{let b=x instanceof Error?x.message:String(x);return{steps:[],record:null,problem:b}}).then(x=>{d.set(w,x),$(),g.delete(w)})),m}function $(){if(f===null||f.snapshot===null)return;let{run:k,snapshot:w,state:m}=f,x=S(k,w);if(l.setAttribute("aria-busy",String(x===null)),x===null)return;let{record:b}=x,E=b===null?null:fl(b,m.image);if(s.hidden=E===null,u.hidden=E!==null,b===null||E===null){let H=JSON.stringify([w.step,x]);H!==_&&u.replaceChildren(...Xp(x,w)),_=H;return}let L=v(k,E),y=JSON.stringify([k.name,w.step,w.wallTime,E.image,L.length]);if(a.textContent=m.image===null||m.image===E.image?"":`Image ${m.image} is not among the worst mistakes at step ${w.step}. This is the worst.`,y===_)return;_=y;let h=yo(t,k.name,b,E),C={run:k,snapshot:w,record:b,mistake:E,whole:h,earlier:L},T=document.activeElement?.dataset.focus;R(C),i.replaceChildren(...P(C)),T!==void 0&&l.querySelector(`[data-focus="${CSS.escape(T)}"]`)?.focus()}function v(k,w){return w.past.filter(x=>x[4]>0).map(([x])=>x).slice(-Bp).flatMap(x=>{let b=k.snapshots.find(L=>L.step===x),E=b&&S(k,b)?.record;return b&&E?[{snapshot:b,record:E}]:[]})}function R({run:k,record:w,mistake:m}){let{images:x,wrong:b,mistakes:E}=w,L=E.length<b?` The worst ${E.length}:`:"";r.textContent=`${b} of ${ee(x,"image")} taken for another class.${L}`,n.replaceChildren(...E.map(y=>{let h=yo(t,k.name,w,y);return p("li",{},p("button",{type:"button","data-image":y.image,"data-focus":`image ${y.image}`,"aria-pressed":String(y===m),"aria-label":`Image ${y.image}: taken for ${Le(w,y.predicted)}, is ${Le(w,y.true)}, ${Y(y.sure)} sure`},h===null?null:J(h,qp),p("span",{},p("b",{},Le(w,y.predicted)),p("span",{class:"muted"},`is ${Le(w,y.true)}`)),p("span",{class:"number muted"},Y(y.sure))))})),c()}function P(k){let{record:w,mistake:m,snapshot:x,whole:b}=k,E=dl(w,m,x),[L,y]=E,h=L.groups.filter(H=>H.fired),C=`Taken for “${L.name}”, but is “${y.name}”`,T=b===null||w.input===null?null:bl(b,w,h.slice(0,go),`Image ${m.image}, and where the groups of ${L.name} fired`);return[p("header",{},p("h2",{},C),p("p",{class:"muted"},`Image ${m.image} · ${Y(m.sure)} sure of “${L.name}”, ${Y(m.right)} of “${y.name}” · ${de(m.margin)} apart in the logits`)),p("div",{class:"about"},T===null?null:p("figure",{},T.element),p("div",{},p("h3",{},"What would have to change"),...D(k,E),p("h3",{},"The same image before"),F(k))),p("div",{class:"two"},G(k,L,!0,T),G(k,y,!1,null))]}function D({mistake:k},w){let[m,x]=w,{deciding:b,strongest:E,missing:L}=pl(k,w),y=(T,H)=>T.slice(0,Qt).flatMap((O,I)=>[I===0?"":", ",A(O,H)]),h=T=>T.length>Qt?` and ${T.length-Qt} more`:"",C=[];if(b.length>0){let T=b.length===1?"Without ":"Without any one of ";C.push(p("p",{},T,...y(b,m),h(b),` it would be “${x.name}”.`))}else if(E!==null){let T=E.firing.effect[0];C.push(p("p",{},"No single group decided. Without ",A(E,m),` the lead of “${m.name}” changes by ${$e(T)}, of ${de(k.margin)}.`))}else m.circuit!==null&&C.push(p("p",{},`No group of “${m.name}” that fired spoke for it by itself.`));return x.circuit!==null&&C.push(L.length===0?p("p",{},`Of the circuit of “${x.name}” nothing is missing: every group fired.`):p("p",{},`Of the circuit of “${x.name}” did not fire: `,...y(L,x),h(L),".")),C}function F({run:k,record:w,mistake:m,snapshot:x}){let b=[x.step,m.predicted,m.sure,m.right,0],E=[...m.past,b].slice(-8).map(y=>{let[h,C,T,H,O]=y,I=O>0&&k.snapshots.some(B=>B.step===h),V=p("button",{type:"button",class:"link","data-focus":`past ${h}`},`step ${h}`);return V.addEventListener("click",()=>e({step:h,image:m.image,playing:!1})),p("tr",{class:y===b?"now":null},p("th",{scope:"row"},I?V:`step ${h}`),p("td",{},C===m.true?`✓ ${Le(w,C)}`:Le(w,C)),p("td",{class:"number"},Y(T)),p("td",{class:"number"},Y(H)))}),L=["","taken for","sure",`of “${Le(w,m.true)}”`];return p("div",{class:"scroll",tabindex:0,role:"region","aria-label":"The same image before"},p("table",{},p("thead",{},p("tr",{},...L.map(y=>p(y===""?"td":"th",{scope:y===""?null:"col"},y)))),p("tbody",{},...E)))}function G(k,w,m,x){let b=w.groups.filter(H=>H.fired===m),E=w.groups.filter(H=>H.fired!==m),L=m?`Why “${w.name}”`:`Why not “${w.name}”`,y=p("section",{"aria-label":L,"data-target":w.target},p("h3",{},L));if(w.circuit===null)return y.append(p("p",{class:"muted"},`This snapshot has no circuit of “${w.name}”: it is not among the callback’s targets.`)),y;let h=w.groups.filter(H=>H.fired).length,C=w.path.length===0?" Nothing that fired feeds the class.":"";y.append(p("p",{class:"muted"},`${h} of ${ee(w.groups.length,"group")} fired.${C}`),gl(w,k.run.name,t,H=>N(w,H)),...q(k,w,b.slice(0,Qt),m,x));let T=[...b.slice(Qt),...E];if(T.length>0){let H=T.length>E.length?"more":m?"that did not fire":"that fired";y.append(p("details",{class:"more"},p("summary",{},`${T.length} ${H}`),...q(k,w,T,!1,null)))}return y}function q(k,w,m,x,b){if(m.length===0)return[];let{record:E,mistake:L,earlier:y}=k,h=y.map(O=>({step:O.snapshot.step,scores:ml(O.record,O.snapshot,L.image,w.target)})),C=m.some(({firing:O})=>O.effect!==null),T=[...k.whole===null?[]:["here"],"usually","group","× normal",...C?["if masked"]:[],...h.map(({step:O})=>`step ${O}`)],H=m.map((O,I)=>{let V=p("tr",{"data-group":O.node.key,"data-colour":x?I+1:null},k.whole===null?null:p("td",{},W(k,O,x?I:null)),p("td",{},z(k,O)),p("th",{scope:"row"},A(O,w),O.share===null?null:p("span",{class:"chip"},"path"),p("span",{class:"muted"},`${re(k.snapshot.graph.layers).get(O.node.group.layer)} · ${Y(O.firing.importance)}`)),p("td",{class:"number score"},O.firing.score.toFixed(2),jp(O,E)),C?p("td",{class:"number"},Wp(O,L,E)):null,...h.map(({scores:B})=>p("td",{class:"number"},B.get(O.node.key)?.toFixed(2)??"–")));if(b!==null){let B=j=>()=>b.point(j);V.addEventListener("pointerenter",B(O)),V.addEventListener("pointerleave",B(null)),V.addEventListener("focusin",B(O)),V.addEventListener("focusout",B(null))}return V});return[p("div",{class:"scroll",tabindex:0,role:"region","aria-label":`Groups of ${w.name}`},p("table",{},p("thead",{},p("tr",{},...T.map(O=>p("th",{scope:"col"},O)))),p("tbody",{},...H)))]}function W({whole:k,record:w},{firing:m},x){let b=yl(k,w,m.crops[0]?.[0]??-1);return p("span",{class:"here"},b===null?null:J(b,vl),x===null?null:p("b",{},String(x+1)))}function z({run:k,snapshot:w},{node:m}){let x=m.group.patches.slice(0,Fp).flatMap(b=>se(t,k.name,w,b)??[]);return p("span",{class:"usual"},...x.map(b=>J(b,vl)))}function A({node:k},w){let m=p("button",{type:"button",class:"link","data-focus":`group ${w.target} ${k.key}`,title:"Show it in the circuit"},Se(w.circuit,k));return m.addEventListener("click",()=>N(w,k.key)),m}function N(k,w){e({view:"circuit",target:k.target,group:w})}return{element:l,update(k){f?.run.name!==k.run.name&&(d=new WeakMap),f=k,$()}}};function jp({firing:e,fired:t},{threshold:n}){let r=o=>100*Math.max(0,Math.min(o,xl))/xl;return M("svg",{class:t?"level fired":"level",viewBox:"0 0 100 8",preserveAspectRatio:"none","aria-hidden":"true"},M("rect",{class:"track",y:2,width:100,height:4}),M("rect",{class:"part",y:2,width:r(e.score),height:4}),M("rect",{class:"tick",x:r(n)-.6,width:1.2,height:8}))}function Wp({firing:e},t,n){if(e.effect===null||e.effect[0]===null)return"–";let[r,o]=e.effect;return`${$e(r)}${o===t.predicted?"":` → ${Le(n,o)}`}`}function Xp({steps:e,record:t,problem:n},{step:r}){return n!==null?[p("h2",{},"The mistakes cannot be shown"),p("p",{},n)]:t!==null?[p("h2",{},"No mistakes"),p("p",{},`At step ${r} all ${ee(t.images,"probe image")} are taken for what they are.`)]:e.length>0?[p("h2",{},`No mistakes told of at step ${r}`),p("p",{},`They are at ${ee(e.length,"snapshot")}, from step ${e[0]} to ${e[e.length-1]}.`)]:[p("h2",{},"No mistakes are recorded in this run"),p("p",{},"Have the callback debug the worst mistakes among the probe images with each snapshot:"),p("pre",{class:"mono"},"NeurFlowCallback(debug_images=4)"),p("p",{},"The probe images need labels. What is already trained is debugged by ",p("code",{class:"mono"},"neurflow debug"),".")]}function lt(e,t){return e==null||t==null?NaN:e<t?-1:e>t?1:e>=t?0:NaN}function bo(e,t){return e==null||t==null?NaN:t<e?-1:t>e?1:t>=e?0:NaN}function rr(e){let t,n,r;e.length!==2?(t=lt,n=(s,u)=>lt(e(s),u),r=(s,u)=>e(s)-u):(t=e===lt||e===bo?e:Yp,n=e,r=e);function o(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<0?l=f+1:c=f}while(l<c)}return l}function i(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<=0?l=f+1:c=f}while(l<c)}return l}function a(s,u,l=0,c=s.length){let f=o(s,u,l,c-1);return f>l&&r(s[f-1],u)>-r(s[f],u)?f-1:f}return{left:o,center:a,right:i}}function Yp(){return 0}function xo(e){return e===null?NaN:+e}var kl=rr(lt),Ml=kl.right,Up=kl.left,Kp=rr(xo).center,vo=Ml;var Zp=Math.sqrt(50),Qp=Math.sqrt(10),Jp=Math.sqrt(2);function or(e,t,n){let r=(t-e)/Math.max(0,n),o=Math.floor(Math.log10(r)),i=r/Math.pow(10,o),a=i>=Zp?10:i>=Qp?5:i>=Jp?2:1,s,u,l;return o<0?(l=Math.pow(10,-o)/a,s=Math.round(e*l),u=Math.round(t*l),s/l<e&&++s,u/l>t&&--u,l=-l):(l=Math.pow(10,o)*a,s=Math.round(e/l),u=Math.round(t/l),s*l<e&&++s,u*l>t&&--u),u<s&&.5<=n&&n<2?or(e,t,n*2):[s,u,l]}function ir(e,t,n){if(t=+t,e=+e,n=+n,!(n>0))return[];if(e===t)return[e];let r=t<e,[o,i,a]=r?or(t,e,n):or(e,t,n);if(!(i>=o))return[];let s=i-o+1,u=new Array(s);if(r)if(a<0)for(let l=0;l<s;++l)u[l]=(i-l)/-a;else for(let l=0;l<s;++l)u[l]=(i-l)*a;else if(a<0)for(let l=0;l<s;++l)u[l]=(o+l)/-a;else for(let l=0;l<s;++l)u[l]=(o+l)*a;return u}function Jt(e,t,n){return t=+t,e=+e,n=+n,or(e,t,n)[2]}function wo(e,t,n){t=+t,e=+e,n=+n;let r=t<e,o=r?Jt(t,e,n):Jt(e,t,n);return(r?-1:1)*(o<0?1/-o:o)}function Sl(e,t){switch(arguments.length){case 0:break;case 1:this.range(e);break;default:this.range(t).domain(e);break}return this}function ko(e){return function(){return e}}function Mo(e){return+e}var $l=[0,1];function Tt(e){return e}function So(e,t){return(t-=e=+e)?function(n){return(n-e)/t}:ko(isNaN(t)?NaN:.5)}function em(e,t){var n;return e>t&&(n=e,e=t,t=n),function(r){return Math.max(e,Math.min(t,r))}}function tm(e,t,n){var r=e[0],o=e[1],i=t[0],a=t[1];return o<r?(r=So(o,r),i=n(a,i)):(r=So(r,o),i=n(i,a)),function(s){return i(r(s))}}function nm(e,t,n){var r=Math.min(e.length,t.length)-1,o=new Array(r),i=new Array(r),a=-1;for(e[r]<e[0]&&(e=e.slice().reverse(),t=t.slice().reverse());++a<r;)o[a]=So(e[a],e[a+1]),i[a]=n(t[a],t[a+1]);return function(s){var u=vo(e,s,1,r)-1;return i[u](o[u](s))}}function El(e,t){return t.domain(e.domain()).range(e.range()).interpolate(e.interpolate()).clamp(e.clamp()).unknown(e.unknown())}function rm(){var e=$l,t=$l,n=In,r,o,i,a=Tt,s,u,l;function c(){var d=Math.min(e.length,t.length);return a!==Tt&&(a=em(e[0],e[d-1])),s=d>2?nm:tm,u=l=null,f}function f(d){return d==null||isNaN(d=+d)?i:(u||(u=s(e.map(r),t,n)))(r(a(d)))}return f.invert=function(d){return a(o((l||(l=s(t,e.map(r),ge)))(d)))},f.domain=function(d){return arguments.length?(e=Array.from(d,Mo),c()):e.slice()},f.range=function(d){return arguments.length?(t=Array.from(d),c()):t.slice()},f.rangeRound=function(d){return t=Array.from(d),n=Da,c()},f.clamp=function(d){return arguments.length?(a=d?!0:Tt,c()):a!==Tt},f.interpolate=function(d){return arguments.length?(n=d,c()):n},f.unknown=function(d){return arguments.length?(i=d,f):i},function(d,g){return r=d,o=g,c()}}function $o(){return rm()(Tt,Tt)}function om(e){return Math.abs(e=Math.round(e))>=1e21?e.toLocaleString("en").replace(/,/g,""):e.toString(10)}function sr(e,t){if(!isFinite(e)||e===0)return null;var n=(e=t?e.toExponential(t-1):e.toExponential()).indexOf("e"),r=e.slice(0,n);return[r.length>1?r[0]+r.slice(2):r,+e.slice(n+1)]}function Lt(e){return e=sr(Math.abs(e)),e?e[1]:NaN}function im(e,t){return function(n,r){for(var o=n.length,i=[],a=0,s=e[0],u=0;o>0&&s>0&&(u+s+1>r&&(s=Math.max(1,r-u)),i.push(n.substring(o-=s,o+s)),!((u+=s+1)>r));)s=e[a=(a+1)%e.length];return i.reverse().join(t)}}function am(e){return function(t){return t.replace(/[0-9]/g,function(n){return e[+n]})}}var sm=/^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;function en(e){if(!(t=sm.exec(e)))throw new Error("invalid format: "+e);var t;return new Eo({fill:t[1],align:t[2],sign:t[3],symbol:t[4],zero:t[5],width:t[6],comma:t[7],precision:t[8]&&t[8].slice(1),trim:t[9],type:t[10]})}en.prototype=Eo.prototype;function Eo(e){this.fill=e.fill===void 0?" ":e.fill+"",this.align=e.align===void 0?">":e.align+"",this.sign=e.sign===void 0?"-":e.sign+"",this.symbol=e.symbol===void 0?"":e.symbol+"",this.zero=!!e.zero,this.width=e.width===void 0?void 0:+e.width,this.comma=!!e.comma,this.precision=e.precision===void 0?void 0:+e.precision,this.trim=!!e.trim,this.type=e.type===void 0?"":e.type+""}Eo.prototype.toString=function(){return this.fill+this.align+this.sign+this.symbol+(this.zero?"0":"")+(this.width===void 0?"":Math.max(1,this.width|0))+(this.comma?",":"")+(this.precision===void 0?"":"."+Math.max(0,this.precision|0))+(this.trim?"~":"")+this.type};function lm(e){e:for(var t=e.length,n=1,r=-1,o;n<t;++n)switch(e[n]){case".":r=o=n;break;case"0":r===0&&(r=n),o=n;break;default:if(!+e[n])break e;r>0&&(r=0);break}return r>0?e.slice(0,r)+e.slice(o+1):e}var lr;function um(e,t){var n=sr(e,t);if(!n)return lr=void 0,e.toPrecision(t);var r=n[0],o=n[1],i=o-(lr=Math.max(-8,Math.min(8,Math.floor(o/3)))*3)+1,a=r.length;return i===a?r:i>a?r+new Array(i-a+1).join("0"):i>0?r.slice(0,i)+"."+r.slice(i):"0."+new Array(1-i).join("0")+sr(e,Math.max(0,t+i-1))[0]}function _l(e,t){var n=sr(e,t);if(!n)return e+"";var r=n[0],o=n[1];return o<0?"0."+new Array(-o).join("0")+r:r.length>o+1?r.slice(0,o+1)+"."+r.slice(o+1):r+new Array(o-r.length+2).join("0")}var Cl={"%":(e,t)=>(e*100).toFixed(t),b:e=>Math.round(e).toString(2),c:e=>e+"",d:om,e:(e,t)=>e.toExponential(t),f:(e,t)=>e.toFixed(t),g:(e,t)=>e.toPrecision(t),o:e=>Math.round(e).toString(8),p:(e,t)=>_l(e*100,t),r:_l,s:um,X:e=>Math.round(e).toString(16).toUpperCase(),x:e=>Math.round(e).toString(16)};function Tl(e){return e}var Ll=Array.prototype.map,Al=["y","z","a","f","p","n","µ","m","","k","M","G","T","P","E","Z","Y"];function cm(e){var t=e.grouping===void 0||e.thousands===void 0?Tl:im(Ll.call(e.grouping,Number),e.thousands+""),n=e.currency===void 0?"":e.currency[0]+"",r=e.currency===void 0?"":e.currency[1]+"",o=e.decimal===void 0?".":e.decimal+"",i=e.numerals===void 0?Tl:am(Ll.call(e.numerals,String)),a=e.percent===void 0?"%":e.percent+"",s=e.minus===void 0?"−":e.minus+"",u=e.nan===void 0?"NaN":e.nan+"";function l(f,d){f=en(f);var g=f.fill,_=f.align,S=f.sign,$=f.symbol,v=f.zero,R=f.width,P=f.comma,D=f.precision,F=f.trim,G=f.type;G==="n"?(P=!0,G="g"):Cl[G]||(D===void 0&&(D=12),F=!0,G="g"),(v||g==="0"&&_==="=")&&(v=!0,g="0",_="=");var q=(d&&d.prefix!==void 0?d.prefix:"")+($==="$"?n:$==="#"&&/[boxX]/.test(G)?"0"+G.toLowerCase():""),W=($==="$"?r:/[%p]/.test(G)?a:"")+(d&&d.suffix!==void 0?d.suffix:""),z=Cl[G],A=/[defgprs%]/.test(G);D=D===void 0?6:/[gprs]/.test(G)?Math.max(1,Math.min(21,D)):Math.max(0,Math.min(20,D));function N(k){var w=q,m=W,x,b,E;if(G==="c")m=z(k)+m,k="";else{k=+k;var L=k<0||1/k<0;if(k=isNaN(k)?u:z(Math.abs(k),D),F&&(k=lm(k)),L&&+k==0&&S!=="+"&&(L=!1),w=(L?S==="("?S:s:S==="-"||S==="("?"":S)+w,m=(G==="s"&&!isNaN(k)&&lr!==void 0?Al[8+lr/3]:"")+m+(L&&S==="("?")":""),A){for(x=-1,b=k.length;++x<b;)if(E=k.charCodeAt(x),48>E||E>57){m=(E===46?o+k.slice(x+1):k.slice(x))+m,k=k.slice(0,x);break}}}P&&!v&&(k=t(k,1/0));var y=w.length+k.length+m.length,h=y<R?new Array(R-y+1).join(g):"";switch(P&&v&&(k=t(h+k,h.length?R-m.length:1/0),h=""),_){case"<":k=w+k+m+h;break;case"=":k=w+h+k+m;break;case"^":k=h.slice(0,y=h.length>>1)+w+k+m+h.slice(y);break;default:k=h+w+k+m;break}return i(k)}return N.toString=function(){return f+""},N}function c(f,d){var g=Math.max(-8,Math.min(8,Math.floor(Lt(d)/3)))*3,_=Math.pow(10,-g),S=l((f=en(f),f.type="f",f),{suffix:Al[8+g/3]});return function($){return S(_*$)}}return{format:l,formatPrefix:c}}var ar,_o,Co;fm({thousands:",",grouping:[3],currency:["$",""]});function fm(e){return ar=cm(e),_o=ar.format,Co=ar.formatPrefix,ar}function Rl(e){return Math.max(0,-Lt(Math.abs(e)))}function Nl(e,t){return Math.max(0,Math.max(-8,Math.min(8,Math.floor(Lt(t)/3)))*3-Lt(Math.abs(e)))}function Ol(e,t){return e=Math.abs(e),t=Math.abs(t)-e,Math.max(0,Lt(t)-Lt(e))+1}function To(e,t,n,r){var o=wo(e,t,n),i;switch(r=en(r??",f"),r.type){case"s":{var a=Math.max(Math.abs(e),Math.abs(t));return r.precision==null&&!isNaN(i=Nl(o,a))&&(r.precision=i),Co(r,a)}case"":case"e":case"g":case"p":case"r":{r.precision==null&&!isNaN(i=Ol(o,Math.max(Math.abs(e),Math.abs(t))))&&(r.precision=i-(r.type==="e"));break}case"f":case"%":{r.precision==null&&!isNaN(i=Rl(o))&&(r.precision=i-(r.type==="%")*2);break}}return _o(r)}function dm(e){var t=e.domain;return e.ticks=function(n){var r=t();return ir(r[0],r[r.length-1],n??10)},e.tickFormat=function(n,r){var o=t();return To(o[0],o[o.length-1],n??10,r)},e.nice=function(n){n==null&&(n=10);var r=t(),o=0,i=r.length-1,a=r[o],s=r[i],u,l,c=10;for(s<a&&(l=a,a=s,s=l,l=o,o=i,i=l);c-- >0;){if(l=Jt(a,s,n),l===u)return r[o]=a,r[i]=s,t(r);if(l>0)a=Math.floor(a/l)*l,s=Math.ceil(s/l)*l;else if(l<0)a=Math.ceil(a*l)/l,s=Math.floor(s*l)/l;else break;u=l}return e},e}function Xe(){var e=$o();return e.copy=function(){return El(e,Xe())},Sl.apply(e,arguments),dm(e)}var tn={right:26,top:8},ur={least:56,most:150,letter:6.8},ut={height:18,pitch:23},we={head:30,least:76,most:170,below:12},Lo=46,pm=9,Il=[["stable","no edge drift above noise"],["unjudged","no null to judge by"],["drifting","above noise, but not significant or not lasting"],["re-described","significant, but the old neurons still carry the function"],["changed","edge drift is significant"]],zl=e=>{let[t,n]=je("Measure"),r=p("p",{class:"muted view-note"}),o=p("div",{class:"view-head"},t,r),i=p("p",{class:"view-empty"}),a=M("g",{class:"verdicts",role:"group","aria-label":"Verdicts"}),s=M("g",{class:"panels"}),u=M("g",{class:"axis","aria-hidden":"true"}),l=M("path",{class:"now"}),c=M("path",{class:"pointer",visibility:"hidden"}),f=M("g",{class:"glyphs","aria-hidden":"true"}),d=M("svg",{class:"drift-chart",role:"group","data-export":!0},a,s,l,c,u,f),g=p("section",{class:"view drift","aria-label":"Drift"},o,i,d),_=null,[S,$]=[0,0],v=null;n.addEventListener("change",()=>e({measure:n.value}));let R=ye(a,".verdict",Te,z=>e({target:Number(z.getAttribute("data-target")),step:Number(z.getAttribute("data-step"))})),P=ye(s,".point",Te,z=>D(Number(z.getAttribute("data-place"))));s.addEventListener("click",z=>{if(z.target.closest(".point"))return;let A=F(z);A!==null&&D(A)}),s.addEventListener("pointermove",z=>G(F(z))),s.addEventListener("pointerleave",()=>G(null)),s.addEventListener("focusin",z=>{let A=z.target.closest(".point");G(A?Number(A.getAttribute("data-place")):null)}),s.addEventListener("focusout",()=>G(null)),_t(g,(z,A)=>{[S,$]=[z,A],q()});function D(z){let A=v?.moments[z];!A||A.since===null||e({view:"compare",compare:"difference",step:A.step,otherRun:null,otherStep:A.since})}function F(z){if(!v)return null;let A=z.clientX-d.getBoundingClientRect().left,N=[...new Set(v.lines.flatMap(({points:w})=>w.map(({place:m})=>m)))],k=w=>Math.abs(v.axes.x(w)-A);return N.sort((w,m)=>k(w)-k(m))[0]??null}function G(z){if(!v||!_)return;c.setAttribute("visibility",z===null?"hidden":"visible"),z!==null&&X(c,{d:Gl(v.axes.x(z),v.spans)});let A=v.moments.findIndex(N=>N.step===_.snapshot?.step);[...s.children].forEach((N,k)=>{let w=N.querySelector(".value");w.textContent=xm(v.lines[k],v.moments,z??A)})}function q(){if(!_||S===0)return;let{run:z,state:A}=_,N=ne(z,A),k=hm(A),w=`${S} ${$} ${k[0]} ${A.scale}`;if(v?.run===z&&v.target===N&&v.shape===w){W();return}let m=N===null?[]:Vl(z.snapshots,N),x=er(m,k[0],z.layers).reverse(),b=z.snapshots.some(({graph:K})=>K.targets.some(le=>le.drift));qe(n,Ct,k[0]);let E=z.targets.find(K=>K.target===N)?.name??"";if(r.textContent=b?`of “${E}”; choose a point to compare its two steps`:"",i.hidden=b,i.textContent=b?"":"Nothing to compare yet: drift is measured from a run's second snapshot on.",d.toggleAttribute("hidden",!b),v=null,!b)return;let L=gm(m,_,S),{top:y}=tn;X(a,{transform:`translate(0,${y})`}),vm(a,_,N,L);let h=re(z.layers),C=z.targets.length*ut.pitch,T=mm($-44-y-C-14-Lo-Pl(S),x.length),H=K=>y+C+14+K*(we.head+T+we.below),O=x.map((K,le)=>H(le)),I=O.map(K=>[K+we.head,K+we.head+T]);v={run:z,target:N,shape:w,moments:m,lines:x,axes:L,spans:I};let[V,B]=bm(x);Ie(s,x.map((K,le)=>({one:K,y:O[le]})),({one:K})=>JSON.stringify([K.layer,K.below]),Mm,(K,{one:le,y:Ye})=>Sm(K,le,Ye,{axes:L,moments:m,low:V,high:B,width:S,tall:T,measure:k[1],short:h}));let j=H(x.length);x.length===0&&(r.textContent=`No snapshot has ${k[1].toLowerCase()} for ${E}.`),Em(u,L,j),_m(f,S),X(f,{transform:`translate(${L.left+8},${j+Lo+8})`});let U=j+Lo+8+Pl(S);X(d,{viewBox:`0 0 ${S} ${U}`,width:S,height:U,"aria-label":`${k[1]} through the run, for ${E}`}),W(),R(),P()}function W(){if(!v||!_)return;let z=_.snapshot?.step??null,A=v.moments.findIndex(N=>N.step===z);X(l,{d:A<0?"":Gl(v.axes.x(A),v.spans)});for(let N of a.querySelectorAll("[aria-current]"))N.removeAttribute("aria-current");for(let N of a.querySelectorAll(`.verdict[data-step="${z}"]`))N.setAttribute("aria-current","step");G(null)}return{element:g,update(z){_=z,q()}}},mm=(e,t)=>Math.max(we.least,Math.min(we.most,Math.floor(e/Math.max(1,t))-we.head-we.below)),Gl=(e,t)=>t.map(([n,r])=>`M${e.toFixed(2)},${n}V${r}`).join(""),hm=({measure:e})=>Ct.find(([t])=>t===e)??Ct[0];function Vl(e,t){return e.map(({step:n,epoch:r,wallTime:o,graph:i})=>({step:n,epoch:r,wall_time:o,since:i.since,drift:i.targets.find(a=>a.target===t)?.drift??null}))}function gm(e,{run:t,state:n},r){let{unit:o,values:i}=nl(e,n.scale),a=Math.max(0,...t.targets.map(({name:$})=>$.length)),s=Math.ceil(Math.max(ur.least,Math.min(ur.most,20+ur.letter*a))),u=r-tn.right,l=(u-s)/Math.max(1,e.length),c=Math.min(14,l/2),f=Xe([i[0]??0,i[i.length-1]??1],[s+c,u-c]),d=$=>e.length===1?(s+u)/2:f(i[$]??0),g=i.map(($,v)=>[v===0?s:(d(v-1)+d(v))/2,v===i.length-1?u:(d(v)+d(v+1))/2]),S=ym(f.domain(),Math.max(2,Math.floor((u-s)/110)),o).map(([$,v])=>({at:f($),text:v}));return{left:s,x:d,unit:o==="time"?"time since the first snapshot":o,ticks:S,cells:g,pitch:l}}function ym(e,t,n){if(n!=="time")return Xe(e,[0,1]).ticks(t).filter(Number.isInteger).map(u=>[u,String(u)]);let r=e[1]-e[0],[o,i]=r<300?["s",1]:r<4*3600?["min",60]:["h",3600];return Xe(e.map(s=>s/i),[0,1]).ticks(t).map(s=>[s*i,`${s} ${o}`])}function bm(e){let t=e.flatMap(({points:o})=>o.flatMap(i=>[i.value,i.nullQuantile??0])),[n,r]=[Math.min(0,...t),Math.max(0,...t)];return n<0?[-Math.max(-n,r)*1.1,Math.max(-n,r)*1.1]:[0,r>0?Math.min(Math.max(1,r),r*1.12):1]}function xm(e,t,n){let r=e.points.find(i=>i.place===n),o=t[n]?.step;return r?`step ${o}: ${Hl(r)}`:o===void 0?"":`step ${o}: no value`}function Hl(e){let t=e.nullQuantile===null?"no null":`noise up to ${We(e.nullQuantile)}`,n=e.pAdjusted===null?"":`, adjusted p ${Number(e.pAdjusted.toPrecision(2))}`;return`${We(e.value)} · ${t}${n}`}function vm(e,{run:t},n,r){Ie(e,t.targets.map((o,i)=>({...o,row:i})),o=>String(o.target),()=>M("g",{class:"ribbon-row"},M("text",{class:"target-name","text-anchor":"end"},M("title"),""),M("g")),(o,i)=>{X(o,{transform:`translate(0,${i.row*ut.pitch})`,"data-current":i.target===n?"":null});let[a,s]=[o.children[0],o.children[1]];X(a,{x:r.left-12,y:ut.height/2,dy:"0.35em"}),a.firstElementChild.textContent=i.name,a.lastChild.textContent=ze(i.name,Math.floor((r.left-20)/ur.letter));let u=Vl(t.snapshots,i.target).map((l,c)=>({moment:l,place:c})).filter(({moment:l})=>l.drift!==null);Ie(s,u,({moment:l})=>String(l.step),()=>M("g",{role:"button"},M("title"),M("rect"),M("path")),(l,{moment:c,place:f})=>{let{verdict:d}=c.drift,[g,_]=r.cells[f],S=_-g>6?1:0,$=`${i.name}, step ${c.step}: ${d}`;X(l,{class:`verdict ${wm(d)}`,"data-target":i.target,"data-step":c.step,"aria-label":$}),l.children[0].textContent=$;let v=_-g<9,R=v?km[d]??4:ut.height;X(l.children[1],{x:g+S,y:ut.height-R,width:Math.max(1,_-g-2*S),height:R,rx:v?0:3}),X(l.children[2],{d:v?"":Fl[d]??"",transform:`translate(${(g+_)/2},${ut.height/2})`})})})}var wm=e=>Il.find(([t])=>t===e)?.[0]??"unjudged",km={stable:4,drifting:9,"re-described":14,changed:ut.height},Fl={unjudged:"M-2,-2.4A2.2,2.2 0 1 1 0,0.4V1.4M0,3.6V3.7",drifting:"M-3.6,0.9C-2.4,-2 -1,-2 0,0S2.4,2 3.6,-0.9","re-described":"M0,-4L4,0L0,4L-4,0Z",changed:"M0,-4L4.2,3.4H-4.2Z"};function Mm(){return M("g",{class:"panel",role:"group"},M("text",{class:"place",y:19}),M("text",{class:"value",y:19,"text-anchor":"end"}),M("rect",{class:"plot",y:we.head,rx:4}),M("g",{class:"grid"}),M("path",{class:"null-band"}),M("path",{class:"null-edge"}),M("path",{class:"trace"}),M("g",{class:"points"}))}function Dl({layer:e,below:t},n){let r=o=>ft(n.get(o)??o,24);return t===null?r(e):`${r(t)} → ${r(e)}`}function Sm(e,t,n,r){let{axes:o,moments:i,low:a,high:s,width:u,tall:l,measure:c,short:f}=r,d=Xe([a,s],[we.head+l,we.head+6]),g=G=>o.x(G.place),_=G=>e.querySelector(`:scope > .${G}`);X(e,{transform:`translate(0,${n})`,"aria-label":`${c}, ${Dl(t,f)}`}),X(_("place"),{x:o.left}),_("place").textContent=Dl(t,f),X(_("value"),{x:u-tn.right}),X(_("plot"),{x:o.left,width:u-tn.right-o.left,height:l});let S=d.ticks(4);Ie(_("grid"),S,String,()=>M("g",{},M("line"),M("text",{"text-anchor":"end",dy:"0.35em"})),(G,q)=>{X(G,{transform:`translate(0,${d(q)})`,class:q===0?"zero":null}),X(G.children[0],{x1:o.left,x2:u-tn.right}),X(G.children[1],{x:o.left-8}),G.children[1].textContent=We(q)});let $=fo(t.points,G=>G.nullQuantile!==null),v=ro(G=>G[0],d(0),G=>G[1]),R=Et(),P=$.map(G=>$m(G,g,q=>d(q.nullQuantile),o));X(_("null-band"),{d:P.map(G=>v(G)).join("")}),X(_("null-edge"),{d:P.map(G=>R(G)).join("")});let D=Et(g,G=>d(G.value));X(_("trace"),{d:fo(t.points).map(G=>D(G)).join("")});let F=o.pitch<pm;Ie(_("points"),t.points,G=>String(i[G.place].step),()=>M("g",{role:"button"},M("title"),M("circle",{class:"halo",r:8}),M("path")),(G,q)=>{let{step:W,since:z,drift:A}=i[q.place],N=q.alarm?"alarm":q.significant?"significant":"quiet",k=`Step ${W}, compared with ${z??"none"}: ${Hl(q)}${q.alarm?`. Alarm: ${A.verdict}`:q.significant?". Significant":""}`;X(G,{class:`point ${N}`,transform:`translate(${g(q).toFixed(2)},${d(q.value).toFixed(2)})`,"data-place":q.place,"data-step":W,"aria-label":k}),G.children[0].textContent=k,X(G.children[2],{d:F&&N==="quiet"?"":Ao[N]})})}function $m(e,t,n,r){let[o,i]=[e[0],e[e.length-1]],a=(s,u)=>{let l=r.cells[s.place][u];return t(s)+Math.sign(l-t(s))*Math.min(14,Math.abs(l-t(s)))};return[[a(o,0),n(o)],...e.map(s=>[t(s),n(s)]),[a(i,1),n(i)]]}var Ao={quiet:"M-2.6,0A2.6,2.6 0 1 1 2.6,0A2.6,2.6 0 1 1 -2.6,0Z",significant:"M0,-4.2L4.2,0L0,4.2L-4.2,0Z",alarm:"M0,-6L6,4.6H-6Z"};function Em(e,t,n){X(e,{transform:`translate(0,${n})`});let r=t.cells.length?(t.cells[0][0]+t.cells[t.cells.length-1][1])/2:0;e.replaceChildren(...t.ticks.map(({at:o,text:i})=>M("g",{},M("line",{x1:o,x2:o,y2:5}),M("text",{x:o,y:19,"text-anchor":"middle"},i))),M("text",{class:"unit",x:r,y:38,"text-anchor":"middle"},t.unit))}var Bl=e=>e<1240?2:1,Pl=e=>22*Bl(e)+8;function _m(e,t){let n=0,r=8,o=(s,u)=>{let l=M("g",{transform:`translate(${n},${r})`},s,M("text",{x:17,dy:"0.35em"},u));return n+=44+u.length*7,l},i=Il.map(([s,u])=>o(M("g",{class:`verdict ${s}`},M("title",{},u),M("rect",{x:-8,y:-8,width:16,height:16,rx:3}),M("path",{d:Fl[s]??""})),s));Bl(t)>1&&([n,r]=[0,30]);let a=[o(M("rect",{class:"null-band",x:-8,y:-8,width:16,height:16,rx:2}),"what noise makes, 99 %"),o(M("g",{class:"point significant"},M("path",{d:Ao.significant})),"significant"),o(M("g",{class:"point alarm"},M("path",{d:Ao.alarm})),"alarm")];e.replaceChildren(...i,...a)}function jl(e,t,n=[],r=()=>0){if(e<=t)return Array.from({length:e},(a,s)=>s);let o=new Set([0,e-1,...n.filter(a=>a>=0&&a<e)]),i=Math.max(0,t-o.size);for(let a=0;a<i;a+=1){let[s,u]=[a,a+1].map(c=>Math.round(c*e/i)),l=null;for(let c=s;c<u;c+=1)o.has(c)||(l===null||r(c)>r(l))&&(l=c);l!==null&&o.add(l)}return[...o].sort((a,s)=>a-s)}function Wl(e,t,n){let r=Math.min(e,Math.max(1,t)),o=Math.max(0,Math.min(e-r,n-Math.floor(r/2)));return Array.from({length:r},(i,a)=>o+a)}var Ro=e=>t=>t.lineage===e;function Cm(e,t){let n=new Map,r=(o,i)=>{let a=(s,u)=>s.groups.some(l=>l.number===u);!a(e,o)||!a(t,i)||n.set(o,(n.get(o)??new Set).add(i))};for(let o of e.groups){let i=o.lineage===null?void 0:t.groups.find(Ro(o.lineage));i&&r(o.number,i.number)}if(t.since!==null&&t.since!==e.step)return n;for(let o of t.events)for(let i of o.before)for(let a of o.after)r(i,a);return n}function Tm(e,t){let n=r=>new Set([...r].flatMap(o=>[...t.get(o)??[]]));return new Map([...e].map(([r,o])=>[r,n(o)]))}function Xl(e){let[t,n]=[e[0],e[e.length-1]],r=new Map(t.groups.map(i=>[i.number,new Set([i.number])]));for(let i=1;i<e.length;i+=1)r=Tm(r,Cm(e[i-1],e[i]));let o=[];for(let i of t.groups){if(i.lineage===null)continue;let a=n.groups.some(Ro(i.lineage));for(let s of n.groups){if(s.lineage===null)continue;let l=i.lineage===s.lineage?"same":r.get(i.number)?.has(s.number)?t.groups.some(Ro(s.lineage))?a?null:"merge":"split":null;l&&o.push({source:i.number,target:s.number,become:l})}}return o}function Lm(e,t,n,r,o,i){let a=[],s=(c,f)=>c.groups.find(d=>d.number===f)?.lineage??null,u=(c,f)=>f.map(d=>s(c,d)).filter(d=>d!==null),l=(c,f)=>o.some(d=>d.event===c&&d.lineage.includes(f));for(let c of t.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.source===c.number).map(d=>d.target);f.length>1?a.push({turn:"split",column:e-1,number:c.number,lineage:u(n,f)}):f.length===0&&l("disappear",c.lineage)&&a.push({turn:"death",column:e-1,number:c.number,lineage:[c.lineage]})}for(let c of n.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.target===c.number).map(d=>d.source);f.length>1?a.push({turn:"merge",column:e,number:c.number,lineage:u(t,f)}):f.length===0&&i.has(c.lineage)?a.push({turn:"return",column:e,number:c.number,lineage:[c.lineage]}):f.length===0&&a.push({turn:"birth",column:e,number:c.number,lineage:[c.lineage]})}return a}function Am(e){let t=new Map,n=[];return e.forEach((r,o)=>{for(let{lineage:i}of r.groups){if(i===null)continue;let a=t.get(i);a!==void 0&&a<o-1&&n.push({lineage:i,from:a,to:o}),t.set(i,o)}}),n}function Yl(e,t){let n=t.map(a=>e[a]),r=[],o=[],i=new Set;return t.forEach((a,s)=>{if(s>0){let u=e.slice(t[s-1],a+1),[l,c]=[u[0],u[u.length-1]],f=Xl(u),d=u.slice(1).flatMap(g=>g.events);r.push(f),o.push(...Lm(s,l,c,f,d,i))}for(let{lineage:u}of e[a].groups)u!==null&&i.add(u)}),{moments:n,passages:r,marks:o,gaps:Am(n)}}function Rm(e){let t=[];for(let n=1;n<e.length;n+=1){let[r,o]=[e[n-1],e[n]],i=(a,s)=>a.groups.find(u=>u.number===s)?.lineage;for(let a of Xl([r,o]))a.become!=="same"&&t.push([i(r,a.source),i(o,a.target)])}return t}function Ul(e){let t=Rm(e),n=[];for(let r of e){let o=[...r.groups].sort((i,a)=>a.importance-i.importance);for(let{lineage:i}of o){if(i===null||n.includes(i))continue;let a=t.find(([s,u])=>u===i&&n.includes(s))?.[0];n.splice(a===void 0?n.length:n.indexOf(a)+1,0,i)}}return Om(n,t)}var Nm=12;function Om(e,t){let n=new Map(e.map((a,s)=>[a,s])),r=new Map(e.map(a=>[a,[]]));for(let[a,s]of t)r.get(a).push(s),r.get(s).push(a);let o=a=>r.get(a).reduce((s,u)=>s+Math.abs(n.get(a)-n.get(u)),0),i=a=>{[e[a],e[a+1]]=[e[a+1],e[a]],n.set(e[a],a).set(e[a+1],a+1)};for(let a=0;a<Nm;a+=1){let s=!1;for(let u=0;u+1<e.length;u+=1){let[l,c]=[e[u],e[u+1]],f=o(l)+o(c);i(u),o(l)+o(c)<f?s=!0:i(u)}if(!s)break}return e}function Kl(e,t){let n=new Map,r=Array.from({length:t},()=>-1);return e.forEach((o,i)=>{let a=o.groups.flatMap(({lineage:u})=>u===null?[]:[u]),s=u=>r[n.get(u)]=i;a.filter(u=>n.has(u)).forEach(s);for(let u of a.filter(l=>!n.has(l)).sort((l,c)=>l-c))n.set(u,r.indexOf(Math.min(...r))),s(u)}),n}var cr=e=>Math.max(0,e.importance);function Gm(e,t){let n=e.map(({groups:o})=>{let i=o.reduce((s,u)=>s+cr(u),0),a=t.height-t.gap*Math.max(0,o.length-1);return i>0?Math.max(0,a)/i:1/0}),r=Math.min(...n,1/0);return Number.isFinite(r)?r:0}function Dm(e,t,n,r,o,i){let a=[...e.groups].sort((c,f)=>r(c)-r(f)||c.number-f.number),s=a.map(c=>cr(c)*o),u=s.reduce((c,f)=>c+f,0)+i.gap*(a.length-1),l=(i.height-u)/2;return a.map((c,f)=>{let d={column:t,group:c,x:n,top:l,bottom:l+s[f]};return l=d.bottom+i.gap,d})}function ql(e,t){let n=t.reduce((o,i)=>o+cr(i.group),0),r=e.top;return t.map(o=>{let i=n>0?cr(o.group)/n:1/t.length,a=[r,r+i*(e.bottom-e.top)];return r=a[1],a})}function Zl(e,t,n){let{moments:r,passages:o}=e,i=new Map(t.map((d,g)=>[d,g])),a=d=>d.lineage===null?t.length+1:i.get(d.lineage)??t.length,s=r.length>1?(n.width-n.bar)/(r.length-1):0,u=r.map((d,g)=>g*s),l=Gm(r,n),c=r.map((d,g)=>Dm(d,g,u[g],a,l,n)),f=o.flatMap((d,g)=>Pm(c[g],c[g+1],d));return{columns:u,bars:c.flat(),ribbons:f}}function Pm(e,t,n){let r=(o,i)=>n.find(a=>a.source===o.group.number&&a.target===i.group.number);return e.flatMap(o=>{let i=t.filter(s=>r(o,s)),a=ql(o,i);return i.map((s,u)=>{let l=e.filter(f=>r(f,s)),c=ql(s,l);return{source:o,target:s,become:r(o,s).become,from:a[u],to:c[l.indexOf(o)]}})})}function Ql(e,t){let[n,r]=[e.source.x+t,e.target.x],o=(n+r)/2,[i,a]=e.from,[s,u]=e.to,l=c=>Math.round(c*100)/100;return`M${l(n)},${l(i)}C${l(o)},${l(i)} ${l(o)},${l(s)} ${l(r)},${l(s)}V${l(u)}C${l(o)},${l(u)} ${l(o)},${l(a)} ${l(n)},${l(a)}Z`}var ie={left:54,right:22,head:42},[Im,zm]=[260,620],tu=9,Vm=7,Hm=22,Fm=64,No=84,Ae={head:44,side:44,least:32,patches:4},Bm=8,qm=46,nu=(e,t)=>{let[n,r]=je("Layer"),[o,i]=je("Show"),a=p("p",{class:"muted view-note","aria-live":"polite"}),s=p("div",{class:"view-head"},n,o,a),u=M("g",{class:"columns",role:"group","aria-label":"Snapshots"}),l=M("g",{class:"streams",role:"group","aria-label":"Streams"}),c=M("g",{class:"now","aria-hidden":"true"}),f=M("text",{class:"column-axis",x:4,y:22}),d=M("g",{class:"strip"}),g=M("g",{class:"glyphs","aria-hidden":"true"}),_=M("g",{},f,u,l,c),S=M("svg",{class:"lineage-chart",role:"group","data-export":!0},_,d,g),$=p("p",{class:"view-empty"}),v=p("section",{class:"view lineage","aria-label":"Lineage"},s,$,S),R=null,[P,D]=[0,0],F=null,G=ye(u,".column",Te,z=>e({step:Number(z.getAttribute("data-step"))})),q=ye(l,".stream",Zn,z=>{let A=z.getAttribute("data-group"),N=z.getAttribute("data-step"),k=R?.state.group===A,w=F?.layer??null;e({layer:w,group:k?null:A,...N===null?{}:{step:Number(N)}})});r.addEventListener("change",()=>e({layer:r.value,group:null})),i.addEventListener("change",()=>e({span:i.value})),_t(v,(z,A)=>{[P,D]=[z,A],W()});function W(){if(!R||P===0)return;let{run:z,state:A,snapshot:N}=R,k=ne(z,A),w=z.layers.slice(0,-1),x=[k===null?null:Wm(z,k,A.group,w),A.layer].find(V=>V!==null&&w.includes(V))??w[w.length-1],b=x===void 0||k===null?null:Xm(z,k,x),E=b===null||b.moments.length===0;$.textContent=E?"No snapshot has a layer below the target's to follow.":"",$.hidden=!E,S.toggleAttribute("hidden",E);let L=re(z.layers);if(qe(r,w.map(V=>[V,L.get(V)??V]),x??""),E||x===void 0||k===null)return;let y=Math.max(2,Math.floor((P-ie.left-ie.right)/Hm)),h=b.moments.length>y;qe(i,[["run","the whole run"],["around","around this step"]],A.span),o.hidden=!h;let C=Math.max(0,b.snapshots.findIndex(V=>V.step===N?.step)),T=h&&A.span==="around"?Wl(b.moments.length,y,C):jl(b.moments.length,y,[],V=>b.moments[V].events.length);a.textContent=Zm(b,T,A.span);let H=Um(D,P,T.length),O=Km(F,{run:z,target:k,layer:x,of:b,shown:T,width:P,height:H});(O!==F||A.scale!==f.textContent)&&Qm(u,O,R),F||ph(g),rh(l,O,R,O!==F,t),F=O,f.textContent=A.scale,th(c,u,O,R);let I=dh(d,O,R,t);X(g,{transform:`translate(${ie.left},${I+22})`}),X(S,{viewBox:`0 0 ${P} ${I+40}`,width:P,height:I+40,"aria-label":`Neuron groups of ${x} through the run, for ${jm(z,k)}`}),G(),q()}return{element:v,update(z){R=z,W()}}},jm=(e,t)=>e.targets.find(n=>n.target===t)?.name??String(t);function Wm(e,t,n,r){if(n===null)return null;let o=r.find(i=>n.startsWith(`${i}/`));if(o!==void 0)return o;for(let{graph:i}of e.snapshots){let s=(i.targets.find(u=>u.target===t)?.groups??[]).find(u=>`L${u.lineage}`===n);if(s)return r.includes(s.layer)?s.layer:null}return null}var Jl=new WeakMap;function Xm(e,t,n){let r=Jl.get(e)??new Map;Jl.set(e,r);let o=`${t} ${n}`,i=r.get(o);return i||r.set(o,i=Ym(e,t,n)),i}function Ym(e,t,n){let r=[],o=[];for(let i of e.snapshots){let a=i.graph.targets.find(s=>s.target===t);!a||!i.graph.layers.includes(n)||(r.push(i),o.push({step:i.step,since:i.graph.since,groups:ru(i,t,n).map(({number:s,lineage:u,importance:l})=>({number:s,lineage:u,importance:l??0})),events:(a.drift?.events??[]).filter(s=>s.layer===n)}))}return{snapshots:r,moments:o}}function ru(e,t,n){return e.graph.targets.find(o=>o.target===t)?.groups.filter(o=>o.layer===n)??[]}var eu=new WeakMap;function Um(e,t,n){let{side:r,across:o}=cu((t-ie.left-ie.right)/Math.max(1,n-1)),i=Ae.head+Math.ceil(Ae.patches/o)*(r+3),a=44+ie.head+i+44;return Math.max(Im,Math.min(zm,e-a))}function Km(e,t){if(e?.of===t.of&&e.width===t.width&&e.height===t.height&&e.shown.join()===t.shown.join())return e;let r=eu.get(t.of)??Ul(t.of.moments);eu.set(t.of,r);let o=Yl(t.of.moments,t.shown),i=t.width-ie.left-ie.right,a=i-No>=Fm*(t.shown.length-1),s=a?i-No:i,u=Math.min(tu,Math.max(3,Math.round(.22*s/t.shown.length))),l={width:s,height:t.height,gap:Vm,bar:u},c=Zl(o,r,l),f=c.columns[1]??l.width;return{...t,streams:o,layout:c,pitch:f,bar:u,colours:Kl(t.of.moments,Bm),roomy:a}}function Zm(e,t,n){let r=e.moments.length;if(t.length===r)return`${r} snapshots`;if(n==="around"){let[i,a]=[e.moments[t[0]],e.moments[t[t.length-1]]];return`Steps ${i.step} to ${a.step}: ${t.length} of ${r} snapshots in a row`}let o=Math.round(r/t.length);return`${t.length} of ${r} snapshots: the first, the last, and of about every ${o} in between the one with most events`}function ou(e,{run:t,state:n}){return n.scale==="time"?rl(e.wallTime-(t.snapshots[0]?.wallTime??0)):String((n.scale==="epoch"?e.epoch:null)??e.step)}function Qm(e,t,n){let{layout:r,of:o,shown:i,pitch:a,bar:s}=t,u=Math.max(1,Math.ceil(52/a));Ie(e,i.map((l,c)=>({column:c,snapshot:o.snapshots[l]})),({snapshot:l})=>String(l.step),()=>M("g",{class:"column",role:"button"},M("rect",{class:"column-back",rx:6}),M("text",{class:"column-name","text-anchor":"middle",y:22})),(l,{column:c,snapshot:f})=>{let d=ie.left+r.columns[c]+s/2,g=c===0?d-Math.min(ie.left,a/2):d-a/2;X(l,{"data-step":f.step,"data-named":c%u===0?"":null,"aria-label":`Step ${f.step}${f.epoch===null?"":`, epoch ${f.epoch}`}: ${Jm(t,c)}`});let _=Math.min(d+a/2,t.width-2)-Math.max(2,g);X(l.children[0],{x:Math.max(2,g),y:4,width:_,height:ie.head+t.height+8}),X(l.children[1],{x:d}),l.children[1].textContent=ou(f,n)})}function Jm({streams:e},t){let n=e.moments[t].groups,r=n.filter(i=>i.lineage===null).length,o=ee(n.length,"group");return r?`${o}, ${r} of them unstable`:o}function eh(e,t,n){let r=t.findIndex(s=>s>=e);if(r<0||r===0&&t[0]!==e)return null;if(t[r]===e)return n[r];let[o,i]=[t[r-1],t[r]],a=(e-o)/(i-o);return n[r-1]*(1-a)+n[r]*a}function th(e,t,n,r){let{layout:o,of:i,shown:a}=n,s=r.snapshot?.step??null,u=i.snapshots.findIndex(g=>g.step===s),l=u<0?null:eh(u,a,o.columns);if([...t.children].forEach((g,_)=>{let S=a[_]===u,$=!S&&l!==null&&Math.abs(o.columns[_]-l)<qm;X(g,{"aria-current":S?"step":null,"data-near":$?"":null})}),e.replaceChildren(),l===null||a.includes(u))return;let c=ie.left+n.bar/2+l,f=ou(i.snapshots[u],r),d=12+7*f.length;e.append(M("line",{x1:c,x2:c,y1:32,y2:ie.head+n.height+8}),M("rect",{x:c-d/2,y:6,width:d,height:24,rx:6}),M("text",{x:c,y:22,"text-anchor":"middle"},f))}function iu({layer:e,streams:t,layout:n}){let r=({column:a,group:s})=>s.lineage===null?`${e}/${s.number}@${a}`:`L${s.lineage}`,o=new Map;for(let a of n.bars){let s=o.get(r(a))??{lineage:a.group.lineage,bars:[],ribbons:[],marks:[]};o.set(r(a),s),s.bars.push(a)}for(let a of n.ribbons)o.get(r(a.become==="split"?a.target:a.source)).ribbons.push(a);for(let a of t.marks){let s=n.bars.find(u=>u.column===a.column&&u.group.number===a.number);o.get(r(s)).marks.push(a)}return[...o].map(([a,s])=>({key:a,...s})).sort((a,s)=>a.bars[0].column-s.bars[0].column||a.bars[0].top-s.bars[0].top)}var au=({lineage:e},{colours:t})=>e===null?"unstable":`stream-${t.get(e)}`,nh=e=>e.key.replace(/@\d+$/,"");function rh(e,t,{state:n,snapshot:r},o,i){X(e,{transform:`translate(${ie.left},${ie.head})`});let a=t.streams.moments.map(u=>u.step);o&&Ie(e,iu(t),u=>u.key,()=>M("g",{class:"stream",role:"button"}),(u,l)=>{X(u,{class:`stream ${au(l,t)}`,"data-group":nh(l),"data-step":l.lineage===null?a[l.bars[0].column]:null,"aria-label":su(l,t)}),u.replaceChildren(...ih(l,t,i))});let s=!1;for(let u of e.children){let l=u.getAttribute("data-step"),c=u.getAttribute("data-group")===n.group&&(l===null||l===String(r?.step));s||=c,X(u,{"aria-pressed":String(c)})}e.classList.toggle("has-selection",s)}function oh(e,t){let{group:n}=nn(t,e.bars[0]);return n?.label??String(e.lineage)}function nn(e,t){let n=e.of.snapshots[e.shown[t.column]],r=ru(n,e.target,e.layer);return{snapshot:n,group:r.find(o=>o.number===t.group.number)}}function su(e,t){let n=e.bars.map(f=>t.streams.moments[f.column].step),[r,o]=[e.bars[0],e.bars[e.bars.length-1]],i=n.length===1?`at step ${n[0]}`:`steps ${n[0]} to ${n[n.length-1]}`,a=n.length===1?Y(r.group.importance):`${Y(r.group.importance)} to ${Y(o.group.importance)}`,s=e.marks.map(f=>uu(f,t)).join("; "),{group:u}=nn(t,r),l=u?he(u):"";return`${e.lineage===null?`${l}, unstable`:l}, ${i}, importance ${a}${s&&`. ${s}`}`}function ih(e,t,n){let{streams:r,layout:o,pitch:i,bar:a}=t,s=M("title",{},su(e,t)),u=e.ribbons.map(S=>M("path",{class:`ribbon ${S.become}`,d:Ql(S,a)})),l=r.gaps.filter(S=>S.lineage===e.lineage).map(S=>{let $=v=>e.bars.find(R=>R.column===v);return M("path",{class:"sleep",d:ah($(S.from),$(S.to),a)})}),c=e.marks.flatMap(S=>sh(S,e,t)),f=e.bars.map(S=>M("rect",{class:"bar",x:S.x,y:S.top,width:a,height:Math.max(1,S.bottom-S.top),rx:Math.min(2.5,(S.bottom-S.top)/2)})),d=e.bars.flatMap(S=>lh(S,t,n)),g=e.bars.filter((S,$)=>$%Math.max(1,Math.round(320/i))===0&&uh(S,e,t)).map(S=>ch(S,e,t)),_=e.marks.filter(S=>S.turn!=="birth"||o.bars.length<400).map(S=>fh(S,e,t));return[s,...l,...c,...u,...f,...d,...g,..._]}function ah(e,t,n){let[r,o]=[e.x+n,(e.top+e.bottom)/2],[i,a]=[t.x,(t.top+t.bottom)/2];return`M${r},${o}C${(r+i)/2},${o} ${(r+i)/2},${a} ${i},${a}`}function Go(e,{pitch:t,roomy:n}){let r=Math.floor(Math.min(e.bottom-e.top-4,t*.42,44));return n&&r>=14?r:0}function Do(e,t,n){let r=Math.min(24,n.pitch*.3),o=Go(t,n);return e.turn==="death"&&o>0?o+14:r}function sh(e,t,n){if(e.turn==="split"||e.turn==="merge")return[];let r=t.bars.find(c=>c.column===e.column),o=(r.top+r.bottom)/2,i=e.turn==="death",a=i?r.x+n.bar:r.x,s=a+(i?1:-1)*Do(e,r,n),u=(a+s)/2,l=`M${a},${r.top}C${u},${r.top} ${u},${o} ${s},${o}C${u},${o} ${u},${r.bottom} ${a},${r.bottom}Z`;return[M("path",{class:"ribbon taper",d:l})]}function lh(e,t,n){let r=Go(e,t),{snapshot:o,group:i}=nn(t,e),a=i?.patches[0];if(r===0||a===void 0)return[];let s=se(n,t.run.name,o,a);if(s===null)return[];let u=J(s,r);return X(u,{x:e.x+t.bar+4,y:(e.top+e.bottom-r)/2,"aria-hidden":"true"}),[u]}function uh(e,t,{pitch:n,roomy:r}){if(t.lineage===null)return!1;let o=t.ribbons.some(i=>i.source===e);return e.bottom-e.top>=11&&(r||o&&n>=20)}function ch(e,t,n){let r=Go(e,n),o=t.marks.find(l=>l.turn==="death"&&l.column===e.column),i=n.bar+(o?Do(o,e,n)+10:r>0?r+9:5),a=n.roomy?Math.min(n.pitch,No+30)-i-16:60,s=ze(oh(t,n),Math.max(4,Math.floor(a/6.4))),u=(e.top+e.bottom)/2;return M("text",{class:"stream-name",x:e.x+i,y:u,dy:"0.35em"},s)}var lu={birth:"M0,-3.2L2.9,1.8H-2.9Z",return:"M0,-3.2L2.9,1.8H-2.9Z",death:"M-2.6,-2.6L2.6,2.6M2.6,-2.6L-2.6,2.6",split:"M-3.6,0H-0.8L3.4,-3.4M-0.8,0L3.4,3.4",merge:"M3.6,0H0.8L-3.4,-3.4M0.8,0L-3.4,3.4"},Oo={birth:"emerges",return:"comes back",death:"disappears",split:"splits",merge:"is merged"};function uu(e,{streams:t}){let n=o=>t.moments[o]?.step,r=e.lineage.map(o=>`group ${o}`).join(" and ");return e.turn==="split"?`splits into ${r} by step ${n(e.column+1)}`:e.turn==="merge"?`merged from ${r} at step ${n(e.column)}`:e.turn==="death"?`disappears after step ${n(e.column)}`:`${Oo[e.turn]} at step ${n(e.column)}`}function fh(e,t,n){let r=t.bars.find(u=>u.column===e.column),o=Do(e,r,n),i={birth:-o,return:-o,death:n.bar+o,split:n.bar,merge:0},[a,s]=[r.x+i[e.turn],(r.top+r.bottom)/2];return M("g",{class:`turn ${e.turn}`,transform:`translate(${a.toFixed(2)},${s.toFixed(2)})`},M("title",{},uu(e,n)),M("circle",{r:6}),M("path",{d:lu[e.turn]}))}function cu(e){let t=r=>Math.floor(Math.min(Ae.side,(e-8)/r-3)),n=[Ae.patches,2].find(r=>t(r)>=Ae.least);return n?{side:t(n),across:n}:{side:Math.floor(Math.min(Ae.side,e-3)),across:1}}function dh(e,t,{state:n},r){let o=ie.head+t.height+Ae.head,i=iu(t).filter($=>$.lineage!==null),a=$=>$.bars.reduce((v,R)=>v+R.group.importance,0),s=i.find($=>$.key===n.group),u=s??[...i].sort(($,v)=>a(v)-a($))[0];if(e.replaceChildren(),!u||t.of.snapshots.every(({graph:$})=>$.input===null))return o-Ae.head+14;let{side:l,across:c}=cu(t.pitch),{group:f}=nn(t,u.bars[0]),d=f?he(f):"",g=s?`Patches of ${d} through the run`:`Patches of ${d}, the most important stream here; select another to see its own`,_=M("text",{class:"strip-name",x:ie.left,y:o-12},g),S=u.bars.flatMap($=>{let{snapshot:v,group:R}=nn(t,$);return(R?.patches??[]).slice(0,Ae.patches).flatMap((P,D)=>{let F=se(r,t.run.name,v,P);if(F===null)return[];let G=J(F,l),q=c===1?(t.bar-l)/2:0;return X(G,{x:ie.left+$.x+q+D%c*(l+3),y:o+Math.floor(D/c)*(l+3),role:"img","aria-label":`Patch ${D+1} of ${d} at step ${v.step}`}),[G]})});return X(e,{class:`strip ${au(u,t)}`}),e.append(_,...S),o+Math.ceil(Ae.patches/c)*(l+3)}function ph(e){let t=["birth","return","death","split","merge"],n=6,r=t.map(a=>{let s=M("g",{class:`turn ${a}`,transform:`translate(${n},0)`},M("circle",{r:6}),M("path",{d:lu[a]}),M("text",{class:"legend-name",x:11,dy:"0.35em"},Oo[a]));return n+=34+Oo[a].length*6.4,s}),o=M("g",{class:"stream unstable",transform:`translate(${n},0)`},M("rect",{class:"bar",x:-4,y:-6,width:tu,height:12,rx:2.5}),M("text",{class:"legend-name",x:11,dy:"0.35em"},"unstable: in no stream"));n+=168;let i=M("text",{class:"legend-name",x:n,dy:"0.35em"},"height: importance");e.replaceChildren(...r,o,i)}var fu=`.view.compare {
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
`;var du=`.debug-body {
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
`;var pu=`.drift-chart {
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
`;var mu=`.lineage-chart {
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
`;var hu=`/* What the lineage, drift, compare and debug views have in common. */
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
`;var gu=[hu,mu,pu,fu,du];var yu={circuit:Kt,lineage:nu,drift:zl,compare:ul,debug:wl},xh=[ci,fi,...gu];function vh(){let e=document.createElement("style");e.textContent=xh.join(`
`),document.head.append(e),document.documentElement.lang||="en";let t=document.getElementById("neurflow-data");if(t===null){wr(document.body,li(),kr(window),{},yu);return}let n=JSON.parse(t.textContent??""),r=document.body.appendChild(document.createElement("div"));wr(r,ui(n),kr(window),n.state??{},yu)}document.getElementById("neurflow-data")!==null&&vh();export{vh as render};
