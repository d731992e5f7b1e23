// The sandbox's style sheet, with each network's own look behind it, and its one script. Light and dark, from
// 320 pixels up; no fonts from elsewhere.
#include <fmt/format.h>

#include "sandbox/pages.h"

namespace carillon::sandbox {
namespace {

constexpr std::string_view common = R"css(
:root{--ground:#f4f5f7;--card:#fff;--ink:#14181f;--soft:#5b6472;--line:#dfe3e8;--accent:#3350d6;--on:#fff;--radius:14px}
@media (prefers-color-scheme:dark){
:root{--ground:#111418;--card:#1b2027;--ink:#eceff3;--soft:#9aa4b2;--line:#2e353f;--accent:#8ea2ff;--on:#10131a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif,"Apple Color Emoji","Segoe UI Emoji","Noto Color Emoji";-webkit-text-size-adjust:100%}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.banner{position:sticky;top:0;z-index:9;display:flex;gap:.25rem 1rem;flex-wrap:wrap;align-items:center;padding:.6rem 1rem .8rem;background:#ffd23f;color:#1c1600;font-size:.9rem;line-height:1.3}
.banner::after{content:"";position:absolute;left:0;right:0;bottom:0;height:5px;background:repeating-linear-gradient(-45deg,#1c1600 0 10px,#ffd23f 10px 20px)}
.banner b{font-size:1.05rem;letter-spacing:.14em}.banner span{flex:1 1 13rem}.banner a{color:#1c1600;text-decoration:underline}
main{max-width:600px;margin:0 auto;min-height:70vh}
.plain main{max-width:980px;padding:1.5rem 1rem 4rem}
h1{font-size:1.35rem;line-height:1.25;margin:0}h2{font-size:1.1rem;margin:2.2rem 0 .7rem}
.head{padding:1rem;display:flex;align-items:center;gap:.7rem;border-bottom:1px solid var(--line)}
.mark{flex:none;display:grid;place-items:center;width:2.3rem;height:2.3rem;border-radius:50%;background:var(--accent);color:var(--on);font-weight:800;font-size:1.2rem}
.empty{padding:4rem 1.5rem;text-align:center;color:var(--soft)}.empty b{display:block;color:var(--ink);font-size:1.1rem;margin-bottom:.3rem}
.post{position:relative;display:grid;grid-template-columns:auto 1fr;gap:0 .75rem;padding:.8rem 1rem;background:var(--card)}
.avatar{width:44px;height:44px;border-radius:50%;display:block}
.who{display:flex;flex-wrap:wrap;gap:0 .4rem;align-items:baseline;min-width:0}.who b{font-weight:700}.who span,.who time,.who a{color:var(--soft);font-size:.93rem}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.1rem 0 0}.text .tag{color:var(--accent)}
.note{color:var(--soft);font-size:.88rem}
.media{display:grid;gap:3px;margin-top:.6rem;border-radius:var(--radius);overflow:hidden;border:1px solid var(--line)}
.media.n2,.media.n3,.media.n4,.media.many{grid-template-columns:1fr 1fr}.media.n3>:first-child{grid-row:span 2}
.media.n2 figure{aspect-ratio:7/8}.media.n3 figure,.media.n4 figure,.media.many figure{aspect-ratio:7/4}.media.n3>:first-child{aspect-ratio:auto}
.media:not(.n1) img{position:absolute;inset:0;max-height:none}
.media figure{margin:0;position:relative;background:var(--line)}
.media img{width:100%;height:100%;max-height:520px;object-fit:cover;display:block}
.blank{display:grid;place-content:center;text-align:center;height:100%;min-height:150px;padding:1rem;color:var(--soft);font-size:.9rem;background:linear-gradient(135deg,var(--line),transparent 60%)}
.alt{position:absolute;left:8px;bottom:8px;background:#000c;color:#fff;font-size:.72rem;font-weight:700;padding:.1rem .45rem;border-radius:5px}
.card{display:block;margin-top:.6rem;border:1px solid var(--line);border-radius:var(--radius);padding:.7rem .9rem;overflow-wrap:anywhere;color:var(--ink);background:var(--ground)}
.card small{display:block;color:var(--soft);text-transform:uppercase;font-size:.75rem}
.poll{list-style:none;margin:.6rem 0 0;padding:0;display:grid;gap:.35rem}.poll li{border:1px solid var(--line);border-radius:8px;padding:.35rem .7rem}
.acts{display:flex;gap:1rem;justify-content:space-between;max-width:440px;color:var(--soft);font-size:.87rem;margin-top:.6rem}
.acts span{display:inline-flex;gap:.35rem;align-items:center}.acts svg{width:1.1em;height:1.1em;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
details.cw summary{cursor:pointer;font-weight:600}
.ask{max-width:430px;margin:1.5rem auto 3rem;padding:1.6rem 1.4rem;background:var(--card);border:1px solid var(--line);border-radius:16px}
main .pick:not(:has(:checked)),main .ask,main .ask button:not(.go){border-color:color-mix(in srgb,var(--ink) 24%,var(--card))}.ask .mark{width:3rem;height:3rem;font-size:1.6rem;margin-bottom:1rem}.ask ul{padding-left:1.2rem;margin:.6rem 0 1.2rem}.ask li{margin:.35rem 0}
.ask fieldset{border:0;padding:0;margin:0 0 1.3rem;display:grid;gap:.5rem}.ask legend{font-weight:700;padding:0;margin-bottom:.5rem}
.pick{display:flex;gap:.7rem;align-items:center;padding:.6rem .8rem;border:1px solid var(--line);border-radius:10px;cursor:pointer}.pick:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.pick span{font-weight:400;color:var(--soft);font-size:.9rem;display:block}.pick img{width:36px;height:36px;border-radius:50%}
button,.button{font:inherit;font-weight:650;cursor:pointer;min-height:2.6rem;padding:.4rem 1.1rem;border-radius:999px;border:1px solid var(--line);background:var(--card);color:var(--ink)}
button.go{background:var(--button,var(--accent));border-color:transparent;color:var(--on)}.plain button{border-radius:8px}
.row{display:flex;gap:.6rem;flex-wrap:wrap}.ask .row button{flex:1 1 9rem}
.grid{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(215px,1fr))}
.tile{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.1rem;color:var(--ink);display:block}a.tile:hover{border-color:var(--accent);text-decoration:none}
.tile .mark{margin-bottom:.7rem}.tile b{font-size:1.05rem}.tile code{display:block;font-size:.78rem;color:var(--soft);overflow-wrap:anywhere}
.lead{color:var(--soft);max-width:46rem}
form.fault{display:flex;flex-wrap:wrap;gap:.8rem;align-items:end}label{font-size:.88rem;font-weight:600;display:grid;gap:.25rem}
select,input[type=number],input[type=text]{font:inherit;min-height:2.6rem;padding:.3rem .6rem;border:1px solid var(--soft);border-radius:8px;background:var(--card);color:var(--ink);max-width:100%}input[type=number]{width:6rem}
select,input{font-weight:400!important}table{width:100%;border-collapse:collapse;font-size:.92rem}th{text-align:left;color:var(--soft);font-weight:600}td,th{padding:.5rem .6rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:middle}th,td:first-child{white-space:nowrap}td a{overflow-wrap:anywhere}.scroll{overflow-x:auto}
.struck{text-decoration:line-through;color:var(--soft)}
@media (max-width:480px){.acts{gap:.5rem}}
)css";

}  // namespace

std::string style_sheet() {
  std::string sheet(common), dark;
  for (const Listing* one : listings()) {
    const Look& look = one->look;
    sheet += fmt::format("body.{0}{{{1}}}.{0} .mark,.mark.{0}{{{2}}}", look.name, look.light, look.mark);
    dark += fmt::format("body.{}{{{}}}", look.name, look.dark);
  }
  sheet += fmt::format("\n@media (prefers-color-scheme:dark){{{}}}", dark);
  for (const Listing* one : listings()) sheet += one->look.rules;
  return sheet;
}

// Asks for the page again and puts the new posts in, while somebody looks.
const std::string_view live_script = R"js(
(function(){
  var main=document.querySelector('main');
  function ids(root){return Array.from(root.querySelectorAll('.post'),function(p){return p.id}).join()}
  function copy(fresh,what){
    var from=fresh.querySelectorAll(what),to=main.querySelectorAll(what);
    for(var i=0;i<from.length&&i<to.length;i++)if(from[i].innerHTML!==to[i].innerHTML)to[i].innerHTML=from[i].innerHTML;
  }
  async function look(){
    if(document.hidden)return;
    try{
      var text=await (await fetch(location.href,{cache:'no-store'})).text();
      var fresh=new DOMParser().parseFromString(text,'text/html').querySelector('main');
      if(ids(fresh)!==ids(main))main.innerHTML=fresh.innerHTML;
      else{copy(fresh,'.acts');copy(fresh,'.who time')}
    }catch(e){}
  }
  setInterval(look,2000);
})();
)js";

}  // namespace carillon::sandbox
