/* Built from frontend/; licences: THIRD_PARTY_LICENSES.txt */
var nu="http://www.w3.org/2000/svg";function g(e,t={},...n){return To(document.createElement(e),t,n)}function w(e,t={},...n){return To(document.createElementNS(nu,e),t,n)}function To(e,t,n){for(let[r,o]of Object.entries(t))o===null||o===!1||e.setAttribute(r,o===!0?"":String(o));return e.append(...n.filter(r=>r!==null)),e}function ve(e){return w("svg",{viewBox:"0 0 24 24","aria-hidden":"true"},w("path",{d:e}))}var ce={play:"M7 4.5v15l12-7.5z",pause:"M8 5v14M16 5v14",plus:"M12 5v14M5 12h14",minus:"M5 12h14",fit:"M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",close:"M6 6l12 12M18 6L6 18",save:"M12 4v11M7 11l5 5 5-5M5 20h14",search:"M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16.5 16.5L20 20",warning:"M12 4l9 16H3zM12 10v4M12 17v.5"};function tn(){return matchMedia("(prefers-reduced-motion: reduce)").matches}var Xe=e=>e===null||e>=.75;function Ro(e,t){let n=t.restarted||e===null?[]:e.snapshots,r=t.snapshots.map(ru),o=new Set(r.map(a=>a.step)),i=[...n.filter(a=>!o.has(a.step)),...r].sort((a,s)=>a.step-s.step);return{name:t.run,layers:ou(i),snapshots:i,targets:iu(i),problems:t.problems}}function ru(e){return{step:e.step,epoch:e.epoch,wallTime:e.wall_time??0,graph:e}}function ou(e){let t=e[e.length-1]?.graph.layers??[],n=e.flatMap(r=>r.graph.layers);return[...new Set(n.filter(r=>!t.includes(r))),...t]}function iu(e){let t=new Map;for(let{graph:n}of e)for(let{target:r,name:o}of n.targets)t.set(r,o);return[...t].map(([n,r])=>({target:n,name:r})).sort((n,r)=>n.target-r.target)}function Et(e,t){let{snapshots:n}=e;if(t===null)return n[n.length-1]??null;for(let r=n.length-1;r>=0;r--)if(n[r].step<=t)return n[r];return n[0]??null}function te(e,t){return e.targets.some(({target:r})=>r===t.target)?t.target:e.targets[0]?.target??null}function au(e,t){return t==="epoch"?e.epoch??e.step:t==="time"?e.wallTime:e.step}function No(e,t){let n=e.snapshots.map(i=>au(i,t));if(t!=="epoch"||e.snapshots.some(i=>i.epoch===null))return t==="epoch"?e.snapshots.map(i=>i.step):n;let r=new Map;for(let i of n)r.set(i,(r.get(i)??0)+1);let o=new Map;return n.map(i=>{let a=o.get(i)??0;return o.set(i,a+1),i+a/r.get(i)})}function Oo(e,t){return e.graph.targets.some(n=>(t===null||n.target===t)&&n.drift?.verdict==="changed")}function Oe(e){return e.lineage===null?`${e.layer}/${e.number}`:`L${e.lineage}`}function fe(e){return e.label!==null?e.label:e.lineage===null?`unnamed ${e.number}`:`group ${e.lineage}`}function Ct(e,t){let{layers:n}=e.snapshot.graph;return t.group.layer===n[n.length-1]&&t.group.label===null?e.target.name:fe(t.group)}var Ao=new WeakMap;function he(e,t){if(t===null)return null;let n=Ao.get(e.graph)??new Map;Ao.set(e.graph,n);let r=n.get(t);if(r===void 0){let o=e.graph.targets.find(i=>i.target===t);r=o===void 0?null:su(e,o),n.set(t,r)}return r}function su(e,t){let n=t.groups.map((o,i)=>({key:Oe(o),position:i,group:o,size:o.members?.length??o.size??1,importance:o.importance??0})),r=t.edges.flatMap(([o,i,a,s])=>{let[u,l]=[n[o],n[i]];if(u===void 0||l===void 0)return[];let c=a/Math.max(1,l.size);return[{source:u.key,target:l.key,weight:a,share:c,stability:s}]});return{snapshot:e,target:t,nodes:n,links:r,byKey:new Map(n.map(o=>[o.key,o])),strongest:Math.max(0,...r.map(o=>Math.abs(o.share)))}}function Do(e,t){let n=Lo(e.links,"target"),r=Lo(e.links,"source");return e.links.filter(o=>{let i=Math.abs(o.share),a=i>=t*n.get(o.target);return i>0&&(a||i===r.get(o.source))})}function Lo(e,t){let n=new Map;for(let r of e)n.set(r[t],Math.max(n.get(r[t])??0,Math.abs(r.share)));return n}function ir(e,t,n){return e.snapshots.map(r=>({snapshot:r,node:he(r,t)?.byKey.get(n)??null}))}var lr=["circuit","lineage","drift","compare"],ur=["step","epoch","time"],rn=Object.freeze({view:"circuit",run:"",target:null,step:null,otherRun:null,otherStep:null,compare:"sides",group:null,layer:null,span:"run",measure:"edge_drift",scale:"step",threshold:.1,query:"",live:!1,playing:!1}),sr="nf.",at=e=>e,lu=e=>e==="1"?!0:e==="0"?!1:void 0,ar=e=>/^\d{1,15}$/.test(e)?Number(e):void 0,nn=(...e)=>t=>e.find(n=>n===t),uu=e=>{let t=Number(e);return e!==""&&t>=0&&t<=1?t:void 0},Go={view:nn(...lr),run:at,target:ar,step:ar,otherRun:at,otherStep:ar,compare:nn("sides","difference"),group:at,layer:at,span:nn("run","around"),measure:at,scale:nn(...ur),threshold:uu,query:at,live:lu},Po=Object.keys(Go);function on(e,t){return Object.keys(t).every(r=>Object.is(e[r],t[r]))?e:Object.freeze({...e,...t})}function cr(e){let t={};for(let[n,r]of fu(e)){let o=Po.find(a=>sr+a===n),i=o===void 0?void 0:Go[o](r);o!==void 0&&i!==void 0&&(t[o]=i)}return t}function zo(e,t){let r=t.replace(/^#/,"").split("&").filter(i=>i!==""&&!i.startsWith(sr)),o=Po.filter(i=>e[i]!==null&&e[i]!==rn[i]).map(i=>`${sr}${i}=${encodeURIComponent(cu(e[i]))}`);return`#${[...r,...o].join("&")}`}function cu(e){return typeof e=="boolean"?e?"1":"0":String(e)}function fu(e){return e.replace(/^#/,"").split("&").map(t=>{let n=t.indexOf("=");return n<0?[t,""]:[t.slice(0,n),du(t.slice(n+1))]})}function du(e){try{return decodeURIComponent(e)}catch{return e}}function K(e){if(e==null)return"–";let t=100*e;if(t===0)return"0 %";let n=Math.abs(t);return n<.05?t<0?">−0.1 %":"<0.1 %":`${Vo(t.toFixed(n<1?1:0))} %`}function Tt(e){let t=Math.abs(e),n=t!==0&&t<.005?t.toExponential(0):t.toFixed(2);return`${e<0?"−":"+"}${n}`}function _e(e){return e==null?"–":Vo(String(Math.round(e*100)/100))}function se(e,t){return`${e} ${t}${e===1?"":"s"}`}function Io(e){return new Date(e*1e3).toLocaleString(void 0,{month:"short",day:"numeric",hour:"2-digit",minute:"2-digit"})}function st(e,t){return e.length<=t?e:`…${e.slice(e.length-Math.max(1,t-1))}`}function le(e){let t=e.map(o=>o.split(".")),n=e.length===0?0:Math.min(...t.map(o=>o.length))-1,r=0;for(;r<n&&t.every(o=>o[r]===t[0][r]);)r++;return new Map(e.map((o,i)=>[o,t[i].slice(r).join(".")]))}function De(e,t){return e.length<=t?e:`${e.slice(0,Math.max(1,t-1)).trimEnd()}…`}function Vo(e){return e.replace("-","−")}var pu={step:"Step",epoch:"Epoch",time:"Time"},lt=10;function Ho(e){let t=g("input",{type:"range",min:0,step:1,class:"visually-hidden","aria-label":"Snapshot"}),n=w("svg",{class:"track","aria-hidden":"true"}),r=g("div",{class:"slider"},n,t),o=g("button",{type:"button",class:"button icon play"}),i=g("p",{class:"moment number"}),a=g("p",{class:"visually-hidden","aria-live":"polite"}),s=bu("Time scale",ur,pu,D=>e({scale:D})),u=g("button",{type:"button",class:"button live","aria-pressed":"false"},g("i",{}),"Live"),l=g("footer",{class:"time","aria-label":"Time"},o,r,i,s.element,u,a),c=null,f=0,d;o.addEventListener("click",()=>c&&e(fr(c))),u.addEventListener("click",()=>{c!==null&&e(c.state.live?{live:!1}:{live:!0,step:null,playing:!1})}),t.addEventListener("input",()=>h(Number(t.value))),n.addEventListener("pointerdown",D=>{n.setPointerCapture(D.pointerId),t.focus({preventScroll:!0}),k(D)}),n.addEventListener("pointermove",D=>{n.hasPointerCapture(D.pointerId)&&k(D)}),new ResizeObserver(()=>{f=r.clientWidth,c!==null&&M(c)}).observe(r);function h(D){let P=c?.run.snapshots[D];P!==void 0&&e({step:P.step,playing:!1})}function k(D){if(c===null)return;let P=D.clientX-n.getBoundingClientRect().left;h(mu(A(c),P))}function A({run:D,state:P}){return hu(No(D,P.scale),f)}function M(D){let{run:P,state:G,snapshot:q}=D,R=A(D),F=q===null?-1:P.snapshots.indexOf(q),[X,H]=[f,16],C=te(P,G),_=P.snapshots.findIndex(T=>T.step===G.otherStep);n.setAttribute("viewBox",`0 0 ${Math.max(1,X)} 32`),n.replaceChildren(w("path",{class:"rail",d:`M${lt} ${H}H${Math.max(lt,X-lt)}`}),...F<0?[]:[w("path",{class:"past",d:`M${lt} ${H}H${R[F]}`})],w("path",{class:"ticks",d:R.map(T=>`M${T} ${H-4}v8`).join("")}),...P.snapshots.flatMap((T,S)=>Oo(T,C)?[w("path",{class:"alarm",d:`M${R[S]} ${H-7}l4 -7h-8z`},w("title",{},`step ${T.step}: the circuit changed`))]:[]),..._<0||G.view!=="compare"?[]:[w("circle",{class:"other",cx:R[_],cy:H,r:6})],...F<0?[]:[w("circle",{class:"thumb",cx:R[F],cy:H,r:8})])}function x(D,P){let{run:G,state:q,snapshot:R}=D;c=D;let F=R===null?0:G.snapshots.indexOf(R);t.max=String(Math.max(0,G.snapshots.length-1)),t.value=String(F),t.disabled=G.snapshots.length===0;let X=R===null?"no snapshot":gu(R);t.setAttribute("aria-valuetext",X),i.replaceChildren(...R===null?[X]:yu(R,G)),clearTimeout(d),d=setTimeout(()=>{a.textContent!==X&&(a.textContent=X)},400),o.replaceChildren(ve(q.playing?ce.pause:ce.play)),o.setAttribute("aria-label",q.playing?"Pause":"Play"),o.disabled=G.snapshots.length<2,u.hidden=!P,u.setAttribute("aria-pressed",String(q.live)),s.show(q.scale),M(D)}return{element:l,update:x}}function fr({run:e,state:t,snapshot:n}){if(t.playing)return{playing:!1};let r=e.snapshots[e.snapshots.length-1],o=e.snapshots[0];return{playing:!0,live:!1,step:n===r&&o!==void 0?o.step:n?.step??null}}function an(e,t,n){let r=t===null?-1:e.snapshots.indexOf(t);return e.snapshots[r+n]?.step??null}function hu(e,t){let n=Math.min(...e),r=Math.max(...e)-n,o=Math.max(0,t-2*lt);return e.map(i=>lt+(r>0?o*(i-n)/r:o/2))}function mu(e,t){let n=0;return e.forEach((r,o)=>{Math.abs(r-t)<Math.abs(e[n]-t)&&(n=o)}),n}function gu(e){let t=e.epoch===null?"":`, epoch ${e.epoch}`;return e.graph.name??`step ${e.step}${t}`}function yu(e,t){let n=t.snapshots.indexOf(e),r=[e.epoch===null?null:`epoch ${e.epoch}`,e.wallTime>0?Io(e.wallTime):null,`${n+1}/${t.snapshots.length}`].filter(i=>i!==null),o=e.graph.name??`Step ${e.step}`;return[g("b",{title:o},o),g("span",{class:"muted"},r.join(" · "))]}function bu(e,t,n,r){let o=t.map(a=>{let s=g("button",{type:"button",role:"radio","data-value":a},n[a]);return s.addEventListener("click",()=>r(a)),s}),i=g("div",{class:"segments",role:"radiogroup","aria-label":e},...o);return i.addEventListener("keydown",a=>dr(a,o)),{element:i,show(a){for(let s of o){let u=s.dataset.value===a;s.setAttribute("aria-checked",String(u)),s.tabIndex=u?0:-1}}}}function dr(e,t){let n={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[e.key],r=t.indexOf(document.activeElement);if(n===void 0||r<0)return;e.preventDefault(),e.stopPropagation();let o=t[(r+n+t.length)%t.length];o.focus(),o.click()}var xu={circuit:"Circuit",lineage:"Lineage",drift:"Drift",compare:"Compare"};function Fo(e,t){let n=Bo("Run",c=>e({run:c,step:null,group:null,otherStep:null,playing:!1})),r=Bo("Target",c=>e({target:Number(c),group:null})),o=lr.map(c=>{let f=g("button",{type:"button",role:"tab",id:`tab-${c}`,"aria-controls":"stage","data-view":c},xu[c]);return f.addEventListener("click",()=>e({view:c})),f}),i=g("div",{class:"segments",role:"tablist","aria-label":"Views"},...o);i.addEventListener("keydown",c=>dr(c,o));let a=g("input",{type:"search",class:"field",placeholder:"Neuron or label","aria-label":"Search for a neuron or a label",spellcheck:"false"}),s=g("output",{class:"hits number","aria-live":"polite"});a.addEventListener("input",()=>e({query:a.value}));let u=g("details",{class:"menu problems",hidden:!0});return{element:g("header",{class:"top"},g("h1",{class:"visually-hidden"},"NeurFlow"),g("div",{class:"pickers"},n.element,r.element),i,g("div",{class:"tools"},u,g("span",{class:"search",role:"search"},ve(ce.search),a,s),vu(t))),hits(c){s.textContent=c===null?"":c===0?"none":String(c)},update(c,f,d){n.show(c.map(k=>({value:k,text:k})),f?.run.name??null);let h=f===null?null:te(f.run,f.state);r.show((f?.run.targets??[]).map(k=>({value:String(k.target),text:k.name})),h===null?null:String(h));for(let k of o){let A=k.dataset.view===d;k.setAttribute("aria-selected",String(A)),k.tabIndex=A?0:-1}f!==null&&a.value!==f.state.query&&(a.value=f.state.query),wu(u,f?.run.problems??[])}}}function Bo(e,t){let n=g("select",{class:"select","aria-label":e});n.addEventListener("change",()=>t(n.value));let r="";return{element:g("label",{class:"labelled"},g("span",{"aria-hidden":"true"},e),n),show(o,i){let a=JSON.stringify(o);a!==r&&(n.replaceChildren(...o.map(({value:s,text:u})=>g("option",{value:s},u))),r=a),i!==null&&(n.value=i),n.disabled=o.length===0,n.title=o.find(({value:s})=>s===i)?.text??""}}}function vu(e){let t=g("details",{class:"menu save"}),n=(r,o)=>{let i=g("button",{type:"button",class:"button bare"},o);return i.addEventListener("click",()=>{t.open=!1,e(r)}),i};return t.append(g("summary",{class:"button icon","aria-label":"Save this view",title:"Save this view"},ve(ce.save)),g("div",{class:"popup"},n("svg","Save as SVG"),n("png","Save as PNG"))),jo(t),t}function wu(e,t){if(e.hidden=t.length===0,e.hidden)return;let n=t.length===1?"1 snapshot could not be read":`${t.length} snapshots could not be read`;e.replaceChildren(g("summary",{class:"button icon","aria-label":n,title:n},ve(ce.warning)),g("div",{class:"popup"},g("h3",{},n),g("ul",{},...t.map(({step:r,message:o})=>g("li",{},g("b",{class:"number"},r===null?"":`Step ${r}: `),o))))),jo(e)}var qo=new WeakSet;function jo(e){qo.has(e)||(qo.add(e),document.addEventListener("pointerdown",t=>{e.contains(t.target)||(e.open=!1)}),e.addEventListener("keydown",t=>{t.key!=="Escape"||!e.open||(e.open=!1,e.querySelector("summary")?.focus())}))}var ku=["fill","fill-opacity","stroke","stroke-width","stroke-dasharray","stroke-opacity","stroke-linecap","opacity","visibility","display","font-family","font-size","font-weight","font-variant-numeric","letter-spacing","text-anchor","dominant-baseline","paint-order"],sn=16,ln=2;async function Xo(e,t){let n=[...e.querySelectorAll("svg[data-export]")].filter(f=>f.getClientRects().length>0),r=n.map(f=>f.getBoundingClientRect()),o=Math.min(...r.map(f=>f.left),1/0),i=Math.min(...r.map(f=>f.top),1/0),a=Math.max(...r.map(f=>f.right),o)-o+2*sn,s=Math.max(...r.map(f=>f.bottom),i)-i+2*sn,u=getComputedStyle(document.body),l=new Map,c=await Promise.all(n.map(async(f,d)=>{let h=await Mu(f,l);return h.setAttribute("x",String(r[d].left-o+sn)),h.setAttribute("y",String(r[d].top-i+sn)),h.setAttribute("width",String(r[d].width)),h.setAttribute("height",String(r[d].height)),h}));return w("svg",{xmlns:"http://www.w3.org/2000/svg",width:a,height:s,viewBox:`0 0 ${a} ${s}`},w("title",{},t),w("rect",{width:"100%",height:"100%",fill:u.backgroundColor}),...c)}function pr(e){return`<?xml version="1.0" encoding="UTF-8"?>
${new XMLSerializer().serializeToString(e)}`}async function Wo(e){let t=Number(e.getAttribute("width")),n=Number(e.getAttribute("height")),r=await Uo(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(pr(e))}`),o=document.createElement("canvas");o.width=Math.ceil(t*ln),o.height=Math.ceil(n*ln);let i=o.getContext("2d");return i.scale(ln,ln),i.drawImage(r,0,0,t,n),new Promise((a,s)=>{o.toBlob(u=>{u===null?s(new Error("This browser made no PNG of the drawing.")):a(u)},"image/png")})}function Yo(e,t){let n=URL.createObjectURL(e),r=document.createElement("a");r.href=n,r.download=t,r.click(),setTimeout(()=>URL.revokeObjectURL(n),1e4)}async function Mu(e,t){let n=e.cloneNode(!0),r=[e,...e.querySelectorAll("*")],o=[n,...n.querySelectorAll("*")];return r.forEach((i,a)=>Su(i,o[a])),await Promise.all([...n.querySelectorAll("image")].map(async i=>{let a=i.getAttribute("href"),s=i.parentElement;a===null||!(s instanceof SVGSVGElement)||(t.has(a)||t.set(a,Uo(a)),_u(await t.get(a),s,i))})),n}function Su(e,t){let n=getComputedStyle(e);t.setAttribute("style",ku.map(r=>`${r}:${n.getPropertyValue(r)}`).join(";"));for(let r of["class","tabindex","role","aria-pressed"])t.removeAttribute(r)}function _u(e,t,n){let{x:r,y:o,width:i,height:a}=t.viewBox.baseVal,s=document.createElement("canvas");s.width=i,s.height=a,s.getContext("2d").drawImage(e,r,o,i,a,0,0,i,a),t.setAttribute("viewBox",`0 0 ${i} ${a}`),n.setAttribute("href",s.toDataURL("image/png")),n.setAttribute("width",String(i)),n.setAttribute("height",String(a))}function Uo(e){return new Promise((t,n)=>{let r=new Image;r.onload=()=>t(r),r.onerror=()=>n(new Error("A picture of this view could not be read.")),r.src=e})}var Ko="http://www.w3.org/2000/svg";function me(e,t,n,r){let o="graph"in n?n.graph:n,i=o.patches[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function Zo(e,t,n,r){let o="graph"in n?n.graph:n,i=o.images[r];if(i===void 0)return null;let[a,s,u,l,c]=i;return{href:e.sheet(t,o.step,a),x:s,y:u,width:l,height:c}}function de(e,t=null){let n=document.createElementNS(Ko,"svg");return n.classList.add("picture"),t!==null&&(n.setAttribute("width",String(t)),n.setAttribute("height",String(t))),n.append(document.createElementNS(Ko,"image")),hr(n,e),n}function hr(e,t){let n=`${t.x} ${t.y} ${t.width} ${t.height}`;e.getAttribute("viewBox")!==n&&e.setAttribute("viewBox",n),e.setAttribute("preserveAspectRatio","xMidYMid slice");let r=e.firstElementChild;r.getAttribute("href")!==t.href&&r.setAttribute("href",t.href)}var $u=120;function Jo(e,t){let n=g("aside",{class:"detail","aria-label":"Details"}),r=null,o=null,i=0,a,s=0;n.addEventListener("scroll",()=>s=n.scrollTop,{passive:!0});function u(C){r?.state.group!==C.state.group&&(i=0),r=C,clearTimeout(a);let{snapshot:_,run:T}=C;_!==null&&l(C)===null&&(a=setTimeout(()=>{t.detail(T.name,_.step).then(S=>{o={run:T.name,graph:S},r?.snapshot===_&&f()},S=>{r?.snapshot===_&&c(String(S instanceof Error?S.message:S))})},$u)),f()}function l({run:C,snapshot:_}){return o!==null&&o.run===C.name&&o.graph.step===_?.step?o.graph:null}function c(C){n.append(g("p",{class:"muted",role:"status"},C))}function f(){if(r===null)return;let{snapshot:C,state:_,run:T}=r,S=C&&he(C,te(T,_)),m=_.group===null?null:S?.byKey.get(_.group)??null,b=n.contains(document.activeElement)?document.activeElement.dataset.focus:void 0;n.classList.toggle("open",_.group!==null),S===null?n.replaceChildren():_.group===null?n.replaceChildren(...q(S)):m===null?n.replaceChildren(...k(S,r,_.group)):n.replaceChildren(...h(S,m,r)),s>0&&(n.scrollTop=s),b!==void 0&&n.querySelector(`[data-focus="${CSS.escape(b)}"]`)?.focus()}function d(C,_,T){let S=g("button",{type:"button",class:"button icon bare","aria-label":"Close details","data-focus":"close"},ve(ce.close));return S.addEventListener("click",()=>e({group:null})),g("header",{},g("div",{},g("h2",{},C),g("p",{class:"muted"},_.filter(Boolean).join(" · "))),T?S:null)}function h(C,_,T){let S=l(T)?.targets.find(b=>b.target===C.target.target),m=S?.groups.find(b=>Oe(b)===_.key)??_.group,{stability:v}=_.group;return[d(Ct(C,_),[_.group.layer,_.group.lineage===null?null:`lineage ${_.group.lineage}`],!0),g("div",{class:"facts"},mr("importance",K(_.group.importance)),mr("members",String(_.size)),...v===null?[]:[mr(Xe(v)?"stable":"stable (too little)",K(v))]),...A(m.patches,T),Ge("History",H(T,C,_.key)),...x("Fed by",C,_,"target","source"),...x("Feeds",C,_,"source","target"),Ge("Neurons",P(m.members,_,S))]}function k(C,_,T){let S=ir(_.run,C.target.target,T).filter(b=>b.node!==null),m=S[S.length-1]?.node,v=S.map(({snapshot:b})=>b.step);return[d(m?fe(m.group):T,[m?.group.layer??null],!0),g("p",{class:"muted"},v.length===0?"No snapshot of this target holds this group.":`Not in the circuit at step ${C.snapshot.step}. It is there in ${se(v.length,"snapshot")}, from step ${v[0]} to ${v[v.length-1]}.`),...v.length===0?[]:[Ge("History",H(_,C,T))]]}function A(C,_){let{run:T,snapshot:S}=_;if(S===null)return[];let m=l(_)??S.graph,v=C.flatMap(L=>{let y=me(t,T.name,m,L);return y===null?[]:[{row:L,cut:y}]});if(v.length===0)return[];let b=v[Math.min(i,v.length-1)],E=g("div",{class:"strip",role:"group","aria-label":"Patches, best first"});return v.forEach(({row:L,cut:y},p)=>{let $=Qo(m,L),N=g("button",{type:"button","aria-pressed":String(L===b.row),"aria-label":`Patch ${p+1} of ${v.length}${$===null?"":`, from an image of ${$}`}`,"data-focus":`patch ${p}`},de(y));N.addEventListener("click",()=>{i=p,f()}),E.append(N)}),[g("figure",{class:"gallery"},M(b.row,m,T.name),E)]}function M(C,_,T){let[,,,S,m,v,b,E,L,y]=_.patches[C],p=Zo(t,T,_,v),$=Qo(_,C),N=g("figcaption",{class:"muted"},`image ${v}${$===null?"":`, labelled “${$}”`}`);if(p===null||_.input===null){let j=de(me(t,T,_,C));return j.setAttribute("style",`aspect-ratio: ${S} / ${m}`),g("div",{class:"source"},j,N)}let[B,z]=_.input,O=w("svg",{class:"whole",viewBox:`0 0 ${z} ${B}`,role:"img","aria-label":`Patch on image ${v}${$===null?"":` of ${$}`}`}),V=de(p);V.setAttribute("width",String(z)),V.setAttribute("height",String(B));let I={x:E,y:b,width:y,height:L};return O.append(V,w("path",{class:"veil","fill-rule":"evenodd",d:`M0 0H${z}V${B}H0ZM${E} ${b}h${y}v${L}h${-y}Z`}),w("rect",{class:"box",...I})),g("div",{class:"source"},O,N)}function x(C,_,T,S,m){let v=_.links.filter(p=>p[S]===T.key&&p.weight!==0).sort((p,$)=>Math.abs($.weight)-Math.abs(p.weight));if(v.length===0)return[];let b=Math.abs(v[0].weight),E=v.map(p=>D(p,_.byKey.get(p[m]),_,b)),L=g("ul",{class:"links"},...E.slice(0,6));if(E.length<=6)return[Ge(C,L)];let y=g("details",{class:"more"},g("summary",{},`${E.length-6} more`),g("ul",{class:"links"},...E.slice(6)));return[Ge(C,L,y)]}function D(C,_,T,S){let m=C.weight<0?"-":"+",v=49*Math.abs(C.weight)/S,b=w("svg",{class:"diverging",viewBox:"0 0 100 6",preserveAspectRatio:"none","aria-hidden":"true"},w("path",{class:"zero",d:"M50 0V6"}),w("rect",{"data-sign":m,x:m==="-"?50-v:50,y:.5,width:v,height:5})),E=Ct(T,_),L=g("button",{type:"button",class:"link","data-focus":`group ${_.key}`},E);return L.addEventListener("click",()=>e({group:_.key})),g("li",{},L,b,g("span",{class:"number"},Tt(C.weight)),C.stability===null?null:g("span",{class:"number muted",title:"share of resamples in which the sign is the same"},K(C.stability)))}function P(C,_,T){if(C===void 0||T===void 0)return g("p",{class:"muted"},`${se(_.size,"member")} …`);let S=new Map((T.neurons??[]).filter(E=>E.layer===_.group.layer).map(E=>[E.index,E])),m=g("tbody");for(let[E,L,y]of C){let p=S.get(E);m.append(g("tr",{},g("th",{scope:"row",class:"number"},String(E)),g("td",{},p===void 0||p.meanings<2?"only":`${L+1} of ${p.meanings}`),g("td",{class:"number"},K(y)),g("td",{class:"number"},K(p?.importance)),g("td",{class:"number"},K(p?.gap)),g("td",{class:"number"},K(p?.stability)))),p!==void 0&&p.inputs.length>0&&m.append(G(p))}let b=[["neuron","its index in the layer"],["meaning","which of its semantic groups"],["share","share of the neuron's patches that have this meaning"],["imp.","importance: path weight to the target"],["gap","completeness gap: error of the attribution's integral"],["stab.","share of resamples in which it is core"]].map(([E,L])=>g("th",{scope:"col",title:L},E));return g("div",{class:"scroll",tabindex:0,role:"region","aria-label":"Member neurons"},g("table",{class:"members"},g("thead",{},g("tr",{},...b)),m))}function G(C){let _=C.inputs.flatMap(([T,S])=>[g("span",{class:"input","data-sign":S<0?"-":"+"},`${T} `,g("b",{},Tt(S)))," "]);return g("tr",{class:"inputs"},g("td",{colspan:6},g("span",{class:"muted"},"from "),..._))}function q(C){let{target:_,snapshot:T}=C,{graph:S}=T,m=["layer","neurons","groups","meanings","gap"].map(L=>g("th",{scope:"col"},L)),v=le(S.layers),b=[...S.layers].reverse().flatMap(L=>{let y=_.statistics[L];if(y===void 0)return[];let p=[_e(y.core_neurons),_e(y.neuron_groups),_e(y.semantic_groups),K(y.completeness_gap)];return[g("tr",{},g("th",{scope:"row",class:"layer",title:L},g("span",{},v.get(L))),...p.map($=>g("td",{class:"number"},$)))]}),E=Object.values(_.left_out).reduce((L,y)=>L+y,0);return[d(_.name,[`class ${_.target}`,S.weights==="averaged"?"averaged weights":null],!1),...R(_,S),Ge("Layers, deep to shallow",g("div",{class:"scroll"},g("table",{class:"members"},g("thead",{},g("tr",{},...m)),g("tbody",{},...b))),...E>0?[g("p",{class:"muted"},`${se(E,"core neuron")} left out by max_neurons_per_layer.`)]:[]),...F(C),Ge("Made with",Tu(S)),g("p",{class:"muted hint"},"Choose a group for its patches, neurons and links. Hover to see what it lies on.")]}function R(C,_){if(C.drift===null)return[];let T=C.drift.verdict,S=_.since===null?"":` since step ${_.since}`,m=g("button",{type:"button",class:"link","data-focus":"drift"},"Show drift");return m.addEventListener("click",()=>e({view:"drift"})),[g("p",{class:"verdict"},g("span",{class:T==="changed"?"chip alarm":"chip"},T),g("span",{class:"muted"},`${S.trim()} `),m)]}function F(C){let _=C.target.drift?.events??[],T=new Map;for(let m of _){if(m.event==="survive")continue;let v=`${m.layer} ${m.event}`;T.set(v,[...T.get(v)??[],m])}if(T.size===0)return[];let S=[...T.values()].map(m=>g("li",{},...X(m,C)));return[Ge("What happened at this step",g("ul",{class:"events"},...S))]}function X(C,_){let T=[...new Set(C.flatMap(b=>b.lineage))],S=T.flatMap((b,E)=>{let L=`L${b}`,y=_.byKey.get(L),p=E<T.length-1?",":"";if(y===void 0)return[`${b}${p} `];let $=y.group.label??String(b),N=g("button",{type:"button",class:"link","data-focus":`event ${L}`,"aria-label":fe(y.group)},$);return N.addEventListener("click",()=>e({group:L})),[g("span",{class:"whole-word"},N,p)," "]}),{event:m,layer:v}=C[0];return[g("span",{class:"chip"},m),g("span",{class:"muted",title:v},` ${le(_.snapshot.graph.layers).get(v)??v}: `),T.length===1?"group ":"groups ",...S]}function H(C,_,T){let{run:S}=C,m=ir(S,_.target.target,T),v=S.snapshots.flatMap(({step:E,graph:L})=>(L.targets.find(y=>y.target===_.target.target)?.drift?.events??[]).filter(y=>y.event!=="survive"&&y.lineage.some(p=>`L${p}`===T)).map(y=>({step:E,event:y}))),b=v.slice(-6).map(({step:E,event:L})=>{let y=g("button",{type:"button",class:"link number","data-focus":`step ${E}`},`step ${E}`);return y.addEventListener("click",()=>e({step:E})),g("li",{},y," ",g("span",{class:"muted"},Cu(L,T)))});return g("div",{},Eu(m.map(({node:E})=>E?.importance??null),S.snapshots.indexOf(_.snapshot),new Set(v.map(({step:E})=>S.snapshots.findIndex(L=>L.step===E)))),b.length===0?null:g("ul",{class:"events"},...b))}return{element:n,update:u}}function Eu(e,t,n){let[r,o,i]=[300,46,5],a=Math.max(...e.map(f=>f??0),1e-9),s=f=>e.length<2?r/2:i+(r-2*i)*f/(e.length-1),u=f=>o-i-(o-2*i)*f/a,l=e.map((f,d)=>f===null?"":`${d===0||e[d-1]===null?"M":"L"}${s(d).toFixed(1)} ${u(f).toFixed(1)}`).join(""),c=e[t]??null;return w("svg",{class:"sparkline",viewBox:`0 0 ${r} ${o}`,role:"img","aria-label":`Importance through the run, at most ${K(a)}`},w("path",{class:"base",d:`M${i} ${o-i}H${r-i}`}),w("path",{class:"now",d:`M${s(t)} 0V${o}`}),w("path",{class:"line",d:l||"M0 0"}),...e.flatMap((f,d)=>f!==null&&(e[d-1]??null)===null&&(e[d+1]??null)===null?[w("circle",{class:"alone",cx:s(d),cy:u(f),r:2})]:[]),...[...n].map(f=>w("circle",{class:"mark",cx:s(f),cy:o-i,r:2.5})),c===null?null:w("circle",{class:"dot",cx:s(t),cy:u(c),r:4}))}function Cu(e,t){let n=e.lineage.map(i=>`L${i}`).filter(i=>i!==t);return{emerge:"appears",disappear:"disappears",split:`comes of a split${n.length===0?"":` with ${n.map(i=>`group ${i.slice(1)}`).join(", ")}`}`,merge:"is merged of several"}[e.event]??e.event}function Qo(e,t){let n=e.patches[t]?.[5],r=n===void 0?null:e.images[n]?.[5]??null;return r===null?null:String(r)}function Tu(e){let t=[...new Set(Object.values(e.methods))].join(", "),n=[...Object.entries(e.config).map(([r,o])=>[r,String(o)]),...t===""?[]:[["method",t]],["probe images",e.fingerprint.slice(0,12)]];return g("dl",{class:"pairs"},...n.flatMap(([r,o])=>[g("dt",{},r),g("dd",{class:"mono"},o)]))}function mr(e,t){return g("div",{},g("b",{class:"number"},t),g("span",{},e))}function Ge(e,...t){return g("section",{},g("h3",{},e),...t)}var Au=`from neurflow_lightning import NeurFlowCallback

neurflow = NeurFlowCallback(targets=["cat", "dog"], every_n_epochs=1)
trainer = Trainer(callbacks=[neurflow])`;function ei(){let e=g("section",{class:"view welcome","aria-live":"polite",hidden:!0}),t=(...r)=>{e.replaceChildren(g("div",{},...r))},n=()=>g("p",{class:"muted waiting"},g("i",{}),"This page looks again every few seconds.");return{element:e,loading:()=>t(g("p",{class:"muted waiting"},g("i",{}),"Loading circuits …")),nothing:r=>t(g("h2",{},"No circuits yet"),g("p",{},"Add the callback to your training. Each snapshot it takes appears here, while the training runs."),g("pre",{class:"mono"},Au),g("p",{},"The run needs a TensorBoard logger, and TensorBoard its log folder: ",g("code",{class:"mono"},"tensorboard --logdir lightning_logs")),...r?[n()]:[]),noSnapshots:r=>t(g("h2",{},"No snapshot yet"),g("p",{},`The run ${r} has begun and holds no circuit so far. The first comes with the first validation that the callback’s schedule allows.`),n()),failed(r,o){let i=g("button",{type:"button",class:"button"},"Try again");i.addEventListener("click",o),t(g("h2",{},"The circuits could not be loaded"),g("p",{},r),i)}}}var Lu=3e3,Ru=250;function gr(e,t,n,r,o){let i=on(rn,{...r,...n.link()}),a=null,s=null,u=!1,l,c,f,d=new Map,h=new Set,k=new Map,A=g("div",{class:"stage",id:"stage",role:"tabpanel"}),M=ei(),x=Fo(q,y=>void E(y)),D=Ho(q),P=Jo(q,t),G=g("div",{class:"middle"},g("main",{},A),P.element);A.append(M.element),e.replaceChildren(g("div",{class:"app"},x.element,G,D.element)),A.addEventListener("hits",y=>x.hits(y.detail)),document.addEventListener("keydown",b),n.onTheme(y=>{document.documentElement.dataset.theme=y?"dark":"light"}),n.onLink(y=>{Object.keys(y).length>0?q({...rn,run:i.run,...y}):n.write(i)}),n.onReload(()=>void X()),window.addEventListener("focus",()=>{t.canGrow&&X()}),X();function q(y){let p=i;i=on(i,y),i!==p&&((i.run!==p.run||i.otherRun!==p.otherRun)&&X(),i.live&&!p.live&&X(),i.playing!==p.playing&&F(),_())}function R(){let y=d.get(i.run);if(y===void 0)return null;let p=i.otherRun===null?y:d.get(i.otherRun)??null;return{run:y,other:p,state:i,snapshot:Et(y,i.step)}}function F(){if(clearTimeout(f),!i.playing)return;let y=d.get(i.run),p=Math.min(900,Math.max(90,2e4/(y?.snapshots.length??1)));f=setTimeout(()=>{let $=R(),N=$===null?null:an($.run,$.snapshot,1);q(N===null?{playing:!1}:{step:N}),F()},p)}async function X(){clearTimeout(c);try{a=await t.runs(),a.includes(i.run)||H(a[0]??"");let p=[i.run,i.otherRun].filter($=>$!==null&&a.includes($));await Promise.all([...new Set(p)].map(C)),s=null}catch(p){let $=p instanceof Error?p.message:String(p);$!==s&&d.has(i.run)&&L($),s=$}_();let y=s!==null||(d.get(i.run)?.snapshots.length??0)===0;clearTimeout(c),t.canGrow&&(i.live||y)&&(c=setTimeout(()=>void X(),Lu))}function H(y){i.run!==""&&y!==""&&L(`There is no run ${i.run} any more: this is ${y}.`),i=on(i,i.run===""?{run:y}:{run:y,step:null,group:null})}async function C(y){if(!h.has(y)){h.add(y);try{let p=d.get(y)??null,$=p?.snapshots[p.snapshots.length-1],N=await t.series(y,$??null);p!==null&&N.snapshots.length===0&&!N.restarted&&N.problems.length===p.problems.length||d.set(y,Ro(p,N))}finally{h.delete(y)}}}function _(){u||(u=!0,requestAnimationFrame(()=>{u=!1,T()}),clearTimeout(l),l=setTimeout(()=>n.write(i),Ru))}function T(){let y=R(),p=document.documentElement;x.update(a??[],y,i.view),A.setAttribute("aria-labelledby",`tab-${i.view}`);let $=y!==null&&y.run.snapshots.length>0;M.element.hidden=$,G.classList.toggle("bare",!$),G.classList.toggle("roomy",i.view!=="circuit"),D.element.hidden=!$;for(let[N,B]of k)B.element.hidden=!$||N!==i.view;if(y===null||!$){m(y),p.dataset.ready=a===null&&s===null?"":"empty";return}D.update(y,t.canGrow),S(i.view).update(y),i.view!=="circuit"&&x.hits(null),P.update(y),p.dataset.view=i.view,p.dataset.step=String(y.snapshot?.step??""),p.dataset.target=String(te(y.run,i)??""),p.dataset.ready="true",v(y)}function S(y){let p=k.get(y);return p===void 0&&(p=o[y](q,t),k.set(y,p),A.append(p.element)),p.element.hidden=!1,p}function m(y){s!==null?M.failed(s,()=>void X()):a===null?M.loading():a.length===0?M.nothing(t.canGrow):y===null?M.loading():M.noSnapshots(y.run.name)}function v({run:y,snapshot:p,state:$}){if(p===null)return;let N=y.snapshots.indexOf(p);for(let B of[y.snapshots[N+1],y.snapshots[N-1]]){let z=B===void 0?null:he(B,te(y,$));if(z===null)continue;let{graph:O}=z.snapshot,V=z.nodes.flatMap(({group:j})=>j.patches.slice(0,4)),I=new Set(V.flatMap(j=>O.patches[j]?.[0]??[]));for(let j of I)new Image().src=t.sheet(y.name,O.step,j)}}function b(y){let p=R(),$=y.target;if(p===null||y.defaultPrevented||y.ctrlKey||y.metaKey||y.altKey)return;if(y.key==="Escape"){q({group:null});return}if($.closest("input, select, textarea, [role=tablist], [role=radiogroup], .scroll")!==null&&(y.key!==" "||!$.matches("input[type=range]")))return;let{snapshots:N}=p.run,B={ArrowLeft:an(p.run,p.snapshot,-1),ArrowRight:an(p.run,p.snapshot,1),Home:N[0]?.step,End:N[N.length-1]?.step};if(y.key in B){let z=B[y.key];z!=null&&q({step:z,playing:!1}),y.preventDefault()}else y.key===" "&&$.closest("button, summary, [role=button]")===null&&(q(fr(p)),y.preventDefault())}async function E(y){let p=R(),$=k.get(i.view);if(p===null||$===void 0)return;let N=p.run.targets.find(O=>O.target===te(p.run,i)),B=p.snapshot?.step??0,z=`${i.view} ${N?.name??""} step ${B}`;try{let O=await Xo($.element,`${z}, ${p.run.name}`),V=y==="svg"?new Blob([pr(O)],{type:"image/svg+xml"}):await Wo(O);Yo(V,`neurflow-${z.replace(/[^\p{L}\p{N}]+/gu,"-")}.${y}`)}catch(O){L(`This view could not be saved: ${O instanceof Error?O.message:String(O)}`)}}function L(y){let p=g("p",{class:"toast",role:"alert"},y);e.append(p),setTimeout(()=>p.remove(),6e3)}}var Nu="neurflow",[Ou,Du]=["experimental.bootstrap","experimental.DataReloaded"];function yr(e){let t=Gu(e),n=t!==e,r=()=>!n||/^#?([^&=]*)/.exec(t.location.hash)?.[1]===Nu;return{link:()=>r()?cr(t.location.hash):{},write(o){if(!r())return;let i=zo(o,t.location.hash);if(i!==(t.location.hash||"#"))try{t.history.replaceState(t.history.state,"",i)}catch{}},onLink(o){t.addEventListener("hashchange",()=>{r()&&o(cr(t.location.hash))})},onTheme(o){if(!n){let s=e.matchMedia("(prefers-color-scheme: dark)");s.addEventListener("change",()=>o(s.matches)),o(s.matches);return}let{body:i}=t.document,a=()=>o(i.classList.contains("dark-mode"));new MutationObserver(a).observe(i,{attributes:!0,attributeFilter:["class"]}),a()},onReload(o){if(!n)return;let{port1:i,port2:a}=new MessageChannel;i.onmessage=({data:s})=>{let{type:u,id:l,isReply:c}=JSON.parse(s);c||(u===Du&&o(),i.postMessage(JSON.stringify({type:u,id:l,payload:null,error:null,isReply:!0})))},t.postMessage(Ou,e.location.origin,[a])}}}function Gu(e){try{if(e.parent!==e&&e.parent.document.body!==null)return e.parent}catch{}return e}function ti(e=t=>fetch(t)){let t=new Map,n=(r,o)=>`${r}?${Object.entries(o).map(([i,a])=>`${i}=${encodeURIComponent(a)}`).join("&")}`;return{canGrow:!0,async runs(){return(await br(e,"runs")).runs.map(o=>o.name)},series:(r,o)=>br(e,n("series",{run:r,...o===null?{}:{since_step:o.step,since_time:o.wallTime}})),detail(r,o){let i=n("detail",{run:r,step:o}),a=t.get(i);if(a!==void 0)return a;let s=br(e,i);return t.set(i,s),s.catch(()=>t.delete(i)),s},sheet:(r,o,i)=>n("sheet",{run:r,step:o,sheet:i})}}async function br(e,t){let n=await e(t);if(n.ok)return await n.json();throw new Error(await Pu(n,t))}async function Pu(e,t){try{let{error:n}=await e.json();if(typeof n=="string")return n}catch{}return`${t}: TensorBoard answered ${e.status} ${e.statusText}.`}function ni(e){let t=r=>{let o=e.runs[r];if(o===void 0)throw new Error(`This page holds no run named ${r}.`);return o},n=(r,o)=>{let i=t(r).graphs.findIndex(a=>a.step===o);if(i<0)throw new Error(`Run ${r} has no snapshot of step ${o} in this page.`);return i};return{canGrow:!1,runs:async()=>Object.keys(e.runs),async series(r,o){let{graphs:i,wall_times:a}=t(r),s=i.map((l,c)=>({...l,wall_time:a[c]??0})).filter(l=>o===null||l.step>o.step),u=i[i.length-1]?.layers??[];return{run:r,layers:u,snapshots:s,problems:[],restarted:!1}},detail:async(r,o)=>t(r).graphs[n(r,o)],sheet:(r,o,i)=>t(r).sheets[n(r,o)]?.[i]??""}}var ri=`/* Calm: paper, ink, one accent. Colour says sign (with dash), alarm and selection, nothing else. */
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
`;var oi=`/* --- header -------------------------------------------------------------------------- */

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
`;var un="http://www.w3.org/1999/xhtml",xr={svg:"http://www.w3.org/2000/svg",xhtml:un,xlink:"http://www.w3.org/1999/xlink",xml:"http://www.w3.org/XML/1998/namespace",xmlns:"http://www.w3.org/2000/xmlns/"};function $e(e){var t=e+="",n=t.indexOf(":");return n>=0&&(t=e.slice(0,n))!=="xmlns"&&(e=e.slice(n+1)),xr.hasOwnProperty(t)?{space:xr[t],local:e}:e}function Vu(e){return function(){var t=this.ownerDocument,n=this.namespaceURI;return n===un&&t.documentElement.namespaceURI===un?t.createElement(e):t.createElementNS(n,e)}}function Hu(e){return function(){return this.ownerDocument.createElementNS(e.space,e.local)}}function cn(e){var t=$e(e);return(t.local?Hu:Vu)(t)}function Bu(){}function We(e){return e==null?Bu:function(){return this.querySelector(e)}}function ii(e){typeof e!="function"&&(e=We(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=new Array(a),u,l,c=0;c<a;++c)(u=i[c])&&(l=e.call(u,u.__data__,c,i))&&("__data__"in u&&(l.__data__=u.__data__),s[c]=l);return new Q(r,this._parents)}function vr(e){return e==null?[]:Array.isArray(e)?e:Array.from(e)}function qu(){return[]}function At(e){return e==null?qu:function(){return this.querySelectorAll(e)}}function Fu(e){return function(){return vr(e.apply(this,arguments))}}function ai(e){typeof e=="function"?e=Fu(e):e=At(e);for(var t=this._groups,n=t.length,r=[],o=[],i=0;i<n;++i)for(var a=t[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&(r.push(e.call(u,u.__data__,l,a)),o.push(u));return new Q(r,o)}function Lt(e){return function(){return this.matches(e)}}function fn(e){return function(t){return t.matches(e)}}var ju=Array.prototype.find;function Xu(e){return function(){return ju.call(this.children,e)}}function Wu(){return this.firstElementChild}function si(e){return this.select(e==null?Wu:Xu(typeof e=="function"?e:fn(e)))}var Yu=Array.prototype.filter;function Uu(){return Array.from(this.children)}function Ku(e){return function(){return Yu.call(this.children,e)}}function li(e){return this.selectAll(e==null?Uu:Ku(typeof e=="function"?e:fn(e)))}function ui(e){typeof e!="function"&&(e=Lt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new Q(r,this._parents)}function dn(e){return new Array(e.length)}function ci(){return new Q(this._enter||this._groups.map(dn),this._parents)}function Rt(e,t){this.ownerDocument=e.ownerDocument,this.namespaceURI=e.namespaceURI,this._next=null,this._parent=e,this.__data__=t}Rt.prototype={constructor:Rt,appendChild:function(e){return this._parent.insertBefore(e,this._next)},insertBefore:function(e,t){return this._parent.insertBefore(e,t)},querySelector:function(e){return this._parent.querySelector(e)},querySelectorAll:function(e){return this._parent.querySelectorAll(e)}};function fi(e){return function(){return e}}function Zu(e,t,n,r,o,i){for(var a=0,s,u=t.length,l=i.length;a<l;++a)(s=t[a])?(s.__data__=i[a],r[a]=s):n[a]=new Rt(e,i[a]);for(;a<u;++a)(s=t[a])&&(o[a]=s)}function Qu(e,t,n,r,o,i,a){var s,u,l=new Map,c=t.length,f=i.length,d=new Array(c),h;for(s=0;s<c;++s)(u=t[s])&&(d[s]=h=a.call(u,u.__data__,s,t)+"",l.has(h)?o[s]=u:l.set(h,u));for(s=0;s<f;++s)h=a.call(e,i[s],s,i)+"",(u=l.get(h))?(r[s]=u,u.__data__=i[s],l.delete(h)):n[s]=new Rt(e,i[s]);for(s=0;s<c;++s)(u=t[s])&&l.get(d[s])===u&&(o[s]=u)}function Ju(e){return e.__data__}function di(e,t){if(!arguments.length)return Array.from(this,Ju);var n=t?Qu:Zu,r=this._parents,o=this._groups;typeof e!="function"&&(e=fi(e));for(var i=o.length,a=new Array(i),s=new Array(i),u=new Array(i),l=0;l<i;++l){var c=r[l],f=o[l],d=f.length,h=ec(e.call(c,c&&c.__data__,l,r)),k=h.length,A=s[l]=new Array(k),M=a[l]=new Array(k),x=u[l]=new Array(d);n(c,f,A,M,x,h,t);for(var D=0,P=0,G,q;D<k;++D)if(G=A[D]){for(D>=P&&(P=D+1);!(q=M[P])&&++P<k;);G._next=q||null}}return a=new Q(a,r),a._enter=s,a._exit=u,a}function ec(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function pi(){return new Q(this._exit||this._groups.map(dn),this._parents)}function hi(e,t,n){var r=this.enter(),o=this,i=this.exit();return typeof e=="function"?(r=e(r),r&&(r=r.selection())):r=r.append(e+""),t!=null&&(o=t(o),o&&(o=o.selection())),n==null?i.remove():n(i),r&&o?r.merge(o).order():o}function mi(e){for(var t=e.selection?e.selection():e,n=this._groups,r=t._groups,o=n.length,i=r.length,a=Math.min(o,i),s=new Array(o),u=0;u<a;++u)for(var l=n[u],c=r[u],f=l.length,d=s[u]=new Array(f),h,k=0;k<f;++k)(h=l[k]||c[k])&&(d[k]=h);for(;u<o;++u)s[u]=n[u];return new Q(s,this._parents)}function gi(){for(var e=this._groups,t=-1,n=e.length;++t<n;)for(var r=e[t],o=r.length-1,i=r[o],a;--o>=0;)(a=r[o])&&(i&&a.compareDocumentPosition(i)^4&&i.parentNode.insertBefore(a,i),i=a);return this}function yi(e){e||(e=tc);function t(f,d){return f&&d?e(f.__data__,d.__data__):!f-!d}for(var n=this._groups,r=n.length,o=new Array(r),i=0;i<r;++i){for(var a=n[i],s=a.length,u=o[i]=new Array(s),l,c=0;c<s;++c)(l=a[c])&&(u[c]=l);u.sort(t)}return new Q(o,this._parents).order()}function tc(e,t){return e<t?-1:e>t?1:e>=t?0:NaN}function bi(){var e=arguments[0];return arguments[0]=this,e.apply(null,arguments),this}function xi(){return Array.from(this)}function vi(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length;o<i;++o){var a=r[o];if(a)return a}return null}function wi(){let e=0;for(let t of this)++e;return e}function ki(){return!this.node()}function Mi(e){for(var t=this._groups,n=0,r=t.length;n<r;++n)for(var o=t[n],i=0,a=o.length,s;i<a;++i)(s=o[i])&&e.call(s,s.__data__,i,o);return this}function nc(e){return function(){this.removeAttribute(e)}}function rc(e){return function(){this.removeAttributeNS(e.space,e.local)}}function oc(e,t){return function(){this.setAttribute(e,t)}}function ic(e,t){return function(){this.setAttributeNS(e.space,e.local,t)}}function ac(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttribute(e):this.setAttribute(e,n)}}function sc(e,t){return function(){var n=t.apply(this,arguments);n==null?this.removeAttributeNS(e.space,e.local):this.setAttributeNS(e.space,e.local,n)}}function Si(e,t){var n=$e(e);if(arguments.length<2){var r=this.node();return n.local?r.getAttributeNS(n.space,n.local):r.getAttribute(n)}return this.each((t==null?n.local?rc:nc:typeof t=="function"?n.local?sc:ac:n.local?ic:oc)(n,t))}function pn(e){return e.ownerDocument&&e.ownerDocument.defaultView||e.document&&e||e.defaultView}function lc(e){return function(){this.style.removeProperty(e)}}function uc(e,t,n){return function(){this.style.setProperty(e,t,n)}}function cc(e,t,n){return function(){var r=t.apply(this,arguments);r==null?this.style.removeProperty(e):this.style.setProperty(e,r,n)}}function _i(e,t,n){return arguments.length>1?this.each((t==null?lc:typeof t=="function"?cc:uc)(e,t,n??"")):Pe(this.node(),e)}function Pe(e,t){return e.style.getPropertyValue(t)||pn(e).getComputedStyle(e,null).getPropertyValue(t)}function fc(e){return function(){delete this[e]}}function dc(e,t){return function(){this[e]=t}}function pc(e,t){return function(){var n=t.apply(this,arguments);n==null?delete this[e]:this[e]=n}}function $i(e,t){return arguments.length>1?this.each((t==null?fc:typeof t=="function"?pc:dc)(e,t)):this.node()[e]}function Ei(e){return e.trim().split(/^|\s+/)}function wr(e){return e.classList||new Ci(e)}function Ci(e){this._node=e,this._names=Ei(e.getAttribute("class")||"")}Ci.prototype={add:function(e){var t=this._names.indexOf(e);t<0&&(this._names.push(e),this._node.setAttribute("class",this._names.join(" ")))},remove:function(e){var t=this._names.indexOf(e);t>=0&&(this._names.splice(t,1),this._node.setAttribute("class",this._names.join(" ")))},contains:function(e){return this._names.indexOf(e)>=0}};function Ti(e,t){for(var n=wr(e),r=-1,o=t.length;++r<o;)n.add(t[r])}function Ai(e,t){for(var n=wr(e),r=-1,o=t.length;++r<o;)n.remove(t[r])}function hc(e){return function(){Ti(this,e)}}function mc(e){return function(){Ai(this,e)}}function gc(e,t){return function(){(t.apply(this,arguments)?Ti:Ai)(this,e)}}function Li(e,t){var n=Ei(e+"");if(arguments.length<2){for(var r=wr(this.node()),o=-1,i=n.length;++o<i;)if(!r.contains(n[o]))return!1;return!0}return this.each((typeof t=="function"?gc:t?hc:mc)(n,t))}function yc(){this.textContent=""}function bc(e){return function(){this.textContent=e}}function xc(e){return function(){var t=e.apply(this,arguments);this.textContent=t??""}}function Ri(e){return arguments.length?this.each(e==null?yc:(typeof e=="function"?xc:bc)(e)):this.node().textContent}function vc(){this.innerHTML=""}function wc(e){return function(){this.innerHTML=e}}function kc(e){return function(){var t=e.apply(this,arguments);this.innerHTML=t??""}}function Ni(e){return arguments.length?this.each(e==null?vc:(typeof e=="function"?kc:wc)(e)):this.node().innerHTML}function Mc(){this.nextSibling&&this.parentNode.appendChild(this)}function Oi(){return this.each(Mc)}function Sc(){this.previousSibling&&this.parentNode.insertBefore(this,this.parentNode.firstChild)}function Di(){return this.each(Sc)}function Gi(e){var t=typeof e=="function"?e:cn(e);return this.select(function(){return this.appendChild(t.apply(this,arguments))})}function _c(){return null}function Pi(e,t){var n=typeof e=="function"?e:cn(e),r=t==null?_c:typeof t=="function"?t:We(t);return this.select(function(){return this.insertBefore(n.apply(this,arguments),r.apply(this,arguments)||null)})}function $c(){var e=this.parentNode;e&&e.removeChild(this)}function zi(){return this.each($c)}function Ec(){var e=this.cloneNode(!1),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function Cc(){var e=this.cloneNode(!0),t=this.parentNode;return t?t.insertBefore(e,this.nextSibling):e}function Ii(e){return this.select(e?Cc:Ec)}function Vi(e){return arguments.length?this.property("__data__",e):this.node().__data__}function Tc(e){return function(t){e.call(this,t,this.__data__)}}function Ac(e){return e.trim().split(/^|\s+/).map(function(t){var n="",r=t.indexOf(".");return r>=0&&(n=t.slice(r+1),t=t.slice(0,r)),{type:t,name:n}})}function Lc(e){return function(){var t=this.__on;if(t){for(var n=0,r=-1,o=t.length,i;n<o;++n)i=t[n],(!e.type||i.type===e.type)&&i.name===e.name?this.removeEventListener(i.type,i.listener,i.options):t[++r]=i;++r?t.length=r:delete this.__on}}}function Rc(e,t,n){return function(){var r=this.__on,o,i=Tc(t);if(r){for(var a=0,s=r.length;a<s;++a)if((o=r[a]).type===e.type&&o.name===e.name){this.removeEventListener(o.type,o.listener,o.options),this.addEventListener(o.type,o.listener=i,o.options=n),o.value=t;return}}this.addEventListener(e.type,i,n),o={type:e.type,name:e.name,value:t,listener:i,options:n},r?r.push(o):this.__on=[o]}}function Hi(e,t,n){var r=Ac(e+""),o,i=r.length,a;if(arguments.length<2){var s=this.node().__on;if(s){for(var u=0,l=s.length,c;u<l;++u)for(o=0,c=s[u];o<i;++o)if((a=r[o]).type===c.type&&a.name===c.name)return c.value}return}for(s=t?Rc:Lc,o=0;o<i;++o)this.each(s(r[o],t,n));return this}function Bi(e,t,n){var r=pn(e),o=r.CustomEvent;typeof o=="function"?o=new o(t,n):(o=r.document.createEvent("Event"),n?(o.initEvent(t,n.bubbles,n.cancelable),o.detail=n.detail):o.initEvent(t,!1,!1)),e.dispatchEvent(o)}function Nc(e,t){return function(){return Bi(this,e,t)}}function Oc(e,t){return function(){return Bi(this,e,t.apply(this,arguments))}}function qi(e,t){return this.each((typeof t=="function"?Oc:Nc)(e,t))}function*Fi(){for(var e=this._groups,t=0,n=e.length;t<n;++t)for(var r=e[t],o=0,i=r.length,a;o<i;++o)(a=r[o])&&(yield a)}var kr=[null];function Q(e,t){this._groups=e,this._parents=t}function ji(){return new Q([[document.documentElement]],kr)}function Dc(){return this}Q.prototype=ji.prototype={constructor:Q,select:ii,selectAll:ai,selectChild:si,selectChildren:li,filter:ui,data:di,enter:ci,exit:pi,join:hi,merge:mi,selection:Dc,order:gi,sort:yi,call:bi,nodes:xi,node:vi,size:wi,empty:ki,each:Mi,attr:Si,style:_i,property:$i,classed:Li,text:Ri,html:Ni,raise:Oi,lower:Di,append:Gi,insert:Pi,remove:zi,clone:Ii,datum:Vi,on:Hi,dispatch:qi,[Symbol.iterator]:Fi};var Ee=ji;function ie(e){return typeof e=="string"?new Q([[document.querySelector(e)]],[document.documentElement]):new Q([[e]],kr)}function Xi(e){let t;for(;t=e.sourceEvent;)e=t;return e}function we(e,t){if(e=Xi(e),t===void 0&&(t=e.currentTarget),t){var n=t.ownerSVGElement||t;if(n.createSVGPoint){var r=n.createSVGPoint();return r.x=e.clientX,r.y=e.clientY,r=r.matrixTransform(t.getScreenCTM().inverse()),[r.x,r.y]}if(t.getBoundingClientRect){var o=t.getBoundingClientRect();return[e.clientX-o.left-t.clientLeft,e.clientY-o.top-t.clientTop]}}return[e.pageX,e.pageY]}var Gc={value:()=>{}};function Nt(){for(var e=0,t=arguments.length,n={},r;e<t;++e){if(!(r=arguments[e]+"")||r in n||/[\s.]/.test(r))throw new Error("illegal type: "+r);n[r]=[]}return new hn(n)}function hn(e){this._=e}function Pc(e,t){return e.trim().split(/^|\s+/).map(function(n){var r="",o=n.indexOf(".");if(o>=0&&(r=n.slice(o+1),n=n.slice(0,o)),n&&!t.hasOwnProperty(n))throw new Error("unknown type: "+n);return{type:n,name:r}})}hn.prototype=Nt.prototype={constructor:hn,on:function(e,t){var n=this._,r=Pc(e+"",n),o,i=-1,a=r.length;if(arguments.length<2){for(;++i<a;)if((o=(e=r[i]).type)&&(o=zc(n[o],e.name)))return o;return}if(t!=null&&typeof t!="function")throw new Error("invalid callback: "+t);for(;++i<a;)if(o=(e=r[i]).type)n[o]=Wi(n[o],e.name,t);else if(t==null)for(o in n)n[o]=Wi(n[o],e.name,null);return this},copy:function(){var e={},t=this._;for(var n in t)e[n]=t[n].slice();return new hn(e)},call:function(e,t){if((o=arguments.length-2)>0)for(var n=new Array(o),r=0,o,i;r<o;++r)n[r]=arguments[r+2];if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(i=this._[e],r=0,o=i.length;r<o;++r)i[r].value.apply(t,n)},apply:function(e,t,n){if(!this._.hasOwnProperty(e))throw new Error("unknown type: "+e);for(var r=this._[e],o=0,i=r.length;o<i;++o)r[o].value.apply(t,n)}};function zc(e,t){for(var n=0,r=e.length,o;n<r;++n)if((o=e[n]).name===t)return o.value}function Wi(e,t,n){for(var r=0,o=e.length;r<o;++r)if(e[r].name===t){e[r]=Gc,e=e.slice(0,r).concat(e.slice(r+1));break}return n!=null&&e.push({name:t,value:n}),e}var ut=0,Dt=0,Ot=0,Ui=1e3,mn,Gt,gn=0,Ye=0,bn=0,Pt=typeof performance=="object"&&performance.now?performance:Date,Ki=typeof window=="object"&&window.requestAnimationFrame?window.requestAnimationFrame.bind(window):function(e){setTimeout(e,17)};function xn(){return Ye||(Ki(Ic),Ye=Pt.now()+bn)}function Ic(){Ye=0}function yn(){this._call=this._time=this._next=null}yn.prototype=Sr.prototype={constructor:yn,restart:function(e,t,n){if(typeof e!="function")throw new TypeError("callback is not a function");n=(n==null?xn():+n)+(t==null?0:+t),!this._next&&Gt!==this&&(Gt?Gt._next=this:mn=this,Gt=this),this._call=e,this._time=n,Mr()},stop:function(){this._call&&(this._call=null,this._time=1/0,Mr())}};function Sr(e,t,n){var r=new yn;return r.restart(e,t,n),r}function Vc(){xn(),++ut;for(var e=mn,t;e;)(t=Ye-e._time)>=0&&e._call.call(void 0,t),e=e._next;--ut}function Yi(){Ye=(gn=Pt.now())+bn,ut=Dt=0;try{Vc()}finally{ut=0,Bc(),Ye=0}}function Hc(){var e=Pt.now(),t=e-gn;t>Ui&&(bn-=t,gn=e)}function Bc(){for(var e,t=mn,n,r=1/0;t;)t._call?(r>t._time&&(r=t._time),e=t,t=t._next):(n=t._next,t._next=null,t=e?e._next=n:mn=n);Gt=e,Mr(r)}function Mr(e){if(!ut){Dt&&(Dt=clearTimeout(Dt));var t=e-Ye;t>24?(e<1/0&&(Dt=setTimeout(Yi,Math.ceil(e-Pt.now()-bn)+1)),Ot&&(Ot=clearInterval(Ot))):(Ot||(gn=Pt.now(),Ot=setInterval(Hc,Ui)),ut=1,Ki(Yi))}}function _r(e,t,n){var r=new yn;return t=t==null?0:+t,r.restart(o=>{r.stop(),e(o+t)},t,n),r}var qc=Nt("start","end","cancel","interrupt"),Fc=[],Ji=0,Zi=1,wn=2,vn=3,Qi=4,kn=5,zt=6;function ze(e,t,n,r,o,i){var a=e.__transition;if(!a)e.__transition={};else if(n in a)return;jc(e,n,{name:t,index:r,group:o,on:qc,tween:Fc,time:i.time,delay:i.delay,duration:i.duration,ease:i.ease,timer:null,state:Ji})}function It(e,t){var n=ee(e,t);if(n.state>Ji)throw new Error("too late; already scheduled");return n}function re(e,t){var n=ee(e,t);if(n.state>vn)throw new Error("too late; already running");return n}function ee(e,t){var n=e.__transition;if(!n||!(n=n[t]))throw new Error("transition not found");return n}function jc(e,t,n){var r=e.__transition,o;r[t]=n,n.timer=Sr(i,0,n.time);function i(l){n.state=Zi,n.timer.restart(a,n.delay,n.time),n.delay<=l&&a(l-n.delay)}function a(l){var c,f,d,h;if(n.state!==Zi)return u();for(c in r)if(h=r[c],h.name===n.name){if(h.state===vn)return _r(a);h.state===Qi?(h.state=zt,h.timer.stop(),h.on.call("interrupt",e,e.__data__,h.index,h.group),delete r[c]):+c<t&&(h.state=zt,h.timer.stop(),h.on.call("cancel",e,e.__data__,h.index,h.group),delete r[c])}if(_r(function(){n.state===vn&&(n.state=Qi,n.timer.restart(s,n.delay,n.time),s(l))}),n.state=wn,n.on.call("start",e,e.__data__,n.index,n.group),n.state===wn){for(n.state=vn,o=new Array(d=n.tween.length),c=0,f=-1;c<d;++c)(h=n.tween[c].value.call(e,e.__data__,n.index,n.group))&&(o[++f]=h);o.length=f+1}}function s(l){for(var c=l<n.duration?n.ease.call(null,l/n.duration):(n.timer.restart(u),n.state=kn,1),f=-1,d=o.length;++f<d;)o[f].call(e,c);n.state===kn&&(n.on.call("end",e,e.__data__,n.index,n.group),u())}function u(){n.state=zt,n.timer.stop(),delete r[t];for(var l in r)return;delete e.__transition}}function Ue(e,t){var n=e.__transition,r,o,i=!0,a;if(n){t=t==null?null:t+"";for(a in n){if((r=n[a]).name!==t){i=!1;continue}o=r.state>wn&&r.state<kn,r.state=zt,r.timer.stop(),r.on.call(o?"interrupt":"cancel",e,e.__data__,r.index,r.group),delete n[a]}i&&delete e.__transition}}function ea(e){return this.each(function(){Ue(this,e)})}function pt(e,t,n){e.prototype=t.prototype=n,n.constructor=e}function Bt(e,t){var n=Object.create(e.prototype);for(var r in t)n[r]=t[r];return n}function Ie(){}var Je=.7,dt=1/Je,ct="\\s*([+-]?\\d+)\\s*",Vt="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*",ke="\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*",Xc=/^#([0-9a-f]{3,8})$/,Wc=new RegExp(`^rgb\\(${ct},${ct},${ct}\\)$`),Yc=new RegExp(`^rgb\\(${ke},${ke},${ke}\\)$`),Uc=new RegExp(`^rgba\\(${ct},${ct},${ct},${Vt}\\)$`),Kc=new RegExp(`^rgba\\(${ke},${ke},${ke},${Vt}\\)$`),Zc=new RegExp(`^hsl\\(${Vt},${ke},${ke}\\)$`),Qc=new RegExp(`^hsla\\(${Vt},${ke},${ke},${Vt}\\)$`),ta={aliceblue:15792383,antiquewhite:16444375,aqua:65535,aquamarine:8388564,azure:15794175,beige:16119260,bisque:16770244,black:0,blanchedalmond:16772045,blue:255,blueviolet:9055202,brown:10824234,burlywood:14596231,cadetblue:6266528,chartreuse:8388352,chocolate:13789470,coral:16744272,cornflowerblue:6591981,cornsilk:16775388,crimson:14423100,cyan:65535,darkblue:139,darkcyan:35723,darkgoldenrod:12092939,darkgray:11119017,darkgreen:25600,darkgrey:11119017,darkkhaki:12433259,darkmagenta:9109643,darkolivegreen:5597999,darkorange:16747520,darkorchid:10040012,darkred:9109504,darksalmon:15308410,darkseagreen:9419919,darkslateblue:4734347,darkslategray:3100495,darkslategrey:3100495,darkturquoise:52945,darkviolet:9699539,deeppink:16716947,deepskyblue:49151,dimgray:6908265,dimgrey:6908265,dodgerblue:2003199,firebrick:11674146,floralwhite:16775920,forestgreen:2263842,fuchsia:16711935,gainsboro:14474460,ghostwhite:16316671,gold:16766720,goldenrod:14329120,gray:8421504,green:32768,greenyellow:11403055,grey:8421504,honeydew:15794160,hotpink:16738740,indianred:13458524,indigo:4915330,ivory:16777200,khaki:15787660,lavender:15132410,lavenderblush:16773365,lawngreen:8190976,lemonchiffon:16775885,lightblue:11393254,lightcoral:15761536,lightcyan:14745599,lightgoldenrodyellow:16448210,lightgray:13882323,lightgreen:9498256,lightgrey:13882323,lightpink:16758465,lightsalmon:16752762,lightseagreen:2142890,lightskyblue:8900346,lightslategray:7833753,lightslategrey:7833753,lightsteelblue:11584734,lightyellow:16777184,lime:65280,limegreen:3329330,linen:16445670,magenta:16711935,maroon:8388608,mediumaquamarine:6737322,mediumblue:205,mediumorchid:12211667,mediumpurple:9662683,mediumseagreen:3978097,mediumslateblue:8087790,mediumspringgreen:64154,mediumturquoise:4772300,mediumvioletred:13047173,midnightblue:1644912,mintcream:16121850,mistyrose:16770273,moccasin:16770229,navajowhite:16768685,navy:128,oldlace:16643558,olive:8421376,olivedrab:7048739,orange:16753920,orangered:16729344,orchid:14315734,palegoldenrod:15657130,palegreen:10025880,paleturquoise:11529966,palevioletred:14381203,papayawhip:16773077,peachpuff:16767673,peru:13468991,pink:16761035,plum:14524637,powderblue:11591910,purple:8388736,rebeccapurple:6697881,red:16711680,rosybrown:12357519,royalblue:4286945,saddlebrown:9127187,salmon:16416882,sandybrown:16032864,seagreen:3050327,seashell:16774638,sienna:10506797,silver:12632256,skyblue:8900331,slateblue:6970061,slategray:7372944,slategrey:7372944,snow:16775930,springgreen:65407,steelblue:4620980,tan:13808780,teal:32896,thistle:14204888,tomato:16737095,turquoise:4251856,violet:15631086,wheat:16113331,white:16777215,whitesmoke:16119285,yellow:16776960,yellowgreen:10145074};pt(Ie,Te,{copy(e){return Object.assign(new this.constructor,this,e)},displayable(){return this.rgb().displayable()},hex:na,formatHex:na,formatHex8:Jc,formatHsl:ef,formatRgb:ra,toString:ra});function na(){return this.rgb().formatHex()}function Jc(){return this.rgb().formatHex8()}function ef(){return da(this).formatHsl()}function ra(){return this.rgb().formatRgb()}function Te(e){var t,n;return e=(e+"").trim().toLowerCase(),(t=Xc.exec(e))?(n=t[1].length,t=parseInt(t[1],16),n===6?oa(t):n===3?new ne(t>>8&15|t>>4&240,t>>4&15|t&240,(t&15)<<4|t&15,1):n===8?Mn(t>>24&255,t>>16&255,t>>8&255,(t&255)/255):n===4?Mn(t>>12&15|t>>8&240,t>>8&15|t>>4&240,t>>4&15|t&240,((t&15)<<4|t&15)/255):null):(t=Wc.exec(e))?new ne(t[1],t[2],t[3],1):(t=Yc.exec(e))?new ne(t[1]*255/100,t[2]*255/100,t[3]*255/100,1):(t=Uc.exec(e))?Mn(t[1],t[2],t[3],t[4]):(t=Kc.exec(e))?Mn(t[1]*255/100,t[2]*255/100,t[3]*255/100,t[4]):(t=Zc.exec(e))?sa(t[1],t[2]/100,t[3]/100,1):(t=Qc.exec(e))?sa(t[1],t[2]/100,t[3]/100,t[4]):ta.hasOwnProperty(e)?oa(ta[e]):e==="transparent"?new ne(NaN,NaN,NaN,0):null}function oa(e){return new ne(e>>16&255,e>>8&255,e&255,1)}function Mn(e,t,n,r){return r<=0&&(e=t=n=NaN),new ne(e,t,n,r)}function Lr(e){return e instanceof Ie||(e=Te(e)),e?(e=e.rgb(),new ne(e.r,e.g,e.b,e.opacity)):new ne}function qt(e,t,n,r){return arguments.length===1?Lr(e):new ne(e,t,n,r??1)}function ne(e,t,n,r){this.r=+e,this.g=+t,this.b=+n,this.opacity=+r}pt(ne,qt,Bt(Ie,{brighter(e){return e=e==null?dt:Math.pow(dt,e),new ne(this.r*e,this.g*e,this.b*e,this.opacity)},darker(e){return e=e==null?Je:Math.pow(Je,e),new ne(this.r*e,this.g*e,this.b*e,this.opacity)},rgb(){return this},clamp(){return new ne(Ze(this.r),Ze(this.g),Ze(this.b),_n(this.opacity))},displayable(){return-.5<=this.r&&this.r<255.5&&-.5<=this.g&&this.g<255.5&&-.5<=this.b&&this.b<255.5&&0<=this.opacity&&this.opacity<=1},hex:ia,formatHex:ia,formatHex8:tf,formatRgb:aa,toString:aa}));function ia(){return`#${Ke(this.r)}${Ke(this.g)}${Ke(this.b)}`}function tf(){return`#${Ke(this.r)}${Ke(this.g)}${Ke(this.b)}${Ke((isNaN(this.opacity)?1:this.opacity)*255)}`}function aa(){let e=_n(this.opacity);return`${e===1?"rgb(":"rgba("}${Ze(this.r)}, ${Ze(this.g)}, ${Ze(this.b)}${e===1?")":`, ${e})`}`}function _n(e){return isNaN(e)?1:Math.max(0,Math.min(1,e))}function Ze(e){return Math.max(0,Math.min(255,Math.round(e)||0))}function Ke(e){return e=Ze(e),(e<16?"0":"")+e.toString(16)}function sa(e,t,n,r){return r<=0?e=t=n=NaN:n<=0||n>=1?e=t=NaN:t<=0&&(e=NaN),new ye(e,t,n,r)}function da(e){if(e instanceof ye)return new ye(e.h,e.s,e.l,e.opacity);if(e instanceof Ie||(e=Te(e)),!e)return new ye;if(e instanceof ye)return e;e=e.rgb();var t=e.r/255,n=e.g/255,r=e.b/255,o=Math.min(t,n,r),i=Math.max(t,n,r),a=NaN,s=i-o,u=(i+o)/2;return s?(t===i?a=(n-r)/s+(n<r)*6:n===i?a=(r-t)/s+2:a=(t-n)/s+4,s/=u<.5?i+o:2-i-o,a*=60):s=u>0&&u<1?0:a,new ye(a,s,u,e.opacity)}function En(e,t,n,r){return arguments.length===1?da(e):new ye(e,t,n,r??1)}function ye(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}pt(ye,En,Bt(Ie,{brighter(e){return e=e==null?dt:Math.pow(dt,e),new ye(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?Je:Math.pow(Je,e),new ye(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=this.h%360+(this.h<0)*360,t=isNaN(e)||isNaN(this.s)?0:this.s,n=this.l,r=n+(n<.5?n:1-n)*t,o=2*n-r;return new ne($r(e>=240?e-240:e+120,o,r),$r(e,o,r),$r(e<120?e+240:e-120,o,r),this.opacity)},clamp(){return new ye(la(this.h),Sn(this.s),Sn(this.l),_n(this.opacity))},displayable(){return(0<=this.s&&this.s<=1||isNaN(this.s))&&0<=this.l&&this.l<=1&&0<=this.opacity&&this.opacity<=1},formatHsl(){let e=_n(this.opacity);return`${e===1?"hsl(":"hsla("}${la(this.h)}, ${Sn(this.s)*100}%, ${Sn(this.l)*100}%${e===1?")":`, ${e})`}`}}));function la(e){return e=(e||0)%360,e<0?e+360:e}function Sn(e){return Math.max(0,Math.min(1,e||0))}function $r(e,t,n){return(e<60?t+(n-t)*e/60:e<180?n:e<240?t+(n-t)*(240-e)/60:t)*255}var pa=Math.PI/180,ha=180/Math.PI,$n=18,ma=.96422,ga=1,ya=.82521,ba=4/29,ft=6/29,xa=3*ft*ft,nf=ft*ft*ft;function va(e){if(e instanceof Me)return new Me(e.l,e.a,e.b,e.opacity);if(e instanceof Ce)return ka(e);e instanceof ne||(e=Lr(e));var t=Ar(e.r),n=Ar(e.g),r=Ar(e.b),o=Er((.2225045*t+.7168786*n+.0606169*r)/ga),i,a;return t===n&&n===r?i=a=o:(i=Er((.4360747*t+.3850649*n+.1430804*r)/ma),a=Er((.0139322*t+.0971045*n+.7141733*r)/ya)),new Me(116*o-16,500*(i-o),200*(o-a),e.opacity)}function wa(e,t,n,r){return arguments.length===1?va(e):new Me(e,t,n,r??1)}function Me(e,t,n,r){this.l=+e,this.a=+t,this.b=+n,this.opacity=+r}pt(Me,wa,Bt(Ie,{brighter(e){return new Me(this.l+$n*(e??1),this.a,this.b,this.opacity)},darker(e){return new Me(this.l-$n*(e??1),this.a,this.b,this.opacity)},rgb(){var e=(this.l+16)/116,t=isNaN(this.a)?e:e+this.a/500,n=isNaN(this.b)?e:e-this.b/200;return t=ma*Cr(t),e=ga*Cr(e),n=ya*Cr(n),new ne(Tr(3.1338561*t-1.6168667*e-.4906146*n),Tr(-.9787684*t+1.9161415*e+.033454*n),Tr(.0719453*t-.2289914*e+1.4052427*n),this.opacity)}}));function Er(e){return e>nf?Math.pow(e,1/3):e/xa+ba}function Cr(e){return e>ft?e*e*e:xa*(e-ba)}function Tr(e){return 255*(e<=.0031308?12.92*e:1.055*Math.pow(e,1/2.4)-.055)}function Ar(e){return(e/=255)<=.04045?e/12.92:Math.pow((e+.055)/1.055,2.4)}function rf(e){if(e instanceof Ce)return new Ce(e.h,e.c,e.l,e.opacity);if(e instanceof Me||(e=va(e)),e.a===0&&e.b===0)return new Ce(NaN,0<e.l&&e.l<100?0:NaN,e.l,e.opacity);var t=Math.atan2(e.b,e.a)*ha;return new Ce(t<0?t+360:t,Math.sqrt(e.a*e.a+e.b*e.b),e.l,e.opacity)}function Cn(e,t,n,r){return arguments.length===1?rf(e):new Ce(e,t,n,r??1)}function Ce(e,t,n,r){this.h=+e,this.c=+t,this.l=+n,this.opacity=+r}function ka(e){if(isNaN(e.h))return new Me(e.l,0,0,e.opacity);var t=e.h*pa;return new Me(e.l,Math.cos(t)*e.c,Math.sin(t)*e.c,e.opacity)}pt(Ce,Cn,Bt(Ie,{brighter(e){return new Ce(this.h,this.c,this.l+$n*(e??1),this.opacity)},darker(e){return new Ce(this.h,this.c,this.l-$n*(e??1),this.opacity)},rgb(){return ka(this).rgb()}}));var Ma=-.14861,Rr=1.78277,Nr=-.29227,Tn=-.90649,Ht=1.97294,ua=Ht*Tn,ca=Ht*Rr,fa=Rr*Nr-Tn*Ma;function of(e){if(e instanceof Qe)return new Qe(e.h,e.s,e.l,e.opacity);e instanceof ne||(e=Lr(e));var t=e.r/255,n=e.g/255,r=e.b/255,o=(fa*r+ua*t-ca*n)/(fa+ua-ca),i=r-o,a=(Ht*(n-o)-Nr*i)/Tn,s=Math.sqrt(a*a+i*i)/(Ht*o*(1-o)),u=s?Math.atan2(a,i)*ha-120:NaN;return new Qe(u<0?u+360:u,s,o,e.opacity)}function An(e,t,n,r){return arguments.length===1?of(e):new Qe(e,t,n,r??1)}function Qe(e,t,n,r){this.h=+e,this.s=+t,this.l=+n,this.opacity=+r}pt(Qe,An,Bt(Ie,{brighter(e){return e=e==null?dt:Math.pow(dt,e),new Qe(this.h,this.s,this.l*e,this.opacity)},darker(e){return e=e==null?Je:Math.pow(Je,e),new Qe(this.h,this.s,this.l*e,this.opacity)},rgb(){var e=isNaN(this.h)?0:(this.h+120)*pa,t=+this.l,n=isNaN(this.s)?0:this.s*t*(1-t),r=Math.cos(e),o=Math.sin(e);return new ne(255*(t+n*(Ma*r+Rr*o)),255*(t+n*(Nr*r+Tn*o)),255*(t+n*(Ht*r)),this.opacity)}}));function $a(e,t,n,r,o){var i=e*e,a=i*e;return((1-3*e+3*i-a)*t+(4-6*i+3*a)*n+(1+3*e+3*i-3*a)*r+a*o)/6}function af(e){var t=e.length-1;return function(n){var r=n<=0?n=0:n>=1?(n=1,t-1):Math.floor(n*t),o=e[r],i=e[r+1],a=r>0?e[r-1]:2*o-i,s=r<t-1?e[r+2]:2*i-o;return $a((n-r/t)*t,a,o,i,s)}}function sf(e){var t=e.length;return function(n){var r=Math.floor(((n%=1)<0?++n:n)*t),o=e[(r+t-1)%t],i=e[r%t],a=e[(r+1)%t],s=e[(r+2)%t];return $a((n-r/t)*t,o,i,a,s)}}var Rn=e=>()=>e;function Ea(e,t){return function(n){return e+n*t}}function lf(e,t,n){return e=Math.pow(e,n),t=Math.pow(t,n)-e,n=1/n,function(r){return Math.pow(e+r*t,n)}}function Pr(e,t){var n=t-e;return n?Ea(e,n>180||n<-180?n-360*Math.round(n/360):n):Rn(isNaN(e)?t:e)}function uf(e){return(e=+e)==1?ue:function(t,n){return n-t?lf(t,n,e):Rn(isNaN(t)?n:t)}}function ue(e,t){var n=t-e;return n?Ea(e,n):Rn(isNaN(e)?t:e)}var Ft=(function e(t){var n=uf(t);function r(o,i){var a=n((o=qt(o)).r,(i=qt(i)).r),s=n(o.g,i.g),u=n(o.b,i.b),l=ue(o.opacity,i.opacity);return function(c){return o.r=a(c),o.g=s(c),o.b=u(c),o.opacity=l(c),o+""}}return r.gamma=e,r})(1);function Ca(e){return function(t){var n=t.length,r=new Array(n),o=new Array(n),i=new Array(n),a,s;for(a=0;a<n;++a)s=qt(t[a]),r[a]=s.r||0,o[a]=s.g||0,i[a]=s.b||0;return r=e(r),o=e(o),i=e(i),s.opacity=1,function(u){return s.r=r(u),s.g=o(u),s.b=i(u),s+""}}}var nb=Ca(af),rb=Ca(sf);function cf(e,t){t||(t=[]);var n=e?Math.min(t.length,e.length):0,r=t.slice(),o;return function(i){for(o=0;o<n;++o)r[o]=e[o]*(1-i)+t[o]*i;return r}}function ff(e){return ArrayBuffer.isView(e)&&!(e instanceof DataView)}function df(e,t){var n=t?t.length:0,r=e?Math.min(n,e.length):0,o=new Array(r),i=new Array(n),a;for(a=0;a<r;++a)o[a]=Nn(e[a],t[a]);for(;a<n;++a)i[a]=t[a];return function(s){for(a=0;a<r;++a)i[a]=o[a](s);return i}}function pf(e,t){var n=new Date;return e=+e,t=+t,function(r){return n.setTime(e*(1-r)+t*r),n}}function pe(e,t){return e=+e,t=+t,function(n){return e*(1-n)+t*n}}function hf(e,t){var n={},r={},o;(e===null||typeof e!="object")&&(e={}),(t===null||typeof t!="object")&&(t={});for(o in t)o in e?n[o]=Nn(e[o],t[o]):r[o]=t[o];return function(i){for(o in n)r[o]=n[o](i);return r}}var Dr=/[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g,Or=new RegExp(Dr.source,"g");function mf(e){return function(){return e}}function gf(e){return function(t){return e(t)+""}}function zr(e,t){var n=Dr.lastIndex=Or.lastIndex=0,r,o,i,a=-1,s=[],u=[];for(e=e+"",t=t+"";(r=Dr.exec(e))&&(o=Or.exec(t));)(i=o.index)>n&&(i=t.slice(n,i),s[a]?s[a]+=i:s[++a]=i),(r=r[0])===(o=o[0])?s[a]?s[a]+=o:s[++a]=o:(s[++a]=null,u.push({i:a,x:pe(r,o)})),n=Or.lastIndex;return n<t.length&&(i=t.slice(n),s[a]?s[a]+=i:s[++a]=i),s.length<2?u[0]?gf(u[0].x):mf(t):(t=u.length,function(l){for(var c=0,f;c<t;++c)s[(f=u[c]).i]=f.x(l);return s.join("")})}function Nn(e,t){var n=typeof t,r;return t==null||n==="boolean"?Rn(t):(n==="number"?pe:n==="string"?(r=Te(t))?(t=r,Ft):zr:t instanceof Te?Ft:t instanceof Date?pf:ff(t)?cf:Array.isArray(t)?df:typeof t.valueOf!="function"&&typeof t.toString!="function"||isNaN(t)?hf:pe)(e,t)}function Ta(e,t){return e=+e,t=+t,function(n){return Math.round(e*(1-n)+t*n)}}var Sa=180/Math.PI,Gr={translateX:0,translateY:0,rotate:0,skewX:0,scaleX:1,scaleY:1};function Aa(e,t,n,r,o,i){var a,s,u;return(a=Math.sqrt(e*e+t*t))&&(e/=a,t/=a),(u=e*n+t*r)&&(n-=e*u,r-=t*u),(s=Math.sqrt(n*n+r*r))&&(n/=s,r/=s,u/=s),e*r<t*n&&(e=-e,t=-t,u=-u,a=-a),{translateX:o,translateY:i,rotate:Math.atan2(t,e)*Sa,skewX:Math.atan(u)*Sa,scaleX:a,scaleY:s}}var Ln;function yf(e){let t=new(typeof DOMMatrix=="function"?DOMMatrix:WebKitCSSMatrix)(e+"");return t.isIdentity?Gr:Aa(t.a,t.b,t.c,t.d,t.e,t.f)}function bf(e){return e==null||(Ln||(Ln=document.createElementNS("http://www.w3.org/2000/svg","g")),Ln.setAttribute("transform",e),!(e=Ln.transform.baseVal.consolidate()))?Gr:(e=e.matrix,Aa(e.a,e.b,e.c,e.d,e.e,e.f))}function La(e,t,n,r){function o(l){return l.length?l.pop()+" ":""}function i(l,c,f,d,h,k){if(l!==f||c!==d){var A=h.push("translate(",null,t,null,n);k.push({i:A-4,x:pe(l,f)},{i:A-2,x:pe(c,d)})}else(f||d)&&h.push("translate("+f+t+d+n)}function a(l,c,f,d){l!==c?(l-c>180?c+=360:c-l>180&&(l+=360),d.push({i:f.push(o(f)+"rotate(",null,r)-2,x:pe(l,c)})):c&&f.push(o(f)+"rotate("+c+r)}function s(l,c,f,d){l!==c?d.push({i:f.push(o(f)+"skewX(",null,r)-2,x:pe(l,c)}):c&&f.push(o(f)+"skewX("+c+r)}function u(l,c,f,d,h,k){if(l!==f||c!==d){var A=h.push(o(h)+"scale(",null,",",null,")");k.push({i:A-4,x:pe(l,f)},{i:A-2,x:pe(c,d)})}else(f!==1||d!==1)&&h.push(o(h)+"scale("+f+","+d+")")}return function(l,c){var f=[],d=[];return l=e(l),c=e(c),i(l.translateX,l.translateY,c.translateX,c.translateY,f,d),a(l.rotate,c.rotate,f,d),s(l.skewX,c.skewX,f,d),u(l.scaleX,l.scaleY,c.scaleX,c.scaleY,f,d),l=c=null,function(h){for(var k=-1,A=d.length,M;++k<A;)f[(M=d[k]).i]=M.x(h);return f.join("")}}}var Ra=La(yf,"px, ","px)","deg)"),Na=La(bf,", ",")",")"),xf=1e-12;function _a(e){return((e=Math.exp(e))+1/e)/2}function vf(e){return((e=Math.exp(e))-1/e)/2}function wf(e){return((e=Math.exp(2*e))-1)/(e+1)}var Oa=(function e(t,n,r){function o(i,a){var s=i[0],u=i[1],l=i[2],c=a[0],f=a[1],d=a[2],h=c-s,k=f-u,A=h*h+k*k,M,x;if(A<xf)x=Math.log(d/l)/t,M=function(F){return[s+F*h,u+F*k,l*Math.exp(t*F*x)]};else{var D=Math.sqrt(A),P=(d*d-l*l+r*A)/(2*l*n*D),G=(d*d-l*l-r*A)/(2*d*n*D),q=Math.log(Math.sqrt(P*P+1)-P),R=Math.log(Math.sqrt(G*G+1)-G);x=(R-q)/t,M=function(F){var X=F*x,H=_a(q),C=l/(n*D)*(H*wf(t*X+q)-vf(q));return[s+C*h,u+C*k,l*H/_a(t*X+q)]}}return M.duration=Math.abs(x)*1e3*t/Math.SQRT2,M}return o.rho=function(i){var a=Math.max(.001,+i),s=a*a,u=s*s;return e(a,s,u)},o})(Math.SQRT2,2,4);function Da(e){return function(t,n){var r=e((t=En(t)).h,(n=En(n)).h),o=ue(t.s,n.s),i=ue(t.l,n.l),a=ue(t.opacity,n.opacity);return function(s){return t.h=r(s),t.s=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var ob=Da(Pr),ib=Da(ue);function Ga(e){return function(t,n){var r=e((t=Cn(t)).h,(n=Cn(n)).h),o=ue(t.c,n.c),i=ue(t.l,n.l),a=ue(t.opacity,n.opacity);return function(s){return t.h=r(s),t.c=o(s),t.l=i(s),t.opacity=a(s),t+""}}}var ab=Ga(Pr),sb=Ga(ue);function Pa(e){return(function t(n){n=+n;function r(o,i){var a=e((o=An(o)).h,(i=An(i)).h),s=ue(o.s,i.s),u=ue(o.l,i.l),l=ue(o.opacity,i.opacity);return function(c){return o.h=a(c),o.s=s(c),o.l=u(Math.pow(c,n)),o.opacity=l(c),o+""}}return r.gamma=t,r})(1)}var lb=Pa(Pr),ub=Pa(ue);function kf(e,t){var n,r;return function(){var o=re(this,e),i=o.tween;if(i!==n){r=n=i;for(var a=0,s=r.length;a<s;++a)if(r[a].name===t){r=r.slice(),r.splice(a,1);break}}o.tween=r}}function Mf(e,t,n){var r,o;if(typeof n!="function")throw new Error;return function(){var i=re(this,e),a=i.tween;if(a!==r){o=(r=a).slice();for(var s={name:t,value:n},u=0,l=o.length;u<l;++u)if(o[u].name===t){o[u]=s;break}u===l&&o.push(s)}i.tween=o}}function za(e,t){var n=this._id;if(e+="",arguments.length<2){for(var r=ee(this.node(),n).tween,o=0,i=r.length,a;o<i;++o)if((a=r[o]).name===e)return a.value;return null}return this.each((t==null?kf:Mf)(n,e,t))}function ht(e,t,n){var r=e._id;return e.each(function(){var o=re(this,r);(o.value||(o.value={}))[t]=n.apply(this,arguments)}),function(o){return ee(o,r).value[t]}}function On(e,t){var n;return(typeof t=="number"?pe:t instanceof Te?Ft:(n=Te(t))?(t=n,Ft):zr)(e,t)}function Sf(e){return function(){this.removeAttribute(e)}}function _f(e){return function(){this.removeAttributeNS(e.space,e.local)}}function $f(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttribute(e);return a===o?null:a===r?i:i=t(r=a,n)}}function Ef(e,t,n){var r,o=n+"",i;return function(){var a=this.getAttributeNS(e.space,e.local);return a===o?null:a===r?i:i=t(r=a,n)}}function Cf(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttribute(e):(a=this.getAttribute(e),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function Tf(e,t,n){var r,o,i;return function(){var a,s=n(this),u;return s==null?void this.removeAttributeNS(e.space,e.local):(a=this.getAttributeNS(e.space,e.local),u=s+"",a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s)))}}function Ia(e,t){var n=$e(e),r=n==="transform"?Na:On;return this.attrTween(e,typeof t=="function"?(n.local?Tf:Cf)(n,r,ht(this,"attr."+e,t)):t==null?(n.local?_f:Sf)(n):(n.local?Ef:$f)(n,r,t))}function Af(e,t){return function(n){this.setAttribute(e,t.call(this,n))}}function Lf(e,t){return function(n){this.setAttributeNS(e.space,e.local,t.call(this,n))}}function Rf(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&Lf(e,i)),n}return o._value=t,o}function Nf(e,t){var n,r;function o(){var i=t.apply(this,arguments);return i!==r&&(n=(r=i)&&Af(e,i)),n}return o._value=t,o}function Va(e,t){var n="attr."+e;if(arguments.length<2)return(n=this.tween(n))&&n._value;if(t==null)return this.tween(n,null);if(typeof t!="function")throw new Error;var r=$e(e);return this.tween(n,(r.local?Rf:Nf)(r,t))}function Of(e,t){return function(){It(this,e).delay=+t.apply(this,arguments)}}function Df(e,t){return t=+t,function(){It(this,e).delay=t}}function Ha(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?Of:Df)(t,e)):ee(this.node(),t).delay}function Gf(e,t){return function(){re(this,e).duration=+t.apply(this,arguments)}}function Pf(e,t){return t=+t,function(){re(this,e).duration=t}}function Ba(e){var t=this._id;return arguments.length?this.each((typeof e=="function"?Gf:Pf)(t,e)):ee(this.node(),t).duration}function zf(e,t){if(typeof t!="function")throw new Error;return function(){re(this,e).ease=t}}function qa(e){var t=this._id;return arguments.length?this.each(zf(t,e)):ee(this.node(),t).ease}function If(e,t){return function(){var n=t.apply(this,arguments);if(typeof n!="function")throw new Error;re(this,e).ease=n}}function Fa(e){if(typeof e!="function")throw new Error;return this.each(If(this._id,e))}function ja(e){typeof e!="function"&&(e=Lt(e));for(var t=this._groups,n=t.length,r=new Array(n),o=0;o<n;++o)for(var i=t[o],a=i.length,s=r[o]=[],u,l=0;l<a;++l)(u=i[l])&&e.call(u,u.__data__,l,i)&&s.push(u);return new ae(r,this._parents,this._name,this._id)}function Xa(e){if(e._id!==this._id)throw new Error;for(var t=this._groups,n=e._groups,r=t.length,o=n.length,i=Math.min(r,o),a=new Array(r),s=0;s<i;++s)for(var u=t[s],l=n[s],c=u.length,f=a[s]=new Array(c),d,h=0;h<c;++h)(d=u[h]||l[h])&&(f[h]=d);for(;s<r;++s)a[s]=t[s];return new ae(a,this._parents,this._name,this._id)}function Vf(e){return(e+"").trim().split(/^|\s+/).every(function(t){var n=t.indexOf(".");return n>=0&&(t=t.slice(0,n)),!t||t==="start"})}function Hf(e,t,n){var r,o,i=Vf(t)?It:re;return function(){var a=i(this,e),s=a.on;s!==r&&(o=(r=s).copy()).on(t,n),a.on=o}}function Wa(e,t){var n=this._id;return arguments.length<2?ee(this.node(),n).on.on(e):this.each(Hf(n,e,t))}function Bf(e){return function(){var t=this.parentNode;for(var n in this.__transition)if(+n!==e)return;t&&t.removeChild(this)}}function Ya(){return this.on("end.remove",Bf(this._id))}function Ua(e){var t=this._name,n=this._id;typeof e!="function"&&(e=We(e));for(var r=this._groups,o=r.length,i=new Array(o),a=0;a<o;++a)for(var s=r[a],u=s.length,l=i[a]=new Array(u),c,f,d=0;d<u;++d)(c=s[d])&&(f=e.call(c,c.__data__,d,s))&&("__data__"in c&&(f.__data__=c.__data__),l[d]=f,ze(l[d],t,n,d,l,ee(c,n)));return new ae(i,this._parents,t,n)}function Ka(e){var t=this._name,n=this._id;typeof e!="function"&&(e=At(e));for(var r=this._groups,o=r.length,i=[],a=[],s=0;s<o;++s)for(var u=r[s],l=u.length,c,f=0;f<l;++f)if(c=u[f]){for(var d=e.call(c,c.__data__,f,u),h,k=ee(c,n),A=0,M=d.length;A<M;++A)(h=d[A])&&ze(h,t,n,A,d,k);i.push(d),a.push(c)}return new ae(i,a,t,n)}var qf=Ee.prototype.constructor;function Za(){return new qf(this._groups,this._parents)}function Ff(e,t){var n,r,o;return function(){var i=Pe(this,e),a=(this.style.removeProperty(e),Pe(this,e));return i===a?null:i===n&&a===r?o:o=t(n=i,r=a)}}function Qa(e){return function(){this.style.removeProperty(e)}}function jf(e,t,n){var r,o=n+"",i;return function(){var a=Pe(this,e);return a===o?null:a===r?i:i=t(r=a,n)}}function Xf(e,t,n){var r,o,i;return function(){var a=Pe(this,e),s=n(this),u=s+"";return s==null&&(u=s=(this.style.removeProperty(e),Pe(this,e))),a===u?null:a===r&&u===o?i:(o=u,i=t(r=a,s))}}function Wf(e,t){var n,r,o,i="style."+t,a="end."+i,s;return function(){var u=re(this,e),l=u.on,c=u.value[i]==null?s||(s=Qa(t)):void 0;(l!==n||o!==c)&&(r=(n=l).copy()).on(a,o=c),u.on=r}}function Ja(e,t,n){var r=(e+="")=="transform"?Ra:On;return t==null?this.styleTween(e,Ff(e,r)).on("end.style."+e,Qa(e)):typeof t=="function"?this.styleTween(e,Xf(e,r,ht(this,"style."+e,t))).each(Wf(this._id,e)):this.styleTween(e,jf(e,r,t),n).on("end.style."+e,null)}function Yf(e,t,n){return function(r){this.style.setProperty(e,t.call(this,r),n)}}function Uf(e,t,n){var r,o;function i(){var a=t.apply(this,arguments);return a!==o&&(r=(o=a)&&Yf(e,a,n)),r}return i._value=t,i}function es(e,t,n){var r="style."+(e+="");if(arguments.length<2)return(r=this.tween(r))&&r._value;if(t==null)return this.tween(r,null);if(typeof t!="function")throw new Error;return this.tween(r,Uf(e,t,n??""))}function Kf(e){return function(){this.textContent=e}}function Zf(e){return function(){var t=e(this);this.textContent=t??""}}function ts(e){return this.tween("text",typeof e=="function"?Zf(ht(this,"text",e)):Kf(e==null?"":e+""))}function Qf(e){return function(t){this.textContent=e.call(this,t)}}function Jf(e){var t,n;function r(){var o=e.apply(this,arguments);return o!==n&&(t=(n=o)&&Qf(o)),t}return r._value=e,r}function ns(e){var t="text";if(arguments.length<1)return(t=this.tween(t))&&t._value;if(e==null)return this.tween(t,null);if(typeof e!="function")throw new Error;return this.tween(t,Jf(e))}function rs(){for(var e=this._name,t=this._id,n=Dn(),r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)if(u=a[l]){var c=ee(u,t);ze(u,e,n,l,a,{time:c.time+c.delay+c.duration,delay:0,duration:c.duration,ease:c.ease})}return new ae(r,this._parents,e,n)}function os(){var e,t,n=this,r=n._id,o=n.size();return new Promise(function(i,a){var s={value:a},u={value:function(){--o===0&&i()}};n.each(function(){var l=re(this,r),c=l.on;c!==e&&(t=(e=c).copy(),t._.cancel.push(s),t._.interrupt.push(s),t._.end.push(u)),l.on=t}),o===0&&i()})}var ed=0;function ae(e,t,n,r){this._groups=e,this._parents=t,this._name=n,this._id=r}function is(e){return Ee().transition(e)}function Dn(){return++ed}var Ae=Ee.prototype;ae.prototype=is.prototype={constructor:ae,select:Ua,selectAll:Ka,selectChild:Ae.selectChild,selectChildren:Ae.selectChildren,filter:ja,merge:Xa,selection:Za,transition:rs,call:Ae.call,nodes:Ae.nodes,node:Ae.node,size:Ae.size,empty:Ae.empty,each:Ae.each,on:Wa,attr:Ia,attrTween:Va,style:Ja,styleTween:es,text:ts,textTween:ns,remove:Ya,tween:za,delay:Ha,duration:Ba,ease:qa,easeVarying:Fa,end:os,[Symbol.iterator]:Ae[Symbol.iterator]};function ss(e){return((e*=2)<=1?e*e*e:(e-=2)*e*e+2)/2}var Ir=3,R0=(function e(t){t=+t;function n(r){return Math.pow(r,t)}return n.exponent=e,n})(Ir),N0=(function e(t){t=+t;function n(r){return 1-Math.pow(1-r,t)}return n.exponent=e,n})(Ir),O0=(function e(t){t=+t;function n(r){return((r*=2)<=1?Math.pow(r,t):2-Math.pow(2-r,t))/2}return n.exponent=e,n})(Ir),td=Math.PI,D0=td/2;function Gn(e){return(Math.pow(2,-10*e)-.0009765625)*1.0009775171065494}var as=4/11,G0=6/11,P0=8/11,z0=3/4,I0=9/11,V0=10/11,H0=15/16,B0=21/22,q0=63/64,F0=1/as/as;var Vr=1.70158,j0=(function e(t){t=+t;function n(r){return(r=+r)*r*(t*(r-1)+r)}return n.overshoot=e,n})(Vr),X0=(function e(t){t=+t;function n(r){return--r*r*((r+1)*t+r)+1}return n.overshoot=e,n})(Vr),W0=(function e(t){t=+t;function n(r){return((r*=2)<1?r*r*((t+1)*r-t):(r-=2)*r*((t+1)*r+t)+2)/2}return n.overshoot=e,n})(Vr),mt=2*Math.PI,Hr=1,Br=.3,Y0=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=mt);function o(i){return t*Gn(- --i)*Math.sin((r-i)/n)}return o.amplitude=function(i){return e(i,n*mt)},o.period=function(i){return e(t,i)},o})(Hr,Br),U0=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=mt);function o(i){return 1-t*Gn(i=+i)*Math.sin((i+r)/n)}return o.amplitude=function(i){return e(i,n*mt)},o.period=function(i){return e(t,i)},o})(Hr,Br),K0=(function e(t,n){var r=Math.asin(1/(t=Math.max(1,t)))*(n/=mt);function o(i){return((i=i*2-1)<0?t*Gn(-i)*Math.sin((r-i)/n):2-t*Gn(i)*Math.sin((r+i)/n))/2}return o.amplitude=function(i){return e(i,n*mt)},o.period=function(i){return e(t,i)},o})(Hr,Br);var nd={time:null,delay:0,duration:250,ease:ss};function rd(e,t){for(var n;!(n=e.__transition)||!(n=n[t]);)if(!(e=e.parentNode))throw new Error(`transition ${t} not found`);return n}function ls(e){var t,n;e instanceof ae?(t=e._id,e=e._name):(t=Dn(),(n=nd).time=xn(),e=e==null?null:e+"");for(var r=this._groups,o=r.length,i=0;i<o;++i)for(var a=r[i],s=a.length,u,l=0;l<s;++l)(u=a[l])&&ze(u,e,t,l,a,n||rd(u,t));return new ae(r,this._parents,e,t)}Ee.prototype.interrupt=ea;Ee.prototype.transition=ls;var qr={capture:!0,passive:!1};function Fr(e){e.preventDefault(),e.stopImmediatePropagation()}function us(e){var t=e.document.documentElement,n=ie(e).on("dragstart.drag",Fr,qr);"onselectstart"in t?n.on("selectstart.drag",Fr,qr):(t.__noselect=t.style.MozUserSelect,t.style.MozUserSelect="none")}function cs(e,t){var n=e.document.documentElement,r=ie(e).on("dragstart.drag",null);t&&(r.on("click.drag",Fr,qr),setTimeout(function(){r.on("click.drag",null)},0)),"onselectstart"in n?r.on("selectstart.drag",null):(n.style.MozUserSelect=n.__noselect,delete n.__noselect)}function od(e,{sourceEvent:t,subject:n,target:r,identifier:o,active:i,x:a,y:s,dx:u,dy:l,dispatch:c}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},subject:{value:n,enumerable:!0,configurable:!0},target:{value:r,enumerable:!0,configurable:!0},identifier:{value:o,enumerable:!0,configurable:!0},active:{value:i,enumerable:!0,configurable:!0},x:{value:a,enumerable:!0,configurable:!0},y:{value:s,enumerable:!0,configurable:!0},dx:{value:u,enumerable:!0,configurable:!0},dy:{value:l,enumerable:!0,configurable:!0},_:{value:c}})}od.prototype.on=function(){var e=this._.on.apply(this._,arguments);return e===this._?this:e};var jt=e=>()=>e;function jr(e,{sourceEvent:t,target:n,transform:r,dispatch:o}){Object.defineProperties(this,{type:{value:e,enumerable:!0,configurable:!0},sourceEvent:{value:t,enumerable:!0,configurable:!0},target:{value:n,enumerable:!0,configurable:!0},transform:{value:r,enumerable:!0,configurable:!0},_:{value:o}})}function be(e,t,n){this.k=e,this.x=t,this.y=n}be.prototype={constructor:be,scale:function(e){return e===1?this:new be(this.k*e,this.x,this.y)},translate:function(e,t){return e===0&t===0?this:new be(this.k,this.x+this.k*e,this.y+this.k*t)},apply:function(e){return[e[0]*this.k+this.x,e[1]*this.k+this.y]},applyX:function(e){return e*this.k+this.x},applyY:function(e){return e*this.k+this.y},invert:function(e){return[(e[0]-this.x)/this.k,(e[1]-this.y)/this.k]},invertX:function(e){return(e-this.x)/this.k},invertY:function(e){return(e-this.y)/this.k},rescaleX:function(e){return e.copy().domain(e.range().map(this.invertX,this).map(e.invert,e))},rescaleY:function(e){return e.copy().domain(e.range().map(this.invertY,this).map(e.invert,e))},toString:function(){return"translate("+this.x+","+this.y+") scale("+this.k+")"}};var et=new be(1,0,0);gt.prototype=be.prototype;function gt(e){for(;!e.__zoom;)if(!(e=e.parentNode))return et;return e.__zoom}function Pn(e){e.stopImmediatePropagation()}function yt(e){e.preventDefault(),e.stopImmediatePropagation()}function id(e){return(!e.ctrlKey||e.type==="wheel")&&!e.button}function ad(){var e=this;return e instanceof SVGElement?(e=e.ownerSVGElement||e,e.hasAttribute("viewBox")?(e=e.viewBox.baseVal,[[e.x,e.y],[e.x+e.width,e.y+e.height]]):[[0,0],[e.width.baseVal.value,e.height.baseVal.value]]):[[0,0],[e.clientWidth,e.clientHeight]]}function fs(){return this.__zoom||et}function sd(e){return-e.deltaY*(e.deltaMode===1?.05:e.deltaMode?1:.002)*(e.ctrlKey?10:1)}function ld(){return navigator.maxTouchPoints||"ontouchstart"in this}function ud(e,t,n){var r=e.invertX(t[0][0])-n[0][0],o=e.invertX(t[1][0])-n[1][0],i=e.invertY(t[0][1])-n[0][1],a=e.invertY(t[1][1])-n[1][1];return e.translate(o>r?(r+o)/2:Math.min(0,r)||Math.max(0,o),a>i?(i+a)/2:Math.min(0,i)||Math.max(0,a))}function Xr(){var e=id,t=ad,n=ud,r=sd,o=ld,i=[0,1/0],a=[[-1/0,-1/0],[1/0,1/0]],s=250,u=Oa,l=Nt("start","zoom","end"),c,f,d,h=500,k=150,A=0,M=10;function x(m){m.property("__zoom",fs).on("wheel.zoom",X,{passive:!1}).on("mousedown.zoom",H).on("dblclick.zoom",C).filter(o).on("touchstart.zoom",_).on("touchmove.zoom",T).on("touchend.zoom touchcancel.zoom",S).style("-webkit-tap-highlight-color","rgba(0,0,0,0)")}x.transform=function(m,v,b,E){var L=m.selection?m.selection():m;L.property("__zoom",fs),m!==L?q(m,v,b,E):L.interrupt().each(function(){R(this,arguments).event(E).start().zoom(null,typeof v=="function"?v.apply(this,arguments):v).end()})},x.scaleBy=function(m,v,b,E){x.scaleTo(m,function(){var L=this.__zoom.k,y=typeof v=="function"?v.apply(this,arguments):v;return L*y},b,E)},x.scaleTo=function(m,v,b,E){x.transform(m,function(){var L=t.apply(this,arguments),y=this.__zoom,p=b==null?G(L):typeof b=="function"?b.apply(this,arguments):b,$=y.invert(p),N=typeof v=="function"?v.apply(this,arguments):v;return n(P(D(y,N),p,$),L,a)},b,E)},x.translateBy=function(m,v,b,E){x.transform(m,function(){return n(this.__zoom.translate(typeof v=="function"?v.apply(this,arguments):v,typeof b=="function"?b.apply(this,arguments):b),t.apply(this,arguments),a)},null,E)},x.translateTo=function(m,v,b,E,L){x.transform(m,function(){var y=t.apply(this,arguments),p=this.__zoom,$=E==null?G(y):typeof E=="function"?E.apply(this,arguments):E;return n(et.translate($[0],$[1]).scale(p.k).translate(typeof v=="function"?-v.apply(this,arguments):-v,typeof b=="function"?-b.apply(this,arguments):-b),y,a)},E,L)};function D(m,v){return v=Math.max(i[0],Math.min(i[1],v)),v===m.k?m:new be(v,m.x,m.y)}function P(m,v,b){var E=v[0]-b[0]*m.k,L=v[1]-b[1]*m.k;return E===m.x&&L===m.y?m:new be(m.k,E,L)}function G(m){return[(+m[0][0]+ +m[1][0])/2,(+m[0][1]+ +m[1][1])/2]}function q(m,v,b,E){m.on("start.zoom",function(){R(this,arguments).event(E).start()}).on("interrupt.zoom end.zoom",function(){R(this,arguments).event(E).end()}).tween("zoom",function(){var L=this,y=arguments,p=R(L,y).event(E),$=t.apply(L,y),N=b==null?G($):typeof b=="function"?b.apply(L,y):b,B=Math.max($[1][0]-$[0][0],$[1][1]-$[0][1]),z=L.__zoom,O=typeof v=="function"?v.apply(L,y):v,V=u(z.invert(N).concat(B/z.k),O.invert(N).concat(B/O.k));return function(I){if(I===1)I=O;else{var j=V(I),Y=B/j[2];I=new be(Y,N[0]-j[0]*Y,N[1]-j[1]*Y)}p.zoom(null,I)}})}function R(m,v,b){return!b&&m.__zooming||new F(m,v)}function F(m,v){this.that=m,this.args=v,this.active=0,this.sourceEvent=null,this.extent=t.apply(m,v),this.taps=0}F.prototype={event:function(m){return m&&(this.sourceEvent=m),this},start:function(){return++this.active===1&&(this.that.__zooming=this,this.emit("start")),this},zoom:function(m,v){return this.mouse&&m!=="mouse"&&(this.mouse[1]=v.invert(this.mouse[0])),this.touch0&&m!=="touch"&&(this.touch0[1]=v.invert(this.touch0[0])),this.touch1&&m!=="touch"&&(this.touch1[1]=v.invert(this.touch1[0])),this.that.__zoom=v,this.emit("zoom"),this},end:function(){return--this.active===0&&(delete this.that.__zooming,this.emit("end")),this},emit:function(m){var v=ie(this.that).datum();l.call(m,this.that,new jr(m,{sourceEvent:this.sourceEvent,target:x,type:m,transform:this.that.__zoom,dispatch:l}),v)}};function X(m,...v){if(!e.apply(this,arguments))return;var b=R(this,v).event(m),E=this.__zoom,L=Math.max(i[0],Math.min(i[1],E.k*Math.pow(2,r.apply(this,arguments)))),y=we(m);if(b.wheel)(b.mouse[0][0]!==y[0]||b.mouse[0][1]!==y[1])&&(b.mouse[1]=E.invert(b.mouse[0]=y)),clearTimeout(b.wheel);else{if(E.k===L)return;b.mouse=[y,E.invert(y)],Ue(this),b.start()}yt(m),b.wheel=setTimeout(p,k),b.zoom("mouse",n(P(D(E,L),b.mouse[0],b.mouse[1]),b.extent,a));function p(){b.wheel=null,b.end()}}function H(m,...v){if(d||!e.apply(this,arguments))return;var b=m.currentTarget,E=R(this,v,!0).event(m),L=ie(m.view).on("mousemove.zoom",N,!0).on("mouseup.zoom",B,!0),y=we(m,b),p=m.clientX,$=m.clientY;us(m.view),Pn(m),E.mouse=[y,this.__zoom.invert(y)],Ue(this),E.start();function N(z){if(yt(z),!E.moved){var O=z.clientX-p,V=z.clientY-$;E.moved=O*O+V*V>A}E.event(z).zoom("mouse",n(P(E.that.__zoom,E.mouse[0]=we(z,b),E.mouse[1]),E.extent,a))}function B(z){L.on("mousemove.zoom mouseup.zoom",null),cs(z.view,E.moved),yt(z),E.event(z).end()}}function C(m,...v){if(e.apply(this,arguments)){var b=this.__zoom,E=we(m.changedTouches?m.changedTouches[0]:m,this),L=b.invert(E),y=b.k*(m.shiftKey?.5:2),p=n(P(D(b,y),E,L),t.apply(this,v),a);yt(m),s>0?ie(this).transition().duration(s).call(q,p,E,m):ie(this).call(x.transform,p,E,m)}}function _(m,...v){if(e.apply(this,arguments)){var b=m.touches,E=b.length,L=R(this,v,m.changedTouches.length===E).event(m),y,p,$,N;for(Pn(m),p=0;p<E;++p)$=b[p],N=we($,this),N=[N,this.__zoom.invert(N),$.identifier],L.touch0?!L.touch1&&L.touch0[2]!==N[2]&&(L.touch1=N,L.taps=0):(L.touch0=N,y=!0,L.taps=1+!!c);c&&(c=clearTimeout(c)),y&&(L.taps<2&&(f=N[0],c=setTimeout(function(){c=null},h)),Ue(this),L.start())}}function T(m,...v){if(this.__zooming){var b=R(this,v).event(m),E=m.changedTouches,L=E.length,y,p,$,N;for(yt(m),y=0;y<L;++y)p=E[y],$=we(p,this),b.touch0&&b.touch0[2]===p.identifier?b.touch0[0]=$:b.touch1&&b.touch1[2]===p.identifier&&(b.touch1[0]=$);if(p=b.that.__zoom,b.touch1){var B=b.touch0[0],z=b.touch0[1],O=b.touch1[0],V=b.touch1[1],I=(I=O[0]-B[0])*I+(I=O[1]-B[1])*I,j=(j=V[0]-z[0])*j+(j=V[1]-z[1])*j;p=D(p,Math.sqrt(I/j)),$=[(B[0]+O[0])/2,(B[1]+O[1])/2],N=[(z[0]+V[0])/2,(z[1]+V[1])/2]}else if(b.touch0)$=b.touch0[0],N=b.touch0[1];else return;b.zoom("touch",n(P(p,$,N),b.extent,a))}}function S(m,...v){if(this.__zooming){var b=R(this,v).event(m),E=m.changedTouches,L=E.length,y,p;for(Pn(m),d&&clearTimeout(d),d=setTimeout(function(){d=null},h),y=0;y<L;++y)p=E[y],b.touch0&&b.touch0[2]===p.identifier?delete b.touch0:b.touch1&&b.touch1[2]===p.identifier&&delete b.touch1;if(b.touch1&&!b.touch0&&(b.touch0=b.touch1,delete b.touch1),b.touch0)b.touch0[1]=this.__zoom.invert(b.touch0[0]);else if(b.end(),b.taps===2&&(p=we(p,this),Math.hypot(f[0]-p[0],f[1]-p[1])<M)){var $=ie(this).on("dblclick.zoom");$&&$.apply(this,arguments)}}}return x.wheelDelta=function(m){return arguments.length?(r=typeof m=="function"?m:jt(+m),x):r},x.filter=function(m){return arguments.length?(e=typeof m=="function"?m:jt(!!m),x):e},x.touchable=function(m){return arguments.length?(o=typeof m=="function"?m:jt(!!m),x):o},x.extent=function(m){return arguments.length?(t=typeof m=="function"?m:jt([[+m[0][0],+m[0][1]],[+m[1][0],+m[1][1]]]),x):t},x.scaleExtent=function(m){return arguments.length?(i[0]=+m[0],i[1]=+m[1],x):[i[0],i[1]]},x.translateExtent=function(m){return arguments.length?(a[0][0]=+m[0][0],a[1][0]=+m[1][0],a[0][1]=+m[0][1],a[1][1]=+m[1][1],x):[[a[0][0],a[0][1]],[a[1][0],a[1][1]]]},x.constrain=function(m){return arguments.length?(n=m,x):n},x.duration=function(m){return arguments.length?(s=+m,x):s},x.interpolate=function(m){return arguments.length?(u=m,x):u},x.on=function(){var m=l.on.apply(l,arguments);return m===l?x:m},x.clickDistance=function(m){return arguments.length?(A=(m=+m)*m,x):Math.sqrt(A)},x.tapDistance=function(m){return arguments.length?(M=+m,x):M},x}var cd=10,ds=new WeakMap;function In(e,t){let n=ds.get(e)??new Map;ds.set(e,n);let r=n.get(t);return r===void 0&&n.set(t,r=hd(e,t)),r}function zn(e,t){let n=fd(t),r=e.map(a=>[...a]),o=r,i=hs(r,t);for(let a=0;a<cd&&i>0;a++){r=dd(r,n,a%2===0);let s=hs(r,t);s<i&&([o,i]=[r,s])}return o}function fd(e){let t=new Map;for(let[n,r,o]of e)t.set(n,[...t.get(n)??[],[r,o]]),t.set(r,[...t.get(r)??[],[n,o]]);return t}function dd(e,t,n){let r=n?[...e]:[...e].reverse();for(let o=1;o<r.length;o++){let i=ps(r[o-1]),a=ps(r[o]),s=new Map(r[o].map(u=>[u,pd(u,i,t)??a.get(u)]));r[o]=[...r[o]].sort((u,l)=>s.get(u)-s.get(l))}return n?r:r.reverse()}function pd(e,t,n){let r=0,o=0;for(let[i,a]of n.get(e)??[]){let s=t.get(i);s!==void 0&&(r+=a,o+=a*s)}return r>0?o/r:null}function ps(e){return new Map(e.map((t,n)=>[t,(n+.5)/e.length]))}function hs(e,t){let n=new Map(e.flatMap(a=>a.map((s,u)=>[s,u]))),r=new Map(e.flatMap((a,s)=>a.map(u=>[u,s]))),o=new Map;for(let[a,s,u]of t){let[l,c]=[n.get(a),n.get(s)],f=r.get(a);l===void 0||c===void 0||f===void 0||o.set(f,[...o.get(f)??[],[l,c,u]])}let i=0;for(let a of o.values())a.forEach(([s,u,l],c)=>{for(let f=c+1;f<a.length;f++){let[d,h,k]=a[f];(s-d)*(u-h)<0&&(i+=l*k)}});return i}function hd(e,t){let n=e.snapshots.flatMap(M=>he(M,t)??[]),r=e.layers,o=md(n,r),i=ms(n,M=>M),a=zn(o.map(M=>M.map(x=>x.key)),i),s=new Map,u=o.map((M,x)=>gd(M,a[x],r[x],s)),l=n.map(M=>bd(M,r,u,s)),c=new Map(n.map((M,x)=>[M.snapshot,l[x]])),f=ms(n,(M,x)=>c.get(x.snapshot).get(M)),d=new Map;for(let M of l.flatMap(x=>[...x.values()]))d.set(M,(d.get(M)??0)+1);let h=zn(u,f).map(M=>yd(M,d)),k=new Map(h.flatMap(M=>M.map((x,D)=>[x,D]))),A=new Map([...c].map(([M,x])=>[M,new Map([...x].map(([D,P])=>[D,k.get(P)]))]));return{layers:r,counts:new Map(r.map((M,x)=>[M,h[x].length])),at:M=>A.get(M)??new Map}}function md(e,t){let n=new Map,r=new Map(t.map(o=>[o,[]]));return e.forEach((o,i)=>{for(let{key:a,group:s}of o.nodes){if(s.lineage===null)continue;let u=n.get(a);if(u!==void 0){u.last=i;continue}let l={key:a,first:i,last:i};n.set(a,l),r.get(s.layer)?.push(l)}}),t.map(o=>r.get(o))}function ms(e,t){let n=new Map;for(let r of e)for(let o of r.links){let[i,a]=[t(o.source,r),t(o.target,r)],s=n.get(i)??new Map;n.set(i,s),s.set(a,(s.get(a)??0)+Math.abs(o.share))}return[...n].flatMap(([r,o])=>[...o].map(([i,a])=>[r,i,a]))}function gd(e,t,n,r){let o=new Map(t.map((a,s)=>[a,s])),i=[];for(let a of e){let s=o.get(a.key),u=f=>Math.abs(Wr(f.ranks)-s),c=i.filter(f=>f.until<a.first).sort((f,d)=>u(f)-u(d))[0];c===void 0&&(c={name:`${n} ${i.length}`,until:-1,ranks:[]},i.push(c)),c.until=a.last,c.ranks.push(s),r.set(a.key,c.name)}return i.sort((a,s)=>Wr(a.ranks)-Wr(s.ranks)).map(a=>a.name)}function yd(e,t){let n=Math.max(...e.map(a=>t.get(a)??0)),r=e.filter(a=>2*(t.get(a)??0)<=n),o=Math.floor(r.length/2),i=e.filter(a=>!r.includes(a));return[...r.slice(0,o),...i,...r.slice(o)]}function Wr(e){return e.reduce((t,n)=>t+n,0)/e.length}function bd(e,t,n,r){let o=new Map,i=new Set;for(let{key:a,group:s}of e.nodes){let u=s.lineage===null?void 0:r.get(a);u!==void 0&&(o.set(a,u),i.add(u))}for(let{key:a,group:s}of e.nodes){if(o.has(a))continue;let u=n[t.indexOf(s.layer)];if(u===void 0)continue;let l=u.find(c=>!i.has(c));l===void 0&&u.push(l=`${s.layer} ${u.length}`),o.set(a,l),i.add(l)}return o}var Yr=12,[gs,xd]=[76,260];function ys(e,t){let n=Math.max(1,e.layers.length);return n*t.width+(n-1)*gs}function Ur(e,t,n){let r=e.layers.map(l=>e.counts.get(l)??0),o=Math.max(1,r.length),i=t.height+Yr,a=Math.max(1,...r)*i-Yr,s=a*n.width/Math.max(1,n.height)-o*t.width,u=Math.min(xd,Math.max(gs,s/Math.max(1,o-1)));return{width:o*t.width+(o-1)*u,height:a,card:t,pitch:{width:t.width+u,height:i},counts:r}}function Kr(e,t){return Math.max(1,e.counts[t]??1)*e.pitch.height-Yr}function Zr(e,t,n){return{x:t*e.pitch.width,y:(e.height-Kr(e,t))/2+n*e.pitch.height}}function xs(e,t){let n=bs(e,t,"source","target"),r=bs(e,t,"target","source"),o=new Set([...n,...r]);return{keys:new Set([t,...[...o].flatMap(i=>[i.source,i.target])]),links:o}}function bs(e,t,n,r){let o=new Map;for(let s of e)s.share!==0&&o.set(s[n],[...o.get(s[n])??[],s]);let i=new Map,a=s=>{let u=i.get(s);if(u!==void 0)return u;let l={strength:1,links:[]},c=-1;for(let f of o.get(s)??[]){let d=a(f[r]),h=Math.abs(f.share)*d.strength;h>c&&(c=h,l={strength:h,links:[f,...d.links]})}return i.set(s,l),l};return a(t).links}function Z(e){return function(){return e}}var Xt=Math.PI,Qr=2*Xt,tt=1e-6,vd=Qr-tt;function vs(e){this._+=e[0];for(let t=1,n=e.length;t<n;++t)this._+=arguments[t]+e[t]}function wd(e){let t=Math.floor(e);if(!(t>=0))throw new Error(`invalid digits: ${e}`);if(t>15)return vs;let n=10**t;return function(r){this._+=r[0];for(let o=1,i=r.length;o<i;++o)this._+=Math.round(arguments[o]*n)/n+r[o]}}function ws(e,t,n,r){return e===n&&t===r}function kd(e){let t=Math.floor(e);if(!(t<=15))return ws;let n=10**t,r=function(o){return Math.round(o*n)};return function(o,i,a,s){return r(o)===r(a)&&r(i)===r(s)}}var bt=class{constructor(t){this._x0=this._y0=this._x1=this._y1=null,this._="",this._append=t==null?vs:wd(t),this._equal=t==null?ws:kd(t)}moveTo(t,n){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}`}closePath(){this._x1!==null&&(this._x1=this._x0,this._y1=this._y0,this._append`Z`)}lineTo(t,n){this._append`L${this._x1=+t},${this._y1=+n}`}quadraticCurveTo(t,n,r,o){this._append`Q${+t},${+n},${this._x1=+r},${this._y1=+o}`}bezierCurveTo(t,n,r,o,i,a){this._append`C${+t},${+n},${+r},${+o},${this._x1=+i},${this._y1=+a}`}arcTo(t,n,r,o,i){if(t=+t,n=+n,r=+r,o=+o,i=+i,i<0)throw new Error(`negative radius: ${i}`);let a=this._x1,s=this._y1,u=r-t,l=o-n,c=a-t,f=s-n,d=c*c+f*f;if(this._x1===null)this._append`M${this._x1=t},${this._y1=n}`;else if(d>tt)if(!(Math.abs(f*u-l*c)>tt)||!i)this._append`L${this._x1=t},${this._y1=n}`;else{let h=r-a,k=o-s,A=u*u+l*l,M=h*h+k*k,x=Math.sqrt(A),D=Math.sqrt(d),P=i*Math.tan((Xt-Math.acos((A+d-M)/(2*x*D)))/2),G=P/D,q=P/x;Math.abs(G-1)>tt&&this._append`L${t+G*c},${n+G*f}`,this._append`A${i},${i},0,0,${+(f*h>c*k)},${this._x1=t+q*u},${this._y1=n+q*l}`}}arc(t,n,r,o,i,a){if(t=+t,n=+n,r=+r,a=!!a,r<0)throw new Error(`negative radius: ${r}`);let s=r*Math.cos(o),u=r*Math.sin(o),l=t+s,c=n+u,f=1^a,d=a?o-i:i-o;if(this._x1===null?this._append`M${l},${c}`:(Math.abs(this._x1-l)>tt||Math.abs(this._y1-c)>tt)&&this._append`L${l},${c}`,!!r){if(d<0&&(d=d%Qr+Qr),d>vd)this._append`A${r},${r},0,1,${f},${t-s},${n-u}A${r},${r},0,1,${f},${this._x1=l},${this._y1=c}`;else if(d>tt){let h=t+r*Math.cos(i),k=n+r*Math.sin(i);if(d>=Xt&&this._equal(l,c,h,k)){d/=2;let A=o+d;this._append`A${r},${r},0,${+(d>=Xt)},${f},${t+r*Math.cos(A)},${n+r*Math.sin(A)}`}this._append`A${r},${r},0,${+(d>=Xt)},${f},${this._x1=h},${this._y1=k}`}}}rect(t,n,r,o){this._append`M${this._x0=this._x1=+t},${this._y0=this._y1=+n}h${r=+r}v${+o}h${-r}Z`}toString(){return this._}};function Md(){return new bt}Md.prototype=bt.prototype;function xt(e){let t=3;return e.digits=function(n){if(!arguments.length)return t;if(n==null)t=null;else{let r=Math.floor(n);if(!(r>=0))throw new RangeError(`invalid digits: ${n}`);t=r}return e},()=>new bt(t)}var ks=Array.prototype.slice;function Vn(e){return typeof e=="object"&&"length"in e?e:Array.from(e)}function Ms(e){this._context=e}Ms.prototype={areaStart:function(){this._line=0},areaEnd:function(){this._line=NaN},lineStart:function(){this._point=0},lineEnd:function(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line},point:function(e,t){switch(e=+e,t=+t,this._point){case 0:this._point=1,this._line?this._context.lineTo(e,t):this._context.moveTo(e,t);break;case 1:this._point=2;default:this._context.lineTo(e,t);break}}};function Hn(e){return new Ms(e)}function vt(e){return e[0]}function wt(e){return e[1]}function kt(e,t){var n=Z(!0),r=null,o=Hn,i=null,a=xt(s);e=typeof e=="function"?e:e===void 0?vt:Z(e),t=typeof t=="function"?t:t===void 0?wt:Z(t);function s(u){var l,c=(u=Vn(u)).length,f,d=!1,h;for(r==null&&(i=o(h=a())),l=0;l<=c;++l)!(l<c&&n(f=u[l],l,u))===d&&((d=!d)?i.lineStart():i.lineEnd()),d&&i.point(+e(f,l,u),+t(f,l,u));if(h)return i=null,h+""||null}return s.x=function(u){return arguments.length?(e=typeof u=="function"?u:Z(+u),s):e},s.y=function(u){return arguments.length?(t=typeof u=="function"?u:Z(+u),s):t},s.defined=function(u){return arguments.length?(n=typeof u=="function"?u:Z(!!u),s):n},s.curve=function(u){return arguments.length?(o=u,r!=null&&(i=o(r)),s):o},s.context=function(u){return arguments.length?(u==null?r=i=null:i=o(r=u),s):r},s}function Jr(e,t,n){var r=null,o=Z(!0),i=null,a=Hn,s=null,u=xt(l);e=typeof e=="function"?e:e===void 0?vt:Z(+e),t=typeof t=="function"?t:t===void 0?Z(0):Z(+t),n=typeof n=="function"?n:n===void 0?wt:Z(+n);function l(f){var d,h,k,A=(f=Vn(f)).length,M,x=!1,D,P=new Array(A),G=new Array(A);for(i==null&&(s=a(D=u())),d=0;d<=A;++d){if(!(d<A&&o(M=f[d],d,f))===x)if(x=!x)h=d,s.areaStart(),s.lineStart();else{for(s.lineEnd(),s.lineStart(),k=d-1;k>=h;--k)s.point(P[k],G[k]);s.lineEnd(),s.areaEnd()}x&&(P[d]=+e(M,d,f),G[d]=+t(M,d,f),s.point(r?+r(M,d,f):P[d],n?+n(M,d,f):G[d]))}if(D)return s=null,D+""||null}function c(){return kt().defined(o).curve(a).context(i)}return l.x=function(f){return arguments.length?(e=typeof f=="function"?f:Z(+f),r=null,l):e},l.x0=function(f){return arguments.length?(e=typeof f=="function"?f:Z(+f),l):e},l.x1=function(f){return arguments.length?(r=f==null?null:typeof f=="function"?f:Z(+f),l):r},l.y=function(f){return arguments.length?(t=typeof f=="function"?f:Z(+f),n=null,l):t},l.y0=function(f){return arguments.length?(t=typeof f=="function"?f:Z(+f),l):t},l.y1=function(f){return arguments.length?(n=f==null?null:typeof f=="function"?f:Z(+f),l):n},l.lineX0=l.lineY0=function(){return c().x(e).y(t)},l.lineY1=function(){return c().x(e).y(n)},l.lineX1=function(){return c().x(r).y(t)},l.defined=function(f){return arguments.length?(o=typeof f=="function"?f:Z(!!f),l):o},l.curve=function(f){return arguments.length?(a=f,i!=null&&(s=a(i)),l):a},l.context=function(f){return arguments.length?(f==null?i=s=null:s=a(i=f),l):i},l}var eo=class{constructor(t,n){this._context=t,this._x=n}areaStart(){this._line=0}areaEnd(){this._line=NaN}lineStart(){this._point=0}lineEnd(){(this._line||this._line!==0&&this._point===1)&&this._context.closePath(),this._line=1-this._line}point(t,n){switch(t=+t,n=+n,this._point){case 0:{this._point=1,this._line?this._context.lineTo(t,n):this._context.moveTo(t,n);break}case 1:this._point=2;default:{this._x?this._context.bezierCurveTo(this._x0=(this._x0+t)/2,this._y0,this._x0,n,t,n):this._context.bezierCurveTo(this._x0,this._y0=(this._y0+n)/2,t,this._y0,t,n);break}}this._x0=t,this._y0=n}};function Ss(e){return new eo(e,!0)}function Sd(e){return e.source}function _d(e){return e.target}function _s(e){let t=Sd,n=_d,r=vt,o=wt,i=null,a=null,s=xt(u);function u(){let l,c=ks.call(arguments),f=t.apply(this,c),d=n.apply(this,c);if(i==null&&(a=e(l=s())),a.lineStart(),c[0]=f,a.point(+r.apply(this,c),+o.apply(this,c)),c[0]=d,a.point(+r.apply(this,c),+o.apply(this,c)),a.lineEnd(),l)return a=null,l+""||null}return u.source=function(l){return arguments.length?(t=l,u):t},u.target=function(l){return arguments.length?(n=l,u):n},u.x=function(l){return arguments.length?(r=typeof l=="function"?l:Z(+l),u):r},u.y=function(l){return arguments.length?(o=typeof l=="function"?l:Z(+l),u):o},u.context=function(l){return arguments.length?(l==null?i=a=null:a=e(i=l),u):i},u}function to(){return _s(Ss)}var[$s,$d]=[1.25,9],Ed=12;function Cd(e){return $s+($d-$s)*e}function Bn(e,t,n,r){let o=e.filter(l=>n.has(l.source)&&n.has(l.target)).sort((l,c)=>Math.abs(l.share)-Math.abs(c.share)),i=new Map(o.map(l=>[l,Cd(t>0?Math.abs(l.share)/t:0)])),a=Es(o,"source","target",n,i,r.height),s=Es(o,"target","source",n,i,r.height),u=to();return o.map(l=>{let c=n.get(l.source),f=n.get(l.target),d=u({source:[Wt(c.x+r.width),Wt(c.y+a.get(l))],target:[Wt(f.x),Wt(f.y+s.get(l))]});return{link:l,path:d,width:Wt(i.get(l))}})}function Es(e,t,n,r,o,i){let a=new Map;for(let u of e)a.set(u[t],[...a.get(u[t])??[],u]);let s=new Map;for(let u of a.values()){u.sort((d,h)=>r.get(d[n]).y-r.get(h[n]).y);let l=u.reduce((d,h)=>d+o.get(h)+1,-1),c=Math.min(1,(i-2*Ed)/l),f=(i-l*c)/2;for(let d of u){let h=o.get(d)*c;s.set(d,f+h/2),f+=h+c}}return s}function Wt(e){return Math.round(e*10)/10}function Cs(e,t,n){let r=n.trim().toLowerCase();if(r==="")return null;let o=/^(?:(.+):)?\s*(\d+)$/.exec(r),i=e.targets.find(a=>a.target===t)?.groups??[];return new Set(i.filter(a=>{let s=fe(a).toLowerCase().includes(r);if(o===null)return s;if(s&&a.label!==null)return!0;let[,u,l]=o;return u!==void 0&&!a.layer.toLowerCase().endsWith(u)?!1:(a.members??[]).some(([c])=>c===Number(l))}).map(Oe))}var Le=8,jn=4,[Td,Ad,Ld]=[{columns:2,rows:2,patch:66},{columns:4,rows:1,patch:40},{columns:3,rows:1,patch:40}],Ts=.8,qn=14,Fn=62,As=30,no=56,Rd=450,Nd={emerge:"new",split:"split",merge:"merged"},Yt=(e,t)=>{let n=g("section",{class:"view circuit","aria-label":"Circuit"}),r=g("p",{class:"empty-note",hidden:!0}),o=ie(n).append("svg").attr("class","chart").attr("data-export","").attr("role","group"),i=o.append("g"),a=i.append("g").attr("class","lanes").attr("aria-hidden","true"),s=i.append("g").attr("class","edges").attr("aria-hidden","true"),u=i.append("g").attr("class","nodes"),l=o.append("g").attr("class","headings"),c=Fd(p=>e({threshold:p})),f=g("div",{class:"zoom",role:"group","aria-label":"Zoom"},ro("Zoom in",ce.plus,()=>q(1.3)),ro("Zoom out",ce.minus,()=>q(1/1.3)),ro("Fit the whole circuit",ce.fit,()=>R(!0)));n.append(g("div",{class:"legend"},qd(),c.element),f,r);let d=null,h=null,k=null,A=null,M=!1,x="",D=null,P=Xr().scaleExtent([.2,4]).on("zoom",p=>{p.sourceEvent&&(M=!0),i.attr("transform",p.transform.toString()),C()});o.call(P).on("dblclick.zoom",null),o.on("click",p=>{p.target===o.node()&&e({group:null})}),new ResizeObserver(()=>{D=null,d!==null&&!n.hidden&&F(d)}).observe(n);function G(){if(D!==null)return D;let{clientWidth:p,clientHeight:$}=n;return p===0?{width:960,height:600}:D={width:p,height:$}}function q(p){M=!0,o.transition().duration(tn()?0:200).call(P.scaleBy,p)}function R(p){if(h===null)return;let{frame:$}=h,{width:N,height:B}=G(),z={width:N-2*As,height:B-Fn-no},O=Math.min(1.2,Math.max(.3,Math.min(z.width/$.width,z.height/$.height))),V=et.translate((N-$.width*O)/2,Fn+Math.max(0,(z.height-$.height*O)/2)).scale(O);M=!1,p&&!tn()&&n.clientWidth>0?o.transition().duration(300).call(P.transform,V):o.call(P.transform,V)}function F(p){d=p;let $=te(p.run,p.state),N=p.snapshot&&he(p.snapshot,$);if(c.show(p.state.threshold),r.hidden=N!==null,o.classed("absent",N===null),N===null||$===null){h=null,r.textContent=Vd(p,$);return}let{width:B,height:z}=G(),O={width:B-2*As,height:z-Fn-no},V=In(p.run,$),I=h;h=Od(N,V,O,p.state.threshold);let j=`Circuit of ${N.target.name} at step ${N.snapshot.step}, ${p.run.name}`;n.setAttribute("aria-label",j),o.attr("aria-label",j);let Y=`${p.run.name}/${$}/${B}×${z}/${h.frame.width}×${h.frame.height}`,U=I===null||I.circuit.target.target!==$;H(h,p,U||tn()?0:Rd),Y!==x&&(!M||U)?R(I!==null&&!U):C(),x=Y,X(p),b()}function X({run:p,snapshot:$,state:N}){$===null||N.query.trim()===""||A?.step===$.step&&A.fingerprint===$.graph.fingerprint||(A=null,t.detail(p.name,$.step).then(B=>{d?.snapshot?.step!==B.step||d.run.name!==p.name||(A=B,b())},()=>{}))}function H({placed:p,frame:$,card:N,routes:B,circuit:z},O,V){let I=z.snapshot.graph.layers;a.selectAll("rect").data(In(O.run,z.target.target).layers).join("rect").attr("x",(j,Y)=>Y*$.pitch.width-qn).attr("y",(j,Y)=>Zr($,Y,0).y-qn).attr("width",N.width+2*qn).attr("height",(j,Y)=>Kr($,Y)+2*qn).attr("rx",14).classed("last",j=>j===I[I.length-1]),_(B,p,V),T(p,N,O,V),l.selectAll("g").data(In(O.run,z.target.target).layers).join(j=>{let Y=j.append("g");return Y.append("title"),Y.append("text").attr("class","layer").attr("y",26),Y.append("text").attr("class","statistics").attr("y",44),Y}).each(function(j){ie(this).select("title").text(`${j}: ${Ls(z,j,99).join(" · ")}`)})}function C(){if(h===null)return;let{circuit:p,frame:$,card:N}=h,B=gt(o.node()),{width:z}=G(),O=le(p.snapshot.graph.layers);l.selectAll("g").each(function(V,I){let j=B.applyX(I*$.pitch.width+N.width/2),Y=Math.min($.pitch.width*B.k,2*j,2*(z-j))-14;this.setAttribute("transform",`translate(${j},0)`),ie(this).select(".layer").text(st(O.get(V)??V,Math.floor(Y/8))),ie(this).select(".statistics").text(zd(Ls(p,V,3),Y/6.1))})}function _(p,$,N){let B=new Map($.map(O=>[O.node.key,O.dom])),z=new Map($.map(O=>[O.node.key,O.title]));s.selectAll("path.edge").data(p,O=>`${B.get(O.link.source)} ${B.get(O.link.target)}`).join(O=>{let V=O.append("path").attr("class",N===0?"edge":"edge entering").attr("d",I=>I.path).attr("stroke-width",I=>I.width);return V.append("title"),V.on("animationend",Os),V},O=>O,O=>Ns(O,N)).attr("data-source",O=>O.link.source).attr("data-target",O=>O.link.target).attr("data-weight",O=>O.link.weight).attr("data-sign",O=>O.link.weight<0?"-":"+").each(function(O){this.firstElementChild.textContent=Id(O.link,z)}).call(O=>{if(N===0){O.interrupt().attr("d",V=>V.path).attr("stroke-width",V=>V.width);return}O.filter(function(V){return this.getAttribute("d")!==V.path||this.getAttribute("stroke-width")!==String(V.width)}).transition().duration(N).attr("d",V=>V.path).attr("stroke-width",V=>V.width)})}function T(p,$,N,B){let z=O=>`translate(${O.x},${O.y})`;u.selectAll("g.node").data(p,O=>O.dom).join(O=>{let V=O.append("g").attr("class",B===0?"node":"node entering").attr("role","button").attr("tabindex",0).attr("transform",z).on("pointerenter",(I,j)=>v(j.node.key)).on("pointerleave",()=>v(null)).on("focus",(I,j)=>L(j)).on("blur",()=>v(null)).on("click",(I,j)=>E(j.node.key)).on("keydown",(I,j)=>y(I,j));return V.on("animationend",Os).each(function(){Bd(this)}),V},O=>O,O=>Ns(O,B)).each(function(O){S(this,O,$,N)}).call(Hd).call(O=>{if(B===0){O.interrupt().attr("transform",z);return}O.filter(function(V){return this.getAttribute("transform")!==z(V)}).transition().duration(B).attr("transform",z)})}function S(p,$,N,B){let{node:z,title:O}=$,V=Ds(z);p.dataset.group=z.key,p.classList.toggle("unstable",V),p.classList.toggle("target",$.column===B.run.layers.length-1),p.setAttribute("aria-label",Rs($));let I=tu=>p.querySelector(`:scope > .${tu}`);I("card").setAttribute("width",String(N.width)),I("card").setAttribute("height",String(N.height)),I("hover").textContent=`${O} · ${Rs($)}`;let j=Math.floor((N.width-2*Le)/7.6)-K(z.group.importance).length,Y=$.badge??(V?"unstable":""),U=O.length+Y.length+2>j?Y&&"•":Y;I("name").replaceChildren(De(O,j-U.length),w("tspan",{class:"badge",dx:6},U)),I("importance").textContent=K(z.group.importance),I("importance").setAttribute("x",String(N.width-Le));let oe=I("bar");I("track").setAttribute("y",String(N.height-8)),oe.setAttribute("y",String(N.height-8));let je=N.width-2*Le;I("track").setAttribute("width",String(je)),oe.setAttribute("width",String(Math.max(2,Math.min(1,z.importance)*je))),m(p,z,N,B)}function m(p,$,N,B){let z=p.querySelector(":scope > .patches"),O=B.snapshot,V=$.group.patches.slice(0,N.columns*N.rows).flatMap(j=>me(t,B.run.name,O,j)??[]),I=p.querySelector(":scope > .members");for(I.textContent=V.length===0?se($.size,"member"):"",V.forEach((j,Y)=>{let U=z.children[Y],oe=U??z.appendChild(de(j));U!==void 0&&hr(U,j);let je=N.patch+jn;oe.setAttribute("width",String(N.patch)),oe.setAttribute("height",String(N.patch)),oe.setAttribute("x",String(Le+Y%N.columns*je)),oe.setAttribute("y",String(23+Math.floor(Y/N.columns)*je))});z.children.length>V.length;)z.lastElementChild.remove()}function v(p){k!==p&&(k=p,b())}function b(){if(h===null||d===null)return;let{circuit:p,links:$}=h,N=d.state.group,B=k??(N!==null&&p.byKey.has(N)?N:null),z=B===null?null:xs($,B),O=A?.step===p.snapshot.step?A:p.snapshot.graph,V=Cs(O,p.target.target,d.state.query);o.classed("tracing",z!==null).classed("searching",V!==null),u.selectAll("g.node").classed("on-path",I=>z?.keys.has(I.node.key)??!1).classed("selected",I=>I.node.key===N).classed("hit",I=>V?.has(I.node.key)??!1).attr("aria-pressed",I=>String(I.node.key===N)),s.selectAll("path.edge").classed("on-path",({link:I})=>z?.links.has(I)??!1).classed("near",({link:I})=>B!==null&&(I.source===B||I.target===B)),n.dataset.hits=V===null?"":String(V.size),n.dispatchEvent(new CustomEvent("hits",{detail:V?.size??null,bubbles:!0}))}function E(p){e({group:d?.state.group===p?null:p})}function L(p){v(p.node.key);let $=gt(o.node()),{width:N,height:B}=G(),[z,O]=$.apply([p.x,p.y]),V=h.card,[I,j]=$.apply([p.x+V.width,p.y+V.height]);(z<0||O<Fn||I>N||j>B-no)&&(M=!0,o.call(P.translateTo,p.x+V.width/2,p.y+V.height/2))}function y(p,$){if(p.key==="Enter"||p.key===" ")E($.node.key);else if(p.key==="Escape")e({group:null});else{let N=h===null?null:Pd(h.placed,$,p.key);if(N===null)return;u.selectAll("g.node").filter(z=>z.dom===N.dom).node()?.focus()}p.preventDefault(),p.stopPropagation()}return{element:n,update:F}};function Od(e,t,n,r){let[o,i]=Dd(e.snapshot.graph.input!==null,t,n),a=t.at(e.snapshot),s=Gd(e),u=t.layers.length-1,l=e.nodes.flatMap(d=>{let h=t.layers.indexOf(d.group.layer),k=a.get(d.key);if(h<0||k===void 0)return[];let A=d.group.lineage===null&&h!==u;return[{node:d,column:h,dom:A?`${d.key}@${e.snapshot.step}`:d.key,title:Ct(e,d),badge:s.get(`${d.group.layer}/${d.group.number}`)??null,...Zr(i,h,k)}]});l.sort((d,h)=>d.column-h.column||d.y-h.y);let c=new Map(l.map(d=>[d.node.key,d])),f=Do(e,r);return{circuit:e,frame:i,card:o,placed:l,links:f,routes:Bn(f,e.strongest,c,o)}}function Dd(e,t,n){let r=l=>({...l,width:l.columns*(l.patch+jn)-jn+2*Le,height:e?23+l.rows*(l.patch+jn)+11:50}),[o,i]=[r(Td),r(Ad)],a=l=>ys(t,l)*Ts<=n.width,s=Ur(t,o,n);if(e&&a(o)&&s.height*Ts<=n.height)return[o,s];let u=a(i)?i:r(Ld);return[u,Ur(t,u,n)]}function Gd(e){return new Map((e.target.drift?.events??[]).flatMap(({event:t,layer:n,after:r})=>r.flatMap(o=>{let i=Nd[t];return i===void 0?[]:[[`${n}/${o}`,i]]})))}function Ds(e){return!Xe(e.group.stability)}function Pd(e,t,n){let r=n==="ArrowLeft"?-1:n==="ArrowRight"?1:0,o=n==="ArrowUp"?-1:n==="ArrowDown"?1:0;if(r===0&&o===0)return null;let i=e.filter(s=>r!==0?Math.sign(s.column-t.column)===r:s.column===t.column&&Math.sign(s.y-t.y)===o),a=s=>Math.abs(s.column-t.column)*1e6+Math.abs(s.y-t.y);return i.sort((s,u)=>a(s)-a(u))[0]??null}function Ls(e,t,n){let r=e.target.statistics[t];if(r===void 0)return[];let o=e.target.left_out[t]??0;return[r.core_neurons===null?null:se(r.core_neurons,"neuron"),r.neuron_groups===null?null:se(r.neuron_groups,"group"),r.semantic_groups===null?null:`${_e(r.semantic_groups)} meanings each`,r.completeness_gap===null?null:`gap ${K(r.completeness_gap)}`,o>0?`${o} left out`:null].filter(a=>a!==null).slice(0,n)}function zd(e,t){let n="";for(let r of e){let o=n===""?r:`${n} · ${r}`;if(o.length>t)break;n=o}return n}function Rs({node:e,title:t,badge:n}){let{stability:r,layer:o,importance:i}=e.group;return[t,o,se(e.size,"member"),`importance ${K(i)}`,r===null?null:`stability ${K(r)}`,Ds(e)?"unstable":null,n].filter(a=>a!==null).join(", ")}function Id(e,t){let n=o=>t.get(o)??o,r=e.stability===null?"":`, sign kept in ${K(e.stability)} of resamples`;return`${n(e.source)} → ${n(e.target)}: ${Tt(e.weight)}${r}`}function Vd({run:e,snapshot:t},n){if(t===null||n===null)return"This run has no snapshot yet.";let r=e.targets.find(o=>o.target===n)?.name??String(n);return`The snapshot of step ${t.step} holds no circuit of “${r}”. Choose another step or target.`}function Ns(e,t){if(e.interrupt(),t===0){e.remove();return}e.attr("class","leaving").attr("tabindex",null).attr("role",null).attr("aria-hidden","true").transition().duration(t/2).remove()}function Os(){this.classList.remove("entering")}function Hd(e){let t=document.activeElement;e.order(),t instanceof SVGElement&&t!==document.activeElement&&t.isConnected&&t.focus({preventScroll:!0})}function Bd(e){e.append(w("title",{class:"hover"}),w("rect",{class:"card",rx:9}),w("text",{class:"name",x:Le,y:16}),w("text",{class:"importance",y:16}),w("text",{class:"members",x:Le,y:36}),w("g",{class:"patches"}),w("rect",{class:"track",x:Le,height:3,rx:1.5}),w("rect",{class:"bar",x:Le,height:3,rx:1.5}))}function qd(){let e=(t,n)=>g("span",{class:"key"},w("svg",{width:26,height:8,"aria-hidden":"true"},w("path",{class:"edge on-path","data-sign":t,d:"M1 4H25","stroke-width":3})),n);return g("div",{class:"keys"},e("+","raises"),e("-","lowers"))}function Fd(e){let t=g("input",{type:"range",min:0,max:1,step:.01,"aria-label":"Hide edges weaker than this share of the strongest into the same group",title:"Of the edges into each group",class:"threshold"}),n=g("output",{class:"number"});return t.addEventListener("input",()=>e(Number(t.value))),{element:g("label",{class:"labelled"},g("span",{},"Edges from"),t,n),show(r){t.value=String(r);let o=r===0?"all":`${Math.round(100*r)} %`;n.replaceChildren(o,g("span",{class:"roomy"},r===0?"":" of the strongest")),t.setAttribute("aria-valuetext",o)}}}function ro(e,t,n){let r=g("button",{class:"button icon",type:"button","aria-label":e,title:e},ve(t));return r.addEventListener("click",n),r}var io=["gained","lost","stronger","weaker","turned","same","unstable"],jd=.3,Xd=.1;function Gs(e){let t=new Map;for(let[n,,r]of e)t.set(n,(t.get(n)??0)+r);return t}function Wd(e,t){let[n,r]=[Gs(e),Gs(t)],[o,i]=[0,0];for(let a of new Set([...n.keys(),...r.keys()])){let[s,u]=[n.get(a)??0,r.get(a)??0];o+=Math.min(s,u),i+=Math.max(s,u)}return i>0?o/i:0}function Yd(e,t,n,r){let o=new Map,i=t.findIndex(u=>u.layer===n);e.forEach((u,l)=>{u.layer===n&&i>=0&&o.set(l,i)}),r&&e.forEach((u,l)=>{let c=d=>d.layer===u.layer&&d.lineage===u.lineage,f=u.lineage===null?-1:t.findIndex(c);f>=0&&!o.has(l)&&o.set(l,f)});let a=new Set(o.values()),s=e.flatMap((u,l)=>t.map((c,f)=>({position:l,there:f,alike:u.layer===c.layer?Wd(u.members,c.members):0})));s.sort((u,l)=>l.alike-u.alike||u.position-l.position||u.there-l.there);for(let{position:u,there:l,alike:c}of s){let f=r&&e[u].lineage!==null&&t[l].lineage!==null;c<jd||f||o.has(u)||a.has(l)||(o.set(u,l),a.add(l))}return o}function Ps(e,t){if(e*t<0)return"turned";let[n,r]=[Math.abs(e),Math.abs(t)];return Math.abs(r-n)<=Xd*Math.max(r,n)?"same":r>n?"stronger":"weaker"}var zs=(e,t)=>e&&t?null:t?"gained":"lost";function Is(e,t,n,r){let o=e[e.length-1]??"",i=Yd(t.groups,n.groups,o,r),a=[],s=[new Map,new Map],u=(l,c)=>{let[f,d]=[l===null?null:t.groups[l],c===null?null:n.groups[c]],h=[f?.importance??0,d?.importance??0],k=(f??d).layer,M=k===o||(f?.stable??!0)&&(d?.stable??!0)?zs(f!==null,d!==null)??Ps(...h):"unstable";a.push({layer:k,before:l,after:c,importance:h,change:M})};for(let l=0;l<t.groups.length;l+=1){let c=i.get(l)??null,f=c===null?void 0:s[1].get(c);f===void 0&&u(l,c);let d=f??a.length-1;s[0].set(l,d),c!==null&&s[1].set(c,d)}return n.groups.forEach((l,c)=>{if(s[1].has(c))return;let f=a.findIndex(h=>h.layer===o),d=l.layer===o&&f>=0;d||u(null,c),s[1].set(c,d?f:a.length-1)}),{layers:e,nodes:a,edges:Ud([t,n],s,a)}}function Ud(e,t,n){let r=new Map;for(let o of[0,1])for(let[i,a,s,u]of e[o].edges){let l=[t[o].get(i),t[o].get(a)],c=l.join(" "),f=l.every(h=>n[h].change!=="unstable"),d=r.get(c)??{ends:l,weight:[0,0],there:[!1,!1],stable:f};d.stable&&=u,d.weight[o]+=s,d.there[o]=!0,r.set(c,d)}return[...r.values()].map(({ends:o,weight:i,there:a,stable:s})=>({source:o[0],target:o[1],weight:i,change:s?zs(...a)??Ps(...i):"unstable"}))}var oo=e=>Math.max(...e.weight.map(Math.abs));function Vs(e,t){let n=Math.max(0,...e.map(oo));return e.filter(r=>oo(r)>=t*n)}function ao(e){let t=Object.fromEntries(io.map(n=>[n,0]));for(let{change:n}of e)t[n]+=1;return t}function Hs({layers:e,nodes:t,edges:n}){let r=e.map(a=>t.flatMap((s,u)=>s.layer===a?[String(u)]:[])),o=n.map(a=>[String(a.source),String(a.target),oo(a)]),i=[];return zn(r,o).forEach((a,s)=>a.forEach((u,l)=>i[Number(u)]={column:s,row:l,of:a.length})),i}function nt({name:e,step:t}){return e??`step ${t}`}var Bs=" ⇒ ",qs=" → ";function Fs({kind:e,name:t,before:n,after:r},o){if(e==="image")return t;let i=[e==="edge"||n!==null,e==="edge"||r!==null];return t.split(qs).map(a=>{let s=a.split(Bs),u=[s[0],s[s.length-1]],l=o.flatMap(({groups:c},f)=>{let d=c.find(h=>`${h.layer}/${h.number}`===u[f]);return i[f]&&d!==void 0?[`${fe(d)} of ${d.layer}`]:[]});return l.length>0?[...new Set(l)].join(Bs):a}).join(qs)}var Kd=e=>Math.round(e*100)/100;function W(e,t){for(let[n,r]of Object.entries(t))r===null?e.removeAttribute(n):e.setAttribute(n,typeof r=="number"?String(Kd(r)):r)}function Re(e,t,n,r,o){let i=new Map([...e.children].map(a=>[a.getAttribute("data-key"),a]));t.forEach((a,s)=>{let u=n(a),l=i.get(u)??r(a);i.delete(u),l.setAttribute("data-key",u),o(l,a);let c=e.children[s]??null;c!==l&&e.insertBefore(l,c)});for(let a of i.values())a.remove()}function Mt(e,t){let n="";new ResizeObserver(()=>{let r=getComputedStyle(e),o=(u,l,c)=>Math.floor(u-parseFloat(l)-parseFloat(c)),i=o(e.clientWidth,r.paddingLeft,r.paddingRight),a=o(e.clientHeight,r.paddingTop,r.paddingBottom),s=`${i} ${a}`;i<=0||s===n||(n=s,t(i,a))}).observe(e)}var js=(e,t,n)=>{let r=e.indexOf(t);if(n==="ArrowDown"||n==="ArrowRight")return e[r+1];if(n==="ArrowUp"||n==="ArrowLeft")return e[r-1]},Ve=(e,t,n)=>{let r={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]}[n];if(!r)return;let o=f=>{let d=f.getBoundingClientRect();return[d.left+d.width/2,d.top+d.height/2]},[i,a]=o(t),[s,u]=r,[l,c]=[void 0,1/0];for(let f of e){let[d,h]=o(f),k=(d-i)*s+(h-a)*u,A=Math.abs((d-i)*u)+Math.abs((h-a)*s),M=k+4*A;k<=.5||s!==0&&A>k+24||M>=c||([l,c]=[f,M])}return l};function Ne(e,t,n,r){let o=()=>[...e.querySelectorAll(t)],i=s=>{for(let u of o())u.setAttribute("tabindex",u===s?"0":"-1")},a=s=>s.target.closest(t);return e.setAttribute("tabindex","-1"),e.addEventListener("click",s=>{let u=a(s);u&&r(u)}),e.addEventListener("focusin",s=>{let u=a(s);u&&i(u)}),e.addEventListener("keydown",s=>{let[u,{key:l}]=[a(s),s];if(!u)return;let c=o(),d={Home:c[0],End:c[c.length-1]}[l]??n(c,u,l);if(l==="Enter"||l===" ")r(u);else if(d)d.focus();else if(!l.startsWith("Arrow"))return;s.preventDefault(),s.stopPropagation()}),()=>{let s=o(),u=l=>l===document.activeElement||l.getAttribute("aria-pressed")==="true"||l.hasAttribute("aria-current");i(s.find(l=>l===document.activeElement)??s.find(u)??s[0])}}function He(e,t,n){let r=JSON.stringify(t);e.dataset.choices!==r&&(e.dataset.choices=r,e.replaceChildren(...t.map(([o,i])=>g("option",{value:o},i)))),e.value=n}function Be(e){let t=g("select",{class:"select","aria-label":e});return[g("label",{class:"labelled"},g("span",{},e),t),t]}var ge={width:168,height:56},Xn=38,Xs=ge.height+12,Ws=40,Ut={least:138,most:178,height:38},Zd=44,rt=14,Wn={gained:"gained",lost:"lost",stronger:"strengthened",weaker:"weakened",turned:"turned",same:"unchanged",unstable:"unstable"},Qd="unstable: other probe images of the class might not show it, so it is not counted as a change",Jd={gained:"M-3.6,0H3.6M0,-3.6V3.6",lost:"M-3.6,0H3.6",stronger:"M-3.2,1.8L0,-2L3.2,1.8",weaker:"M-3.2,-1.8L0,2L3.2,-1.8",turned:"M-3,-1.5H3L1,-3.6M3,1.5H-3L-1,3.6",same:"M-2.6,-1.5H2.6M-2.6,1.5H2.6",unstable:"M-3.4,1C-1.7,-3 0,3 3.4,-1"};function Ys(e,t){let n=new Set,r=w("g",{class:"headings"}),o=w("g",{class:"edges",role:"group","aria-label":"Edges"}),i=w("g",{class:"nodes",role:"group","aria-label":"Neuron groups"}),a=w("g",{class:"changes",role:"group","aria-label":"Changes; choose one to hide or show it"}),s=w("svg",{class:"difference-chart",role:"group","data-export":!0},a,r,o,i),u=g("div",{class:"difference"},s),l=null,c=null,f=Ne(i,".node",Ve,M=>{let x=M.getAttribute("data-group");x!==null&&e(x===l?.selected?null:x)}),d=Ne(a,".change",Ve,M=>{let x=M.getAttribute("data-change");n.delete(x)||n.add(x),l&&k(l)}),h=M=>{let x=M.target.closest(".node");return x?Number(x.getAttribute("data-place")):null};for(let[M,x]of[["pointerover",!1],["focusin",!1],["pointerleave",!0],["focusout",!0]])i.addEventListener(M,D=>{c=x?null:h(D),A()});function k(M){l=M;let{difference:x,width:D,threshold:P}=l,G=Vs(x.edges,P),q=Hs({...x,edges:G}),R=x.layers.length,F=Math.max(Zd,(D-2*rt-R*ge.width)/Math.max(1,R-1)),X=Math.max(1,...q.map(({of:v})=>v)),H=op(x.nodes,G,D),C=H.rows*Ut.height+4+Ws,_=C+X*Xs+rt,T=q.map(({column:v,row:b,of:E})=>({x:rt+v*(ge.width+F),y:C+(b+(X-E)/2)*Xs})),S=2*rt+R*ge.width+(R-1)*F;W(s,{viewBox:`0 0 ${S} ${_}`,width:S,height:_,"aria-label":ep(l)});let m=le(x.layers);r.replaceChildren(...x.layers.map((v,b)=>w("text",{x:rt+b*(ge.width+F)+ge.width/2,y:C-Ws+22,"text-anchor":"middle"},w("title",{},v),st(m.get(v)??v,22)))),np(o,l,G,T,n),i.replaceChildren(...x.nodes.flatMap((v,b)=>n.has(v.change)?[]:[rp(v,b,T[b],l,t)])),ip(a,H,n),f(),d(),A()}function A(){if(!l)return;let M=l.selected===null?-1:l.keys.indexOf(l.selected),x=c??(M>=0?M:null);s.classList.toggle("pointing",x!==null);let D=new Set([String(x)]);for(let P of o.children){let G=[P.getAttribute("data-source"),P.getAttribute("data-target")],q=G.includes(String(x));if(P.classList.toggle("near",q),q)for(let R of G)D.add(R)}for(let P of i.children){P.classList.toggle("near",D.has(P.getAttribute("data-place")));let G=P.getAttribute("data-group");W(P,{"aria-pressed":String(G!==null&&G===l.selected)})}}return{element:u,draw:k}}function ep({sides:[e,t]}){let n=r=>`${r.run}, ${nt(r.graph)}`;return`What changed in the circuit of ${t.target.name} from ${n(e)} to ${n(t)}`}function tp({weight:[e,t],change:n}){return n==="same"?0:Math.abs(n==="turned"?t-e:Math.abs(t)-Math.abs(e))}function np(e,{difference:t},n,r,o){let i=f=>o.has(t.nodes[f].change),a=n.filter(f=>!o.has(f.change)&&!i(f.source)&&!i(f.target)),s=new Map,u=a.map(f=>{let[d,h]=[String(f.source),String(f.target)],k={source:d,target:h,weight:f.weight[1],share:tp(f),stability:null};return s.set(k,f),k}),l=Math.max(0,...u.map(f=>f.share)),c=new Map(r.map((f,d)=>[String(d),f]));e.replaceChildren(...Bn(u,l,c,ge).map(({link:f,path:d,width:h})=>{let k=s.get(f);return w("path",{class:`edge ${k.change}`,d,"stroke-width":h,"data-source":f.source,"data-target":f.target,"data-change":k.change},w("title",{},`${Wn[k.change]}: ${_e(k.weight[0])} → ${_e(k.weight[1])}`))}))}function rp(e,t,{x:n,y:r},o,i){let a=P=>{let G=P===0?e.before:e.after;return G===null?null:o.sides[P].target.groups[G]},[s,u]=[a(0),a(1)],l=u??s,f=e.layer===o.difference.layers[o.difference.layers.length-1]&&l.label===null?o.sides[1].target.name:fe(l),d=[0,1].flatMap(P=>{let{run:G,graph:q}=o.sides[P];return(a(P)?.patches.slice(0,s&&u?1:2)??[]).flatMap(F=>me(i,G,q,F)??[])}),[h,k]=[K(s?.importance),K(u?.importance)],A=s&&u&&h!==k?`${h} → ${k}`:K(l.importance),M=`${f}, ${e.layer}: ${Wn[e.change]}, importance ${A}`,x=o.keys[t]??null,D=d.length?9+d.length*(Xn+3)+5:12;return w("g",{class:`node ${e.change}`,transform:`translate(${n},${r})`,role:"button","aria-label":M,"aria-disabled":x===null?"true":null,"data-group":x,"data-place":t,"data-change":e.change},w("title",{},M),w("rect",{class:"card",width:ge.width,height:ge.height,rx:9}),...d.map((P,G)=>{let q=de(P,Xn);return W(q,{x:9+G*(Xn+3),y:(ge.height-Xn)/2}),q}),w("text",{class:"name",x:D,y:24},De(f,Math.floor((ge.width-D-6)/7))),w("text",{class:"importance",x:D,y:41},A.replace(" % →"," →")),Us(e.change,ge.width-2,2))}function Us(e,t,n){return w("g",{class:`sign ${e}`,transform:`translate(${t},${n})`},w("circle",{r:7.5}),w("path",{d:Jd[e]}))}function op(e,t,n){let[r,o]=[ao(e),ao(t)],i=io.filter(l=>r[l]+o[l]>0).map(l=>({change:l,counts:`${se(r[l],"group")}, ${se(o[l],"edge")}`})),a=n-2*rt,s=Math.max(1,Math.min(i.length,Math.floor(a/Ut.least))),u=Math.ceil(i.length/s);return{entries:i,pitch:Math.min(Ut.most,a/s),across:s,rows:u}}function ip(e,{entries:t,pitch:n,across:r},o){e.replaceChildren(...t.map(({change:i,counts:a},s)=>{let[u,l]=[rt+s%r*n,4+Math.floor(s/r)*Ut.height];return w("g",{class:`change ${i}`,role:"button","aria-pressed":String(!o.has(i)),"aria-label":`${Wn[i]}: ${a}`,"data-change":i,transform:`translate(${u},${l})`},w("title",{},`${o.has(i)?"Show":"Hide"}${i==="unstable"?` what is ${Qd}`:""}`),w("rect",{class:"hit",x:-4,y:-2,width:n-8,height:Ut.height-4,rx:7}),w("line",{class:`edge ${i}`,x1:0,x2:26,y1:15,y2:15,"stroke-width":3}),Us(i,13,15),w("text",{x:34,y:12},Wn[i]),w("text",{class:"count",x:34,y:27},a))}))}var St=[["edge_drift","Edge drift"],["core_turnover","Core turnover"],["importance_turnover","Importance turnover"],["rank_turnover","Rank turnover"],["group_turnover","Group turnover"],["concept_drift","Concept drift"],["polysemanticity","Polysemanticity"]],ap=["changed","re-described"];function sp(e){let[,,,t,n,,r]=e;return t===null||n===null||r===null?!1:r<.05&&t>n}function Yn(e,t,n){let r=new Map;return e.forEach(({drift:o},i)=>{for(let a of o?.drifts??[]){let[s,u,l,c,f,,d]=a;if(s!==t||c===null)continue;let h=JSON.stringify([u,l]),k=r.get(h)??{layer:u,below:l,points:[]};r.set(h,k);let A=sp(a),M=A&&ap.includes(o.verdict);k.points.push({place:i,value:c,nullQuantile:f,pAdjusted:d,significant:A,alarm:M})}}),[...r.values()].sort((o,i)=>n.indexOf(o.layer)-n.indexOf(i.layer))}function so(e,t=()=>!0){let n=[],r=null;for(let o of e.filter(t))r&&o.place===r.place+1?n[n.length-1].push(o):n.push([o]),r=o;return n}function Ks(e,t){let n=e[0]?.wall_time??0;return t==="time"?{unit:"time",values:e.map(r=>r.wall_time-n)}:t==="epoch"&&e.every(({epoch:r})=>r!==null)?{unit:"epoch",values:e.map((o,i)=>{let a=u=>u.epoch===o.epoch,s=e.slice(0,i).filter(a).length;return o.epoch+s/e.filter(a).length})}:{unit:"step",values:e.map(r=>r.step)}}function qe(e){return e===null?"none":e!==0&&Math.abs(e)<.001?e.toExponential(1).replace("-","−"):String(Number(e.toPrecision(3))).replace("-","−")}function Zs(e){return e<120?`${Number(e.toFixed(e<10?1:0))} s`:e<7200?`${Number((e/60).toFixed(e<600?1:0))} min`:`${Number((e/3600).toFixed(1))} h`}var lp=44,Un=8,up={edge:["Edge","the edges into"],group:["Group","the groups of"],image:["Image","the images' activations in"]},cp={emerge:["emerged","emerged"],disappear:["disappeared","disappeared"],split:["split","split"],merge:["merge","merges"]};function Qs(e,t,n,r,o){let i=e.evidence??[],[a,s]=n,u=l=>g("ol",{},...l.map(c=>pp(c,Fs(c,r),t,[s,a],o)));return g("aside",{class:"evidence","aria-label":"Evidence of the change"},g("h2",{},"What changed ",g("span",{class:e.verdict==="changed"?"chip alarm":"chip accent"},e.verdict)),g("p",{class:"muted"},`From ${nt(a)} to ${nt(s)}. ${fp(e.events)}`),dp(e,s),g("h3",{},i.length>0?"What makes up most of it":"No evidence was recorded"),u(i.slice(0,Un)),i.length>Un?g("details",{class:"more"},g("summary",{},`${i.length-Un} more`),u(i.slice(Un))):null)}function fp(e){let t=Object.entries(cp).flatMap(([n,[r,o]])=>{let i=e.filter(a=>a.event===n).length;return i===0?[]:[`${i} ${i===1?r:o}`]});return t.length>0?`Groups: ${t.join(", ")}.`:"Every group survived."}function dp(e,t){let[n,r]=St[0],o={step:t.step,epoch:null,wall_time:0,since:t.since,drift:e},i=le(t.layers),a=u=>i.get(u)??u,s=Yn([o],n,t.layers).reverse();return g("table",{},g("caption",{class:"visually-hidden"},r),g("thead",{},g("tr",{},...[r,"value","noise"].map(u=>g("th",{scope:"col"},u)))),g("tbody",{},...s.flatMap(({layer:u,below:l,points:c})=>c.map(f=>g("tr",{class:f.significant?"significant":null},g("th",{scope:"row"},l===null?a(u):`${a(l)} → ${a(u)}`),g("td",{class:"number"},`${f.significant?"◆ ":""}${qe(f.value)}`),g("td",{class:"number"},f.nullQuantile===null?"–":`≤ ${qe(f.nullQuantile)}`))))))}function pp(e,t,n,r,o){let i=Math.max(0,Math.min(1,e.share??0)),[a,s]=up[e.kind]??[e.kind,""],u=l=>l===null?"none":qe(l);return g("li",{},g("p",{class:"what"},g("span",{class:"chip"},a),g("span",{class:"mono"},t)),g("p",{class:"size number"},`${u(e.before)} → ${u(e.after)}`,g("span",{class:"muted"},`${K(e.share)} of the change in ${s} ${le(r[0].layers).get(e.layer)??e.layer}`)),w("svg",{class:"share",viewBox:"0 0 100 3",preserveAspectRatio:"none","aria-hidden":"true"},w("rect",{class:"track",width:100,height:3}),w("rect",{class:"part",width:100*i,height:3})),hp(e,n,r,o))}function hp(e,t,n,r){let o=e.patches.flatMap(a=>n.map(u=>me(r,t,u,a)).find(u=>u!==null)??[]);if(o.length===0)return null;let i=`${o.length} ${o.length===1?"patch":"patches"} to look at`;return g("div",{class:"patches",role:"img","aria-label":i},...o.map(a=>de(a,lp)))}var mp=[["sides","Side by side"],["difference","Difference"]],Js={lineage:"A group is the same where it kept its lineage; one without, where its neurons are alike.",members:"A group is the same where its neurons are alike (Jaccard index .3 or more). Networks trained from different seeds have no neuron in common."},rl=(e,t)=>{let[n,r]=Be("Compare with run"),[o,i]=Be("Compare with step"),a=g("span",{class:"view-note"}),s=g("button",{class:"button",type:"button"},"Swap"),u=mp.map(([S,m])=>{let v=g("button",{type:"button",role:"radio","data-mode":S},m);return v.addEventListener("click",()=>e({compare:S})),v}),l=g("div",{class:"segments",role:"radiogroup","aria-label":"How to compare"},...u),c=g("div",{class:"view-head"},n,o,a,s,l),f=g("p",{class:"view-empty",role:"status"}),d=[g("h3"),g("h3")],h=[Yt(e,t),Yt(e,t)],k=g("div",{class:"sides"},...h.map((S,m)=>g("div",{class:"side"},d[m],S.element))),A=Ys(S=>e({group:S}),t),M=g("div",{class:"beside"}),x=g("p",{class:"muted view-note"}),D=g("div",{class:"whole"},g("div",{},x,A.element),M),P=g("section",{class:"view compare","aria-label":"Compare"},c,f,k,D),G=null,q=[],R=0,F="",X=null,H="";t.runs().then(S=>{q=S,C()},()=>{}),r.addEventListener("change",()=>{let S=r.value;e({otherRun:S===G?.run.name?null:S,otherStep:null})}),i.addEventListener("change",()=>e({otherStep:Number(i.value)})),s.addEventListener("click",()=>{let S=G&&el(G);if(!S)return;let[m,v]=S.snapshots;e({run:S.runs[0].name,step:m.step,otherRun:S.sameRun?null:S.runs[1].name,otherStep:v.step})}),l.addEventListener("keydown",S=>{if(!["ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(S.key))return;S.preventDefault();let m=u.find(v=>v.getAttribute("aria-checked")!=="true");m?.focus(),m?.click()}),Mt(A.element,S=>{R=S,C()});function C(){if(!G)return;let{state:S,run:m,other:v}=G;for(let p of u){let $=p.dataset.mode===S.compare;p.setAttribute("aria-checked",String($)),p.tabIndex=$?0:-1}let b=el(G),E=[...new Set([m.name,...q])];He(r,E.map(p=>[p,p===m.name?`${p} (this run)`:p]),v?.name??S.otherRun??m.name);let L=v?.snapshots??[];He(i,L.map(p=>[String(p.step),p.graph.name??String(p.step)]),String(b?.snapshots[0].step??"")),n.hidden=E.length<2,o.firstElementChild.textContent=E.length<2?"Compare with step":"step",s.disabled=b===null;let y=b?bp(b):yp(G);f.textContent=y??"",f.hidden=y===null,k.hidden=y!==null||S.compare!=="sides",D.hidden=y!==null||S.compare!=="difference",a.textContent=b?`and ${tl(b,1)}`:"",!(!b||y!==null)&&(S.compare==="sides"?_(G,b):T(b,S))}function _(S,m){for(let v of[0,1]){d[v].textContent=`${v===0?"Before: ":"After: "}${tl(m,v)}`;let[b,E]=[m.runs[v],m.snapshots[v]],L={...S.state,run:b.name,step:E.step,target:m.target};h[v].update({...S,run:b,snapshot:E,state:L})}}function T(S,m){let v=JSON.stringify(S.runs.map((L,y)=>[L.name,S.snapshots[y].step]));if(X?.key!==v){if(F===v)return;F=v;let L=y=>t.detail(S.runs[y].name,S.snapshots[y].step);Promise.all([L(0),L(1)]).then(y=>{F===v&&(X={key:v,graphs:y},C())},y=>{F===v&&(F="",D.hidden=!0,f.hidden=!1,f.textContent=y instanceof Error?y.message:String(y))});return}if(R===0)return;x.textContent=S.sameRun?Js.lineage:Js.members;let b=xp(S,X.graphs),E=`${v} ${S.target}`;if(H!==E){H=E;let[L,y]=X.graphs,p=b.sides[1].target.drift,$=S.sameRun&&p!==null&&y.since===L.step;M.replaceChildren(...$?[Qs(p,S.runs[1].name,X.graphs,[b.sides[0].target,b.sides[1].target],t)]:[]),D.classList.toggle("with-evidence",$)}A.draw({...b,width:R,threshold:m.threshold,selected:m.group})}return{element:P,update(S){G=S,C()}}};function el({run:e,other:t,state:n,snapshot:r}){let o=te(e,n),i=t!==null&&t.name===e.name;if(!r||!t||o===null||n.otherRun!==null&&t.name!==n.otherRun)return null;let a=i?gp(e,r,n.otherStep):Et(t,n.otherStep);return a&&{runs:[t,e],snapshots:[a,r],target:o,sameRun:i}}function gp(e,t,n){if(n!==null)return Et(e,n);let r=e.snapshots.find(i=>i.step===t.graph.since),o=e.snapshots.findIndex(i=>i.step===t.step);return r??e.snapshots[Math.max(0,o-1)]??null}var tl=(e,t)=>`${e.sameRun?"":`${e.runs[t].name}, `}${nt(e.snapshots[t].graph)}`;function yp({state:e,run:t}){return t.snapshots.length===0?"This run has no snapshot yet.":`Reading ${e.otherRun??t.name} …`}function bp({runs:e,snapshots:t,target:n,sameRun:r}){let o=t.findIndex(i=>he(i,n)===null);if(o>=0){let i=e[1].targets.find(a=>a.target===n)?.name??n;return`Step ${t[o].step} of ${e[o].name} holds no circuit of “${i}”. Choose another step or target.`}return r&&t[0].step===t[1].step?`Step ${t[0].step} is on both sides: nothing differs. Choose another step to compare with.`:null}function nl({nodes:e,links:t,byKey:n}){return{groups:e.map(({group:r})=>({layer:r.layer,number:r.number,lineage:r.lineage,importance:r.importance??0,stable:Xe(r.stability),members:r.members??[]})),edges:t.map(r=>[n.get(r.source).position,n.get(r.target).position,r.share,Xe(r.stability)])}}function xp(e,t){let n=l=>he({...e.snapshots[l],graph:t[l]},e.target),r=[n(0),n(1)],o=l=>({run:e.runs[l].name,graph:t[l],target:r[l].target}),[i,a]=t,s=[...i.layers.filter(l=>!a.layers.includes(l)),...a.layers],u=Is(s,nl(r[0]),nl(r[1]),e.sameRun);return{difference:u,sides:[o(0),o(1)],keys:vp(u,r,e.sameRun)}}function vp({nodes:e},[t,n],r){return e.map(o=>{if(o.after!==null)return Oe(n.nodes[o.after].group);let i=t.nodes[o.before].group;return r&&i.lineage!==null?Oe(i):null})}function ot(e,t){return e==null||t==null?NaN:e<t?-1:e>t?1:e>=t?0:NaN}function lo(e,t){return e==null||t==null?NaN:t<e?-1:t>e?1:t>=e?0:NaN}function Kn(e){let t,n,r;e.length!==2?(t=ot,n=(s,u)=>ot(e(s),u),r=(s,u)=>e(s)-u):(t=e===ot||e===lo?e:wp,n=e,r=e);function o(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<0?l=f+1:c=f}while(l<c)}return l}function i(s,u,l=0,c=s.length){if(l<c){if(t(u,u)!==0)return c;do{let f=l+c>>>1;n(s[f],u)<=0?l=f+1:c=f}while(l<c)}return l}function a(s,u,l=0,c=s.length){let f=o(s,u,l,c-1);return f>l&&r(s[f-1],u)>-r(s[f],u)?f-1:f}return{left:o,center:a,right:i}}function wp(){return 0}function uo(e){return e===null?NaN:+e}var ol=Kn(ot),il=ol.right,kp=ol.left,Mp=Kn(uo).center,co=il;var Sp=Math.sqrt(50),_p=Math.sqrt(10),$p=Math.sqrt(2);function Zn(e,t,n){let r=(t-e)/Math.max(0,n),o=Math.floor(Math.log10(r)),i=r/Math.pow(10,o),a=i>=Sp?10:i>=_p?5:i>=$p?2:1,s,u,l;return o<0?(l=Math.pow(10,-o)/a,s=Math.round(e*l),u=Math.round(t*l),s/l<e&&++s,u/l>t&&--u,l=-l):(l=Math.pow(10,o)*a,s=Math.round(e/l),u=Math.round(t/l),s*l<e&&++s,u*l>t&&--u),u<s&&.5<=n&&n<2?Zn(e,t,n*2):[s,u,l]}function Qn(e,t,n){if(t=+t,e=+e,n=+n,!(n>0))return[];if(e===t)return[e];let r=t<e,[o,i,a]=r?Zn(t,e,n):Zn(e,t,n);if(!(i>=o))return[];let s=i-o+1,u=new Array(s);if(r)if(a<0)for(let l=0;l<s;++l)u[l]=(i-l)/-a;else for(let l=0;l<s;++l)u[l]=(i-l)*a;else if(a<0)for(let l=0;l<s;++l)u[l]=(o+l)/-a;else for(let l=0;l<s;++l)u[l]=(o+l)*a;return u}function Kt(e,t,n){return t=+t,e=+e,n=+n,Zn(e,t,n)[2]}function fo(e,t,n){t=+t,e=+e,n=+n;let r=t<e,o=r?Kt(t,e,n):Kt(e,t,n);return(r?-1:1)*(o<0?1/-o:o)}function al(e,t){switch(arguments.length){case 0:break;case 1:this.range(e);break;default:this.range(t).domain(e);break}return this}function po(e){return function(){return e}}function ho(e){return+e}var sl=[0,1];function _t(e){return e}function mo(e,t){return(t-=e=+e)?function(n){return(n-e)/t}:po(isNaN(t)?NaN:.5)}function Ep(e,t){var n;return e>t&&(n=e,e=t,t=n),function(r){return Math.max(e,Math.min(t,r))}}function Cp(e,t,n){var r=e[0],o=e[1],i=t[0],a=t[1];return o<r?(r=mo(o,r),i=n(a,i)):(r=mo(r,o),i=n(i,a)),function(s){return i(r(s))}}function Tp(e,t,n){var r=Math.min(e.length,t.length)-1,o=new Array(r),i=new Array(r),a=-1;for(e[r]<e[0]&&(e=e.slice().reverse(),t=t.slice().reverse());++a<r;)o[a]=mo(e[a],e[a+1]),i[a]=n(t[a],t[a+1]);return function(s){var u=co(e,s,1,r)-1;return i[u](o[u](s))}}function ll(e,t){return t.domain(e.domain()).range(e.range()).interpolate(e.interpolate()).clamp(e.clamp()).unknown(e.unknown())}function Ap(){var e=sl,t=sl,n=Nn,r,o,i,a=_t,s,u,l;function c(){var d=Math.min(e.length,t.length);return a!==_t&&(a=Ep(e[0],e[d-1])),s=d>2?Tp:Cp,u=l=null,f}function f(d){return d==null||isNaN(d=+d)?i:(u||(u=s(e.map(r),t,n)))(r(a(d)))}return f.invert=function(d){return a(o((l||(l=s(t,e.map(r),pe)))(d)))},f.domain=function(d){return arguments.length?(e=Array.from(d,ho),c()):e.slice()},f.range=function(d){return arguments.length?(t=Array.from(d),c()):t.slice()},f.rangeRound=function(d){return t=Array.from(d),n=Ta,c()},f.clamp=function(d){return arguments.length?(a=d?!0:_t,c()):a!==_t},f.interpolate=function(d){return arguments.length?(n=d,c()):n},f.unknown=function(d){return arguments.length?(i=d,f):i},function(d,h){return r=d,o=h,c()}}function go(){return Ap()(_t,_t)}function Lp(e){return Math.abs(e=Math.round(e))>=1e21?e.toLocaleString("en").replace(/,/g,""):e.toString(10)}function er(e,t){if(!isFinite(e)||e===0)return null;var n=(e=t?e.toExponential(t-1):e.toExponential()).indexOf("e"),r=e.slice(0,n);return[r.length>1?r[0]+r.slice(2):r,+e.slice(n+1)]}function $t(e){return e=er(Math.abs(e)),e?e[1]:NaN}function Rp(e,t){return function(n,r){for(var o=n.length,i=[],a=0,s=e[0],u=0;o>0&&s>0&&(u+s+1>r&&(s=Math.max(1,r-u)),i.push(n.substring(o-=s,o+s)),!((u+=s+1)>r));)s=e[a=(a+1)%e.length];return i.reverse().join(t)}}function Np(e){return function(t){return t.replace(/[0-9]/g,function(n){return e[+n]})}}var Op=/^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;function Zt(e){if(!(t=Op.exec(e)))throw new Error("invalid format: "+e);var t;return new yo({fill:t[1],align:t[2],sign:t[3],symbol:t[4],zero:t[5],width:t[6],comma:t[7],precision:t[8]&&t[8].slice(1),trim:t[9],type:t[10]})}Zt.prototype=yo.prototype;function yo(e){this.fill=e.fill===void 0?" ":e.fill+"",this.align=e.align===void 0?">":e.align+"",this.sign=e.sign===void 0?"-":e.sign+"",this.symbol=e.symbol===void 0?"":e.symbol+"",this.zero=!!e.zero,this.width=e.width===void 0?void 0:+e.width,this.comma=!!e.comma,this.precision=e.precision===void 0?void 0:+e.precision,this.trim=!!e.trim,this.type=e.type===void 0?"":e.type+""}yo.prototype.toString=function(){return this.fill+this.align+this.sign+this.symbol+(this.zero?"0":"")+(this.width===void 0?"":Math.max(1,this.width|0))+(this.comma?",":"")+(this.precision===void 0?"":"."+Math.max(0,this.precision|0))+(this.trim?"~":"")+this.type};function Dp(e){e:for(var t=e.length,n=1,r=-1,o;n<t;++n)switch(e[n]){case".":r=o=n;break;case"0":r===0&&(r=n),o=n;break;default:if(!+e[n])break e;r>0&&(r=0);break}return r>0?e.slice(0,r)+e.slice(o+1):e}var tr;function Gp(e,t){var n=er(e,t);if(!n)return tr=void 0,e.toPrecision(t);var r=n[0],o=n[1],i=o-(tr=Math.max(-8,Math.min(8,Math.floor(o/3)))*3)+1,a=r.length;return i===a?r:i>a?r+new Array(i-a+1).join("0"):i>0?r.slice(0,i)+"."+r.slice(i):"0."+new Array(1-i).join("0")+er(e,Math.max(0,t+i-1))[0]}function ul(e,t){var n=er(e,t);if(!n)return e+"";var r=n[0],o=n[1];return o<0?"0."+new Array(-o).join("0")+r:r.length>o+1?r.slice(0,o+1)+"."+r.slice(o+1):r+new Array(o-r.length+2).join("0")}var cl={"%":(e,t)=>(e*100).toFixed(t),b:e=>Math.round(e).toString(2),c:e=>e+"",d:Lp,e:(e,t)=>e.toExponential(t),f:(e,t)=>e.toFixed(t),g:(e,t)=>e.toPrecision(t),o:e=>Math.round(e).toString(8),p:(e,t)=>ul(e*100,t),r:ul,s:Gp,X:e=>Math.round(e).toString(16).toUpperCase(),x:e=>Math.round(e).toString(16)};function fl(e){return e}var dl=Array.prototype.map,pl=["y","z","a","f","p","n","µ","m","","k","M","G","T","P","E","Z","Y"];function Pp(e){var t=e.grouping===void 0||e.thousands===void 0?fl:Rp(dl.call(e.grouping,Number),e.thousands+""),n=e.currency===void 0?"":e.currency[0]+"",r=e.currency===void 0?"":e.currency[1]+"",o=e.decimal===void 0?".":e.decimal+"",i=e.numerals===void 0?fl:Np(dl.call(e.numerals,String)),a=e.percent===void 0?"%":e.percent+"",s=e.minus===void 0?"−":e.minus+"",u=e.nan===void 0?"NaN":e.nan+"";function l(f,d){f=Zt(f);var h=f.fill,k=f.align,A=f.sign,M=f.symbol,x=f.zero,D=f.width,P=f.comma,G=f.precision,q=f.trim,R=f.type;R==="n"?(P=!0,R="g"):cl[R]||(G===void 0&&(G=12),q=!0,R="g"),(x||h==="0"&&k==="=")&&(x=!0,h="0",k="=");var F=(d&&d.prefix!==void 0?d.prefix:"")+(M==="$"?n:M==="#"&&/[boxX]/.test(R)?"0"+R.toLowerCase():""),X=(M==="$"?r:/[%p]/.test(R)?a:"")+(d&&d.suffix!==void 0?d.suffix:""),H=cl[R],C=/[defgprs%]/.test(R);G=G===void 0?6:/[gprs]/.test(R)?Math.max(1,Math.min(21,G)):Math.max(0,Math.min(20,G));function _(T){var S=F,m=X,v,b,E;if(R==="c")m=H(T)+m,T="";else{T=+T;var L=T<0||1/T<0;if(T=isNaN(T)?u:H(Math.abs(T),G),q&&(T=Dp(T)),L&&+T==0&&A!=="+"&&(L=!1),S=(L?A==="("?A:s:A==="-"||A==="("?"":A)+S,m=(R==="s"&&!isNaN(T)&&tr!==void 0?pl[8+tr/3]:"")+m+(L&&A==="("?")":""),C){for(v=-1,b=T.length;++v<b;)if(E=T.charCodeAt(v),48>E||E>57){m=(E===46?o+T.slice(v+1):T.slice(v))+m,T=T.slice(0,v);break}}}P&&!x&&(T=t(T,1/0));var y=S.length+T.length+m.length,p=y<D?new Array(D-y+1).join(h):"";switch(P&&x&&(T=t(p+T,p.length?D-m.length:1/0),p=""),k){case"<":T=S+T+m+p;break;case"=":T=S+p+T+m;break;case"^":T=p.slice(0,y=p.length>>1)+S+T+m+p.slice(y);break;default:T=p+S+T+m;break}return i(T)}return _.toString=function(){return f+""},_}function c(f,d){var h=Math.max(-8,Math.min(8,Math.floor($t(d)/3)))*3,k=Math.pow(10,-h),A=l((f=Zt(f),f.type="f",f),{suffix:pl[8+h/3]});return function(M){return A(k*M)}}return{format:l,formatPrefix:c}}var Jn,bo,xo;zp({thousands:",",grouping:[3],currency:["$",""]});function zp(e){return Jn=Pp(e),bo=Jn.format,xo=Jn.formatPrefix,Jn}function hl(e){return Math.max(0,-$t(Math.abs(e)))}function ml(e,t){return Math.max(0,Math.max(-8,Math.min(8,Math.floor($t(t)/3)))*3-$t(Math.abs(e)))}function gl(e,t){return e=Math.abs(e),t=Math.abs(t)-e,Math.max(0,$t(t)-$t(e))+1}function vo(e,t,n,r){var o=fo(e,t,n),i;switch(r=Zt(r??",f"),r.type){case"s":{var a=Math.max(Math.abs(e),Math.abs(t));return r.precision==null&&!isNaN(i=ml(o,a))&&(r.precision=i),xo(r,a)}case"":case"e":case"g":case"p":case"r":{r.precision==null&&!isNaN(i=gl(o,Math.max(Math.abs(e),Math.abs(t))))&&(r.precision=i-(r.type==="e"));break}case"f":case"%":{r.precision==null&&!isNaN(i=hl(o))&&(r.precision=i-(r.type==="%")*2);break}}return bo(r)}function Ip(e){var t=e.domain;return e.ticks=function(n){var r=t();return Qn(r[0],r[r.length-1],n??10)},e.tickFormat=function(n,r){var o=t();return vo(o[0],o[o.length-1],n??10,r)},e.nice=function(n){n==null&&(n=10);var r=t(),o=0,i=r.length-1,a=r[o],s=r[i],u,l,c=10;for(s<a&&(l=a,a=s,s=l,l=o,o=i,i=l);c-- >0;){if(l=Kt(a,s,n),l===u)return r[o]=a,r[i]=s,t(r);if(l>0)a=Math.floor(a/l)*l,s=Math.ceil(s/l)*l;else if(l<0)a=Math.ceil(a*l)/l,s=Math.floor(s*l)/l;else break;u=l}return e},e}function Fe(){var e=go();return e.copy=function(){return ll(e,Fe())},al.apply(e,arguments),Ip(e)}var Qt={right:26,top:8},nr={least:56,most:150,letter:6.8},it={height:18,pitch:23},xe={head:30,least:76,most:170,below:12},wo=46,Vp=9,vl=[["stable","no edge drift above noise"],["unjudged","no null to judge by"],["drifting","above noise, but not significant or not lasting"],["re-described","significant, but the old neurons still carry the function"],["changed","edge drift is significant"]],wl=e=>{let[t,n]=Be("Measure"),r=g("p",{class:"muted view-note"}),o=g("div",{class:"view-head"},t,r),i=g("p",{class:"view-empty"}),a=w("g",{class:"verdicts",role:"group","aria-label":"Verdicts"}),s=w("g",{class:"panels"}),u=w("g",{class:"axis","aria-hidden":"true"}),l=w("path",{class:"now"}),c=w("path",{class:"pointer",visibility:"hidden"}),f=w("g",{class:"glyphs","aria-hidden":"true"}),d=w("svg",{class:"drift-chart",role:"group","data-export":!0},a,s,l,c,u,f),h=g("section",{class:"view drift","aria-label":"Drift"},o,i,d),k=null,[A,M]=[0,0],x=null;n.addEventListener("change",()=>e({measure:n.value}));let D=Ne(a,".verdict",Ve,H=>e({target:Number(H.getAttribute("data-target")),step:Number(H.getAttribute("data-step"))})),P=Ne(s,".point",Ve,H=>G(Number(H.getAttribute("data-place"))));s.addEventListener("click",H=>{if(H.target.closest(".point"))return;let C=q(H);C!==null&&G(C)}),s.addEventListener("pointermove",H=>R(q(H))),s.addEventListener("pointerleave",()=>R(null)),s.addEventListener("focusin",H=>{let C=H.target.closest(".point");R(C?Number(C.getAttribute("data-place")):null)}),s.addEventListener("focusout",()=>R(null)),Mt(h,(H,C)=>{[A,M]=[H,C],F()});function G(H){let C=x?.moments[H];!C||C.since===null||e({view:"compare",compare:"difference",step:C.step,otherRun:null,otherStep:C.since})}function q(H){if(!x)return null;let C=H.clientX-d.getBoundingClientRect().left,_=[...new Set(x.lines.flatMap(({points:S})=>S.map(({place:m})=>m)))],T=S=>Math.abs(x.axes.x(S)-C);return _.sort((S,m)=>T(S)-T(m))[0]??null}function R(H){if(!x||!k)return;c.setAttribute("visibility",H===null?"hidden":"visible"),H!==null&&W(c,{d:yl(x.axes.x(H),x.spans)});let C=x.moments.findIndex(_=>_.step===k.snapshot?.step);[...s.children].forEach((_,T)=>{let S=_.querySelector(".value");S.textContent=Xp(x.lines[T],x.moments,H??C)})}function F(){if(!k||A===0)return;let{run:H,state:C}=k,_=te(H,C),T=Bp(C),S=`${A} ${M} ${T[0]} ${C.scale}`;if(x?.run===H&&x.target===_&&x.shape===S){X();return}let m=_===null?[]:kl(H.snapshots,_),v=Yn(m,T[0],H.layers).reverse(),b=H.snapshots.some(({graph:U})=>U.targets.some(oe=>oe.drift));He(n,St,T[0]);let E=H.targets.find(U=>U.target===_)?.name??"";if(r.textContent=b?`of “${E}”; choose a point to compare its two steps`:"",i.hidden=b,i.textContent=b?"":"Nothing to compare yet: drift is measured from a run's second snapshot on.",d.toggleAttribute("hidden",!b),x=null,!b)return;let L=qp(m,k,A),{top:y}=Qt;W(a,{transform:`translate(0,${y})`}),Wp(a,k,_,L);let p=le(H.layers),$=H.targets.length*it.pitch,N=Hp(M-44-y-$-14-wo-xl(A),v.length),B=U=>y+$+14+U*(xe.head+N+xe.below),z=v.map((U,oe)=>B(oe)),O=z.map(U=>[U+xe.head,U+xe.head+N]);x={run:H,target:_,shape:S,moments:m,lines:v,axes:L,spans:O};let[V,I]=jp(v);Re(s,v.map((U,oe)=>({one:U,y:z[oe]})),({one:U})=>JSON.stringify([U.layer,U.below]),Kp,(U,{one:oe,y:je})=>Zp(U,oe,je,{axes:L,moments:m,low:V,high:I,width:A,tall:N,measure:T[1],short:p}));let j=B(v.length);v.length===0&&(r.textContent=`No snapshot has ${T[1].toLowerCase()} for ${E}.`),Jp(u,L,j),eh(f,A),W(f,{transform:`translate(${L.left+8},${j+wo+8})`});let Y=j+wo+8+xl(A);W(d,{viewBox:`0 0 ${A} ${Y}`,width:A,height:Y,"aria-label":`${T[1]} through the run, for ${E}`}),X(),D(),P()}function X(){if(!x||!k)return;let H=k.snapshot?.step??null,C=x.moments.findIndex(_=>_.step===H);W(l,{d:C<0?"":yl(x.axes.x(C),x.spans)});for(let _ of a.querySelectorAll("[aria-current]"))_.removeAttribute("aria-current");for(let _ of a.querySelectorAll(`.verdict[data-step="${H}"]`))_.setAttribute("aria-current","step");R(null)}return{element:h,update(H){k=H,F()}}},Hp=(e,t)=>Math.max(xe.least,Math.min(xe.most,Math.floor(e/Math.max(1,t))-xe.head-xe.below)),yl=(e,t)=>t.map(([n,r])=>`M${e.toFixed(2)},${n}V${r}`).join(""),Bp=({measure:e})=>St.find(([t])=>t===e)??St[0];function kl(e,t){return e.map(({step:n,epoch:r,wallTime:o,graph:i})=>({step:n,epoch:r,wall_time:o,since:i.since,drift:i.targets.find(a=>a.target===t)?.drift??null}))}function qp(e,{run:t,state:n},r){let{unit:o,values:i}=Ks(e,n.scale),a=Math.max(0,...t.targets.map(({name:M})=>M.length)),s=Math.ceil(Math.max(nr.least,Math.min(nr.most,20+nr.letter*a))),u=r-Qt.right,l=(u-s)/Math.max(1,e.length),c=Math.min(14,l/2),f=Fe([i[0]??0,i[i.length-1]??1],[s+c,u-c]),d=M=>e.length===1?(s+u)/2:f(i[M]??0),h=i.map((M,x)=>[x===0?s:(d(x-1)+d(x))/2,x===i.length-1?u:(d(x)+d(x+1))/2]),A=Fp(f.domain(),Math.max(2,Math.floor((u-s)/110)),o).map(([M,x])=>({at:f(M),text:x}));return{left:s,x:d,unit:o==="time"?"time since the first snapshot":o,ticks:A,cells:h,pitch:l}}function Fp(e,t,n){if(n!=="time")return Fe(e,[0,1]).ticks(t).filter(Number.isInteger).map(u=>[u,String(u)]);let r=e[1]-e[0],[o,i]=r<300?["s",1]:r<4*3600?["min",60]:["h",3600];return Fe(e.map(s=>s/i),[0,1]).ticks(t).map(s=>[s*i,`${s} ${o}`])}function jp(e){let t=e.flatMap(({points:o})=>o.flatMap(i=>[i.value,i.nullQuantile??0])),[n,r]=[Math.min(0,...t),Math.max(0,...t)];return n<0?[-Math.max(-n,r)*1.1,Math.max(-n,r)*1.1]:[0,r>0?Math.min(Math.max(1,r),r*1.12):1]}function Xp(e,t,n){let r=e.points.find(i=>i.place===n),o=t[n]?.step;return r?`step ${o}: ${Ml(r)}`:o===void 0?"":`step ${o}: no value`}function Ml(e){let t=e.nullQuantile===null?"no null":`noise up to ${qe(e.nullQuantile)}`,n=e.pAdjusted===null?"":`, adjusted p ${Number(e.pAdjusted.toPrecision(2))}`;return`${qe(e.value)} · ${t}${n}`}function Wp(e,{run:t},n,r){Re(e,t.targets.map((o,i)=>({...o,row:i})),o=>String(o.target),()=>w("g",{class:"ribbon-row"},w("text",{class:"target-name","text-anchor":"end"},w("title"),""),w("g")),(o,i)=>{W(o,{transform:`translate(0,${i.row*it.pitch})`,"data-current":i.target===n?"":null});let[a,s]=[o.children[0],o.children[1]];W(a,{x:r.left-12,y:it.height/2,dy:"0.35em"}),a.firstElementChild.textContent=i.name,a.lastChild.textContent=De(i.name,Math.floor((r.left-20)/nr.letter));let u=kl(t.snapshots,i.target).map((l,c)=>({moment:l,place:c})).filter(({moment:l})=>l.drift!==null);Re(s,u,({moment:l})=>String(l.step),()=>w("g",{role:"button"},w("title"),w("rect"),w("path")),(l,{moment:c,place:f})=>{let{verdict:d}=c.drift,[h,k]=r.cells[f],A=k-h>6?1:0,M=`${i.name}, step ${c.step}: ${d}`;W(l,{class:`verdict ${Yp(d)}`,"data-target":i.target,"data-step":c.step,"aria-label":M}),l.children[0].textContent=M;let x=k-h<9,D=x?Up[d]??4:it.height;W(l.children[1],{x:h+A,y:it.height-D,width:Math.max(1,k-h-2*A),height:D,rx:x?0:3}),W(l.children[2],{d:x?"":Sl[d]??"",transform:`translate(${(h+k)/2},${it.height/2})`})})})}var Yp=e=>vl.find(([t])=>t===e)?.[0]??"unjudged",Up={stable:4,drifting:9,"re-described":14,changed:it.height},Sl={unjudged:"M-2,-2.4A2.2,2.2 0 1 1 0,0.4V1.4M0,3.6V3.7",drifting:"M-3.6,0.9C-2.4,-2 -1,-2 0,0S2.4,2 3.6,-0.9","re-described":"M0,-4L4,0L0,4L-4,0Z",changed:"M0,-4L4.2,3.4H-4.2Z"};function Kp(){return w("g",{class:"panel",role:"group"},w("text",{class:"place",y:19}),w("text",{class:"value",y:19,"text-anchor":"end"}),w("rect",{class:"plot",y:xe.head,rx:4}),w("g",{class:"grid"}),w("path",{class:"null-band"}),w("path",{class:"null-edge"}),w("path",{class:"trace"}),w("g",{class:"points"}))}function bl({layer:e,below:t},n){let r=o=>st(n.get(o)??o,24);return t===null?r(e):`${r(t)} → ${r(e)}`}function Zp(e,t,n,r){let{axes:o,moments:i,low:a,high:s,width:u,tall:l,measure:c,short:f}=r,d=Fe([a,s],[xe.head+l,xe.head+6]),h=R=>o.x(R.place),k=R=>e.querySelector(`:scope > .${R}`);W(e,{transform:`translate(0,${n})`,"aria-label":`${c}, ${bl(t,f)}`}),W(k("place"),{x:o.left}),k("place").textContent=bl(t,f),W(k("value"),{x:u-Qt.right}),W(k("plot"),{x:o.left,width:u-Qt.right-o.left,height:l});let A=d.ticks(4);Re(k("grid"),A,String,()=>w("g",{},w("line"),w("text",{"text-anchor":"end",dy:"0.35em"})),(R,F)=>{W(R,{transform:`translate(0,${d(F)})`,class:F===0?"zero":null}),W(R.children[0],{x1:o.left,x2:u-Qt.right}),W(R.children[1],{x:o.left-8}),R.children[1].textContent=qe(F)});let M=so(t.points,R=>R.nullQuantile!==null),x=Jr(R=>R[0],d(0),R=>R[1]),D=kt(),P=M.map(R=>Qp(R,h,F=>d(F.nullQuantile),o));W(k("null-band"),{d:P.map(R=>x(R)).join("")}),W(k("null-edge"),{d:P.map(R=>D(R)).join("")});let G=kt(h,R=>d(R.value));W(k("trace"),{d:so(t.points).map(R=>G(R)).join("")});let q=o.pitch<Vp;Re(k("points"),t.points,R=>String(i[R.place].step),()=>w("g",{role:"button"},w("title"),w("circle",{class:"halo",r:8}),w("path")),(R,F)=>{let{step:X,since:H,drift:C}=i[F.place],_=F.alarm?"alarm":F.significant?"significant":"quiet",T=`Step ${X}, compared with ${H??"none"}: ${Ml(F)}${F.alarm?`. Alarm: ${C.verdict}`:F.significant?". Significant":""}`;W(R,{class:`point ${_}`,transform:`translate(${h(F).toFixed(2)},${d(F.value).toFixed(2)})`,"data-place":F.place,"data-step":X,"aria-label":T}),R.children[0].textContent=T,W(R.children[2],{d:q&&_==="quiet"?"":ko[_]})})}function Qp(e,t,n,r){let[o,i]=[e[0],e[e.length-1]],a=(s,u)=>{let l=r.cells[s.place][u];return t(s)+Math.sign(l-t(s))*Math.min(14,Math.abs(l-t(s)))};return[[a(o,0),n(o)],...e.map(s=>[t(s),n(s)]),[a(i,1),n(i)]]}var ko={quiet:"M-2.6,0A2.6,2.6 0 1 1 2.6,0A2.6,2.6 0 1 1 -2.6,0Z",significant:"M0,-4.2L4.2,0L0,4.2L-4.2,0Z",alarm:"M0,-6L6,4.6H-6Z"};function Jp(e,t,n){W(e,{transform:`translate(0,${n})`});let r=t.cells.length?(t.cells[0][0]+t.cells[t.cells.length-1][1])/2:0;e.replaceChildren(...t.ticks.map(({at:o,text:i})=>w("g",{},w("line",{x1:o,x2:o,y2:5}),w("text",{x:o,y:19,"text-anchor":"middle"},i))),w("text",{class:"unit",x:r,y:38,"text-anchor":"middle"},t.unit))}var _l=e=>e<1240?2:1,xl=e=>22*_l(e)+8;function eh(e,t){let n=0,r=8,o=(s,u)=>{let l=w("g",{transform:`translate(${n},${r})`},s,w("text",{x:17,dy:"0.35em"},u));return n+=44+u.length*7,l},i=vl.map(([s,u])=>o(w("g",{class:`verdict ${s}`},w("title",{},u),w("rect",{x:-8,y:-8,width:16,height:16,rx:3}),w("path",{d:Sl[s]??""})),s));_l(t)>1&&([n,r]=[0,30]);let a=[o(w("rect",{class:"null-band",x:-8,y:-8,width:16,height:16,rx:2}),"what noise makes, 99 %"),o(w("g",{class:"point significant"},w("path",{d:ko.significant})),"significant"),o(w("g",{class:"point alarm"},w("path",{d:ko.alarm})),"alarm")];e.replaceChildren(...i,...a)}var $l=(e,t)=>e.x<t.x+t.width&&t.x<e.x+e.width&&e.y<t.y+t.height&&t.y<e.y+e.height;function El(e,t,n,r){let o=[];for(let i of e){let a=-1/0;for(let s of i)s.x-a<n||s.x+s.width>r||t.some(u=>$l(s,u))||o.some(u=>$l(s,u))||(o.push(s),a=s.x)}return o}function Tl(e,t,n=[],r=()=>0){if(e<=t)return Array.from({length:e},(a,s)=>s);let o=new Set([0,e-1,...n.filter(a=>a>=0&&a<e)]),i=Math.max(0,t-o.size);for(let a=0;a<i;a+=1){let[s,u]=[a,a+1].map(c=>Math.round(c*e/i)),l=null;for(let c=s;c<u;c+=1)o.has(c)||(l===null||r(c)>r(l))&&(l=c);l!==null&&o.add(l)}return[...o].sort((a,s)=>a-s)}function Al(e,t,n){let r=Math.min(e,Math.max(1,t)),o=Math.max(0,Math.min(e-r,n-Math.floor(r/2)));return Array.from({length:r},(i,a)=>o+a)}var Mo=e=>t=>t.lineage===e;function th(e,t){let n=new Map,r=(o,i)=>{let a=(s,u)=>s.groups.some(l=>l.number===u);!a(e,o)||!a(t,i)||n.set(o,(n.get(o)??new Set).add(i))};for(let o of e.groups){let i=o.lineage===null?void 0:t.groups.find(Mo(o.lineage));i&&r(o.number,i.number)}if(t.since!==null&&t.since!==e.step)return n;for(let o of t.events)for(let i of o.before)for(let a of o.after)r(i,a);return n}function nh(e,t){let n=r=>new Set([...r].flatMap(o=>[...t.get(o)??[]]));return new Map([...e].map(([r,o])=>[r,n(o)]))}function Ll(e){let[t,n]=[e[0],e[e.length-1]],r=new Map(t.groups.map(i=>[i.number,new Set([i.number])]));for(let i=1;i<e.length;i+=1)r=nh(r,th(e[i-1],e[i]));let o=[];for(let i of t.groups){if(i.lineage===null)continue;let a=n.groups.some(Mo(i.lineage));for(let s of n.groups){if(s.lineage===null)continue;let l=i.lineage===s.lineage?"same":r.get(i.number)?.has(s.number)?t.groups.some(Mo(s.lineage))?a?null:"merge":"split":null;l&&o.push({source:i.number,target:s.number,become:l})}}return o}function rh(e,t,n,r,o,i){let a=[],s=(c,f)=>c.groups.find(d=>d.number===f)?.lineage??null,u=(c,f)=>f.map(d=>s(c,d)).filter(d=>d!==null),l=(c,f)=>o.some(d=>d.event===c&&d.lineage.includes(f));for(let c of t.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.source===c.number).map(d=>d.target);f.length>1?a.push({turn:"split",column:e-1,number:c.number,lineage:u(n,f)}):f.length===0&&l("disappear",c.lineage)&&a.push({turn:"death",column:e-1,number:c.number,lineage:[c.lineage]})}for(let c of n.groups){if(c.lineage===null)continue;let f=r.filter(d=>d.target===c.number).map(d=>d.source);f.length>1?a.push({turn:"merge",column:e,number:c.number,lineage:u(t,f)}):f.length===0&&i.has(c.lineage)?a.push({turn:"return",column:e,number:c.number,lineage:[c.lineage]}):f.length===0&&a.push({turn:"birth",column:e,number:c.number,lineage:[c.lineage]})}return a}function oh(e){let t=new Map,n=[];return e.forEach((r,o)=>{for(let{lineage:i}of r.groups){if(i===null)continue;let a=t.get(i);a!==void 0&&a<o-1&&n.push({lineage:i,from:a,to:o}),t.set(i,o)}}),n}function Rl(e,t){let n=t.map(a=>e[a]),r=[],o=[],i=new Set;return t.forEach((a,s)=>{if(s>0){let u=e.slice(t[s-1],a+1),[l,c]=[u[0],u[u.length-1]],f=Ll(u),d=u.slice(1).flatMap(h=>h.events);r.push(f),o.push(...rh(s,l,c,f,d,i))}for(let{lineage:u}of e[a].groups)u!==null&&i.add(u)}),{moments:n,passages:r,marks:o,gaps:oh(n)}}function ih(e){let t=[];for(let n=1;n<e.length;n+=1){let[r,o]=[e[n-1],e[n]],i=(a,s)=>a.groups.find(u=>u.number===s)?.lineage;for(let a of Ll([r,o]))a.become!=="same"&&t.push([i(r,a.source),i(o,a.target)])}return t}function Nl(e){let t=ih(e),n=[];for(let r of e){let o=[...r.groups].sort((i,a)=>a.importance-i.importance);for(let{lineage:i}of o){if(i===null||n.includes(i))continue;let a=t.find(([s,u])=>u===i&&n.includes(s))?.[0];n.splice(a===void 0?n.length:n.indexOf(a)+1,0,i)}}return sh(n,t)}var ah=12;function sh(e,t){let n=new Map(e.map((a,s)=>[a,s])),r=new Map(e.map(a=>[a,[]]));for(let[a,s]of t)r.get(a).push(s),r.get(s).push(a);let o=a=>r.get(a).reduce((s,u)=>s+Math.abs(n.get(a)-n.get(u)),0),i=a=>{[e[a],e[a+1]]=[e[a+1],e[a]],n.set(e[a],a).set(e[a+1],a+1)};for(let a=0;a<ah;a+=1){let s=!1;for(let u=0;u+1<e.length;u+=1){let[l,c]=[e[u],e[u+1]],f=o(l)+o(c);i(u),o(l)+o(c)<f?s=!0:i(u)}if(!s)break}return e}function Ol(e,t){let n=new Map,r=Array.from({length:t},()=>-1);return e.forEach((o,i)=>{let a=o.groups.flatMap(({lineage:u})=>u===null?[]:[u]),s=u=>r[n.get(u)]=i;a.filter(u=>n.has(u)).forEach(s);for(let u of a.filter(l=>!n.has(l)).sort((l,c)=>l-c))n.set(u,r.indexOf(Math.min(...r))),s(u)}),n}var rr=e=>Math.max(0,e.importance);function lh(e,t){let n=e.map(({groups:o})=>{let i=o.reduce((s,u)=>s+rr(u),0),a=t.height-t.gap*Math.max(0,o.length-1);return i>0?Math.max(0,a)/i:1/0}),r=Math.min(...n,1/0);return Number.isFinite(r)?r:0}function uh(e,t,n,r,o,i){let a=[...e.groups].sort((c,f)=>r(c)-r(f)||c.number-f.number),s=a.map(c=>rr(c)*o),u=s.reduce((c,f)=>c+f,0)+i.gap*(a.length-1),l=(i.height-u)/2;return a.map((c,f)=>{let d={column:t,group:c,x:n,top:l,bottom:l+s[f]};return l=d.bottom+i.gap,d})}function Cl(e,t){let n=t.reduce((o,i)=>o+rr(i.group),0),r=e.top;return t.map(o=>{let i=n>0?rr(o.group)/n:1/t.length,a=[r,r+i*(e.bottom-e.top)];return r=a[1],a})}function Dl(e,t,n){let{moments:r,passages:o}=e,i=new Map(t.map((d,h)=>[d,h])),a=d=>d.lineage===null?t.length+1:i.get(d.lineage)??t.length,s=r.length>1?(n.width-n.bar)/(r.length-1):0,u=r.map((d,h)=>h*s),l=lh(r,n),c=r.map((d,h)=>uh(d,h,u[h],a,l,n)),f=o.flatMap((d,h)=>ch(c[h],c[h+1],d));return{columns:u,bars:c.flat(),ribbons:f}}function ch(e,t,n){let r=(o,i)=>n.find(a=>a.source===o.group.number&&a.target===i.group.number);return e.flatMap(o=>{let i=t.filter(s=>r(o,s)),a=Cl(o,i);return i.map((s,u)=>{let l=e.filter(f=>r(f,s)),c=Cl(s,l);return{source:o,target:s,become:r(o,s).become,from:a[u],to:c[l.indexOf(o)]}})})}function Gl(e,t){let[n,r]=[e.source.x+t,e.target.x],o=(n+r)/2,[i,a]=e.from,[s,u]=e.to,l=c=>Math.round(c*100)/100;return`M${l(n)},${l(i)}C${l(o)},${l(i)} ${l(o)},${l(s)} ${l(r)},${l(s)}V${l(u)}C${l(o)},${l(u)} ${l(o)},${l(a)} ${l(n)},${l(a)}Z`}var J={left:54,right:22,head:42},[fh,dh]=[260,620],Il=9,ph=7,hh=22,mh=64,So=84,Se={head:44,side:44,least:32,patches:4},gh=8,yh=320,or={width:6.9,bold:8.5,height:13},bh=46,Vl=(e,t)=>{let[n,r]=Be("Layer"),[o,i]=Be("Show"),a=g("p",{class:"muted view-note","aria-live":"polite"}),s=g("div",{class:"view-head"},n,o,a),u=w("g",{class:"columns",role:"group","aria-label":"Snapshots"}),l=w("g",{class:"streams",role:"group","aria-label":"Streams"}),c=w("g",{class:"stream-names","aria-hidden":"true"}),f=w("g",{class:"now","aria-hidden":"true"}),d=w("text",{class:"column-axis",x:4,y:22}),h=w("g",{class:"strip"}),k=w("g",{class:"glyphs","aria-hidden":"true"}),A=w("g",{},d,u,l,c,f),M=w("svg",{class:"lineage-chart",role:"group","data-export":!0},A,h,k),x=g("p",{class:"view-empty"}),D=g("section",{class:"view lineage","aria-label":"Lineage"},s,x,M),P=null,[G,q]=[0,0],R=null,F=Ne(u,".column",Ve,C=>e({step:Number(C.getAttribute("data-step"))})),X=Ne(l,".stream",js,C=>{let _=C.getAttribute("data-group"),T=C.getAttribute("data-step"),S=P?.state.group===_,m=R?.layer??null;e({layer:m,group:S?null:_,...T===null?{}:{step:Number(T)}})});r.addEventListener("change",()=>e({layer:r.value,group:null})),i.addEventListener("change",()=>e({span:i.value})),Mt(D,(C,_)=>{[G,q]=[C,_],H()});function H(){if(!P||G===0)return;let{run:C,state:_,snapshot:T}=P,S=te(C,_),m=C.layers.slice(0,-1),b=[S===null?null:vh(C,S,_.group,m),_.layer].find(I=>I!==null&&m.includes(I))??m[m.length-1],E=b===void 0||S===null?null:wh(C,S,b),L=E===null||E.moments.length===0;x.textContent=L?"No snapshot has a layer below the target's to follow.":"",x.hidden=!L,M.toggleAttribute("hidden",L);let y=le(C.layers);if(He(r,m.map(I=>[I,y.get(I)??I]),b??""),L||b===void 0||S===null)return;let p=Math.max(2,Math.floor((G-J.left-J.right)/hh)),$=E.moments.length>p;He(i,[["run","the whole run"],["around","around this step"]],_.span),o.hidden=!$;let N=Math.max(0,E.snapshots.findIndex(I=>I.step===T?.step)),B=$&&_.span==="around"?Al(E.moments.length,p,N):Tl(E.moments.length,p,[],I=>E.moments[I].events.length);a.textContent=_h(E,B,_.span);let z=Mh(q,G,B.length),O=Sh(R,{run:C,target:S,layer:b,of:E,shown:B,width:G,height:z});(O!==R||_.scale!==d.textContent)&&$h(u,O,P),R||Bh(k),Lh(l,O,P,O!==R,t),O!==R&&zh(c,O,G);for(let I of c.children){let j=l.classList.contains("has-selection")&&I.getAttribute("data-group")!==_.group;I.classList.toggle("faint",j)}R=O,d.textContent=_.scale,Th(f,u,O,P);let V=Hh(h,O,P,t);W(k,{transform:`translate(${J.left},${V+22})`}),W(M,{viewBox:`0 0 ${G} ${V+40}`,width:G,height:V+40,"aria-label":`Neuron groups of ${b} through the run, for ${xh(C,S)}`}),F(),X()}return{element:D,update(C){P=C,H()}}},xh=(e,t)=>e.targets.find(n=>n.target===t)?.name??String(t);function vh(e,t,n,r){if(n===null)return null;let o=r.find(i=>n.startsWith(`${i}/`));if(o!==void 0)return o;for(let{graph:i}of e.snapshots){let s=(i.targets.find(u=>u.target===t)?.groups??[]).find(u=>`L${u.lineage}`===n);if(s)return r.includes(s.layer)?s.layer:null}return null}var Pl=new WeakMap;function wh(e,t,n){let r=Pl.get(e)??new Map;Pl.set(e,r);let o=`${t} ${n}`,i=r.get(o);return i||r.set(o,i=kh(e,t,n)),i}function kh(e,t,n){let r=[],o=[];for(let i of e.snapshots){let a=i.graph.targets.find(s=>s.target===t);!a||!i.graph.layers.includes(n)||(r.push(i),o.push({step:i.step,since:i.graph.since,groups:Hl(i,t,n).map(({number:s,lineage:u,importance:l})=>({number:s,lineage:u,importance:l??0})),events:(a.drift?.events??[]).filter(s=>s.layer===n)}))}return{snapshots:r,moments:o}}function Hl(e,t,n){return e.graph.targets.find(o=>o.target===t)?.groups.filter(o=>o.layer===n)??[]}var zl=new WeakMap;function Mh(e,t,n){let{side:r,across:o}=Yl((t-J.left-J.right)/Math.max(1,n-1)),i=Se.head+Math.ceil(Se.patches/o)*(r+3),a=44+J.head+i+44;return Math.max(fh,Math.min(dh,e-a))}function Sh(e,t){if(e?.of===t.of&&e.width===t.width&&e.height===t.height&&e.shown.join()===t.shown.join())return e;let r=zl.get(t.of)??Nl(t.of.moments);zl.set(t.of,r);let o=Rl(t.of.moments,t.shown),i=t.width-J.left-J.right,a=i-So>=mh*(t.shown.length-1),s=a?i-So:i,u=Math.min(Il,Math.max(3,Math.round(.22*s/t.shown.length))),l={width:s,height:t.height,gap:ph,bar:u},c=Dl(o,r,l),f=c.columns[1]??l.width;return{...t,streams:o,layout:c,pitch:f,bar:u,colours:Ol(t.of.moments,gh),roomy:a}}function _h(e,t,n){let r=e.moments.length;if(t.length===r)return`${r} snapshots`;if(n==="around"){let[i,a]=[e.moments[t[0]],e.moments[t[t.length-1]]];return`Steps ${i.step} to ${a.step}: ${t.length} of ${r} snapshots in a row`}let o=Math.round(r/t.length);return`${t.length} of ${r} snapshots: the first, the last, and of about every ${o} in between the one with most events`}function Bl(e,{run:t,state:n}){return n.scale==="time"?Zs(e.wallTime-(t.snapshots[0]?.wallTime??0)):String((n.scale==="epoch"?e.epoch:null)??e.step)}function $h(e,t,n){let{layout:r,of:o,shown:i,pitch:a,bar:s}=t,u=Math.max(1,Math.ceil(52/a));Re(e,i.map((l,c)=>({column:c,snapshot:o.snapshots[l]})),({snapshot:l})=>String(l.step),()=>w("g",{class:"column",role:"button"},w("rect",{class:"column-back",rx:6}),w("text",{class:"column-name","text-anchor":"middle",y:22})),(l,{column:c,snapshot:f})=>{let d=J.left+r.columns[c]+s/2,h=c===0?d-Math.min(J.left,a/2):d-a/2;W(l,{"data-step":f.step,"data-named":c%u===0?"":null,"aria-label":`Step ${f.step}${f.epoch===null?"":`, epoch ${f.epoch}`}: ${Eh(t,c)}`});let k=Math.min(d+a/2,t.width-2)-Math.max(2,h);W(l.children[0],{x:Math.max(2,h),y:4,width:k,height:J.head+t.height+8});let A=Bl(f,n),M=A.length*or.bold/2;W(l.children[1],{x:Math.min(d,t.width-M)}),l.children[1].textContent=A})}function Eh({streams:e},t){let n=e.moments[t].groups,r=n.filter(i=>i.lineage===null).length,o=se(n.length,"group");return r?`${o}, ${r} of them unstable`:o}function Ch(e,t,n){let r=t.findIndex(s=>s>=e);if(r<0||r===0&&t[0]!==e)return null;if(t[r]===e)return n[r];let[o,i]=[t[r-1],t[r]],a=(e-o)/(i-o);return n[r-1]*(1-a)+n[r]*a}function Th(e,t,n,r){let{layout:o,of:i,shown:a}=n,s=r.snapshot?.step??null,u=i.snapshots.findIndex(h=>h.step===s),l=u<0?null:Ch(u,a,o.columns);if([...t.children].forEach((h,k)=>{let A=a[k]===u,M=!A&&l!==null&&Math.abs(o.columns[k]-l)<bh;W(h,{"aria-current":A?"step":null,"data-near":M?"":null})}),e.replaceChildren(),l===null||a.includes(u))return;let c=J.left+n.bar/2+l,f=Bl(i.snapshots[u],r),d=12+7*f.length;e.append(w("line",{x1:c,x2:c,y1:32,y2:J.head+n.height+8}),w("rect",{x:c-d/2,y:6,width:d,height:24,rx:6}),w("text",{x:c,y:22,"text-anchor":"middle"},f))}function $o({layer:e,streams:t,layout:n}){let r=({column:a,group:s})=>s.lineage===null?`${e}/${s.number}@${a}`:`L${s.lineage}`,o=new Map;for(let a of n.bars){let s=o.get(r(a))??{lineage:a.group.lineage,bars:[],ribbons:[],marks:[]};o.set(r(a),s),s.bars.push(a)}for(let a of n.ribbons)o.get(r(a.become==="split"?a.target:a.source)).ribbons.push(a);for(let a of t.marks){let s=n.bars.find(u=>u.column===a.column&&u.group.number===a.number);o.get(r(s)).marks.push(a)}return[...o].map(([a,s])=>({key:a,...s})).sort((a,s)=>a.bars[0].column-s.bars[0].column||a.bars[0].top-s.bars[0].top)}var ql=({lineage:e},{colours:t})=>e===null?"unstable":`stream-${t.get(e)}`,Ah=e=>e.key.replace(/@\d+$/,"");function Lh(e,t,{state:n,snapshot:r},o,i){W(e,{transform:`translate(${J.left},${J.head})`});let a=t.streams.moments.map(u=>u.step);o&&Re(e,$o(t),u=>u.key,()=>w("g",{class:"stream",role:"button"}),(u,l)=>{W(u,{class:`stream ${ql(l,t)}`,"data-group":Ah(l),"data-step":l.lineage===null?a[l.bars[0].column]:null,"aria-label":Fl(l,t)}),u.replaceChildren(...Nh(l,t,i))});let s=!1;for(let u of e.children){let l=u.getAttribute("data-step"),c=u.getAttribute("data-group")===n.group&&(l===null||l===String(r?.step));s||=c,W(u,{"aria-pressed":String(c)})}e.classList.toggle("has-selection",s)}function Rh(e,t){let{group:n}=Jt(t,e.bars[0]);return n?.label??String(e.lineage)}function Jt(e,t){let n=e.of.snapshots[e.shown[t.column]],r=Hl(n,e.target,e.layer);return{snapshot:n,group:r.find(o=>o.number===t.group.number)}}function Fl(e,t){let n=e.bars.map(f=>t.streams.moments[f.column].step),[r,o]=[e.bars[0],e.bars[e.bars.length-1]],i=n.length===1?`at step ${n[0]}`:`steps ${n[0]} to ${n[n.length-1]}`,a=n.length===1?K(r.group.importance):`${K(r.group.importance)} to ${K(o.group.importance)}`,s=e.marks.map(f=>Wl(f,t)).join("; "),{group:u}=Jt(t,r),l=u?fe(u):"";return`${e.lineage===null?`${l}, unstable`:l}, ${i}, importance ${a}${s&&`. ${s}`}`}function Nh(e,t,n){let{streams:r,layout:o,bar:i}=t,a=w("title",{},Fl(e,t)),s=e.ribbons.map(h=>w("path",{class:`ribbon ${h.become}`,d:Gl(h,i)})),u=r.gaps.filter(h=>h.lineage===e.lineage).map(h=>{let k=A=>e.bars.find(M=>M.column===A);return w("path",{class:"sleep",d:Oh(k(h.from),k(h.to),i)})}),l=e.marks.flatMap(h=>Dh(h,e,t)),c=e.bars.map(h=>w("rect",{class:"bar",x:h.x,y:h.top,width:i,height:Math.max(1,h.bottom-h.top),rx:Math.min(2.5,(h.bottom-h.top)/2)})),f=e.bars.flatMap(h=>Gh(h,t,n)),d=e.marks.filter(h=>h.turn!=="birth"||o.bars.length<400).map(h=>Vh(h,e,t));return[a,...u,...l,...s,...c,...f,...d]}function Oh(e,t,n){let[r,o]=[e.x+n,(e.top+e.bottom)/2],[i,a]=[t.x,(t.top+t.bottom)/2];return`M${r},${o}C${(r+i)/2},${o} ${(r+i)/2},${a} ${i},${a}`}function Eo(e,{pitch:t,roomy:n}){let r=Math.floor(Math.min(e.bottom-e.top-4,t*.42,44));return n&&r>=14?r:0}function jl(e,t,n){let[r,o]=[n.pitch-n.bar,en(n)],i=Math.min(24,n.pitch*.3,r/2-o),a=Eo(t,n);return e.turn==="death"&&a>0?Math.min(a+14,r-i-2*o):i}function Dh(e,t,n){if(e.turn==="split"||e.turn==="merge")return[];let r=t.bars.find(c=>c.column===e.column),o=(r.top+r.bottom)/2,i=e.turn==="death",a=i?r.x+n.bar:r.x,s=a+(i?1:-1)*jl(e,r,n),u=(a+s)/2,l=`M${a},${r.top}C${u},${r.top} ${u},${o} ${s},${o}C${u},${o} ${u},${r.bottom} ${a},${r.bottom}Z`;return[w("path",{class:"ribbon taper",d:l})]}function Gh(e,t,n){let r=Eo(e,t),{snapshot:o,group:i}=Jt(t,e),a=i?.patches[0];if(r===0||a===void 0)return[];let s=me(n,t.run.name,o,a);if(s===null)return[];let u=de(s,r);return W(u,{x:e.x+t.bar+4,y:(e.top+e.bottom-r)/2,"aria-hidden":"true"}),[u]}function Ph(e,t,{pitch:n,roomy:r}){if(t.lineage===null)return!1;let o=t.ribbons.some(i=>i.source===e);return e.bottom-e.top>=11&&(r||o&&n>=20)}function zh(e,t,n){let r=({bars:u})=>u.reduce((l,c)=>l+c.group.importance,0),o=$o(t).sort((u,l)=>r(l)-r(u)),i=o.map(u=>u.bars.filter(l=>Ph(l,u,t)).map(l=>Ih(l,u,t))),a=en(t),s=o.flatMap(u=>u.marks.map(l=>{let[c,f]=Co(l,u,t);return{x:c-a,y:f-a,width:2*a,height:2*a}}));W(e,{transform:`translate(${J.left},${J.head})`}),e.replaceChildren(...El(i,s,yh,n-J.left).map(({x:u,y:l,height:c,text:f,group:d})=>w("text",{class:"stream-name",x:u,y:l+c/2,dy:"0.35em","data-group":d},f)))}function Ih(e,t,n){let r=Eo(e,n),o=t.marks.find(f=>(f.turn==="death"||f.turn==="split")&&f.column===e.column),i=o===void 0?0:Co(o,t,n)[0]-e.x+en(n)+4,a=Math.max(n.bar+(r>0?r+9:5),i),s=n.roomy?Math.min(n.pitch,So+30)-a-16:60,u=De(Rh(t,n),Math.max(4,Math.floor(s/6.4))),[l,c]=[e.x+a,(e.top+e.bottom-or.height)/2];return{x:l,y:c,width:u.length*or.width,height:or.height,text:u,group:t.key}}var Xl={birth:"M0,-3.2L2.9,1.8H-2.9Z",return:"M0,-3.2L2.9,1.8H-2.9Z",death:"M-2.6,-2.6L2.6,2.6M2.6,-2.6L-2.6,2.6",split:"M-3.6,0H-0.8L3.4,-3.4M-0.8,0L3.4,3.4",merge:"M3.6,0H0.8L-3.4,-3.4M0.8,0L-3.4,3.4"},_o={birth:"emerges",return:"comes back",death:"disappears",split:"splits",merge:"is merged"};function Wl(e,{streams:t}){let n=o=>t.moments[o]?.step,r=e.lineage.map(o=>`group ${o}`).join(" and ");return e.turn==="split"?`splits into ${r} by step ${n(e.column+1)}`:e.turn==="merge"?`merged from ${r} at step ${n(e.column)}`:e.turn==="death"?`disappears after step ${n(e.column)}`:`${_o[e.turn]} at step ${n(e.column)}`}var en=({pitch:e})=>Math.max(4,Math.min(6,.2*e));function Co(e,t,n){let r=t.bars.find(s=>s.column===e.column),[o,i]=[jl(e,r,n),en(n)],a={birth:-o,return:-o,merge:-i,split:n.bar+i,death:n.bar+o};return[r.x+a[e.turn],(r.top+r.bottom)/2]}function Vh(e,t,n){let[r,o]=Co(e,t,n);return w("g",{class:`turn ${e.turn}`,transform:`translate(${r.toFixed(2)},${o.toFixed(2)})`},w("title",{},Wl(e,n)),w("circle",{r:en(n)}),w("path",{d:Xl[e.turn]}))}function Yl(e){let t=r=>Math.floor(Math.min(Se.side,(e-8)/r-3)),n=[Se.patches,2].find(r=>t(r)>=Se.least);return n?{side:t(n),across:n}:{side:Math.floor(Math.min(Se.side,e-3)),across:1}}function Hh(e,t,{state:n},r){let o=J.head+t.height+Se.head,i=$o(t).filter(M=>M.lineage!==null),a=M=>M.bars.reduce((x,D)=>x+D.group.importance,0),s=i.find(M=>M.key===n.group),u=s??[...i].sort((M,x)=>a(x)-a(M))[0];if(e.replaceChildren(),!u||t.of.snapshots.every(({graph:M})=>M.input===null))return o-Se.head+14;let{side:l,across:c}=Yl(t.pitch),{group:f}=Jt(t,u.bars[0]),d=f?fe(f):"",h=s?`Patches of ${d} through the run`:`Patches of ${d}, the most important stream here; select another to see its own`,k=w("text",{class:"strip-name",x:J.left,y:o-12},h),A=u.bars.flatMap(M=>{let{snapshot:x,group:D}=Jt(t,M);return(D?.patches??[]).slice(0,Se.patches).flatMap((P,G)=>{let q=me(r,t.run.name,x,P);if(q===null)return[];let R=de(q,l),F=c===1?(t.bar-l)/2:0;return W(R,{x:J.left+M.x+F+G%c*(l+3),y:o+Math.floor(G/c)*(l+3),role:"img","aria-label":`Patch ${G+1} of ${d} at step ${x.step}`}),[R]})});return W(e,{class:`strip ${ql(u,t)}`}),e.append(k,...A),o+Math.ceil(Se.patches/c)*(l+3)}function Bh(e){let t=["birth","return","death","split","merge"],n=6,r=t.map(a=>{let s=w("g",{class:`turn ${a}`,transform:`translate(${n},0)`},w("circle",{r:6}),w("path",{d:Xl[a]}),w("text",{class:"legend-name",x:11,dy:"0.35em"},_o[a]));return n+=34+_o[a].length*6.4,s}),o=w("g",{class:"stream unstable",transform:`translate(${n},0)`},w("rect",{class:"bar",x:-4,y:-6,width:Il,height:12,rx:2.5}),w("text",{class:"legend-name",x:11,dy:"0.35em"},"unstable: in no stream"));n+=168;let i=w("text",{class:"legend-name",x:n,dy:"0.35em"},"height: importance");e.replaceChildren(...r,o,i)}var Ul=`.view.compare {
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
`;var Kl=`.drift-chart {
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
`;var Zl=`.lineage-chart {
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
`;var Ql=`/* What the lineage, drift and compare views have in common. */
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
`;var Jl=[Ql,Zl,Kl,Ul];var eu={circuit:Yt,lineage:Vl,drift:wl,compare:rl},Wh=[ri,oi,...Jl];function Yh(){let e=document.createElement("style");e.textContent=Wh.join(`
`),document.head.append(e),document.documentElement.lang||="en";let t=document.getElementById("neurflow-data");if(t===null){gr(document.body,ti(),yr(window),{},eu);return}let n=JSON.parse(t.textContent??""),r=document.body.appendChild(document.createElement("div"));gr(r,ni(n),yr(window),n.state??{},eu)}document.getElementById("neurflow-data")!==null&&Yh();export{Yh as render};
