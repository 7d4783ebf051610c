%% SPDX-License-Identifier: BSD-2-Clause
%% An independent codec and generator of random PDUs: Erlang's asn1 on the project's own modules (joined by modules.py,
%% compiled by build.sh). The generator walks the compiler's tables (.asn1db). It prints a value only after Erlang has encoded,
%% decoded and encoded it again.
-module(oracle).
-export([main/1]).
-define(DIR,os:getenv("ORACLE_DIR")).

%% protocols: ranap, rrc, rnsap; with the suffix "-official" without the extension, with "-more" with unknown additions and
%% encoded DEFAULT values (modules.py)
base(P) -> list_to_atom(hd(string:split(atom_to_list(P),"-"))).
mod(P) -> list_to_atom(string:uppercase(atom_to_list(base(P)))).
mods(P) -> [mod(P)].
dir(P) -> ?DIR++"/"++atom_to_list(P).
pdutype(P) -> case base(P) of rrc -> none;
  ranap -> {'RANAP','RANAP-PDU','RANAP-ELEMENTARY-PROCEDURES'}; rnsap -> {'RNSAP','RNSAP-PDU','RNSAP-ELEMENTARY-PROCEDURES'} end.

main(Args) ->
  io:setopts([{encoding,latin1}]),
  try run(Args) of _ -> erlang:halt(case get(fail) of undefined->0; _->1 end)
  catch C:E:S -> io:format(standard_error,"~p:~p~n~p~n",[C,E,S]), erlang:halt(2) end.

run(["decode",P,T,H]) -> setup(P), dec(T,H,full);
run(["json",P,T,H]) -> setup(P), dec(T,H,json);
run(["reenc",P,T]) -> setup(P), lines(fun(H)->dec(T,H,short) end);   % stdin: hex per line
run(["jsonb",P,T]) -> setup(P), lines(fun(H)->dec(T,H,json) end);
run(["gen",P,T,S,N]) -> setup(P), gen(T,list_to_integer(S),list_to_integer(N));
run(["serve",P]) -> setup(P), serve();
run(["list",P]) -> setup(P), [io:format("~s ~s~n",[M,F])||M<-mods(get(proto)),{F0,1}<-M:module_info(exports),"enc_"++F<-[atom_to_list(F0)]];
run(["msgs",P]) -> setup(P), dbload(), {_,_,Set}=pdutype(get(proto)), {M,_,_}=pdutype(get(proto)),
  [[io:format("~s ~s~n",[F,T])||{F,{'Externaltypereference',_,_,T}}<-Fs]||{_,_,Fs}<-objs(M,Set)];
run(_) -> io:format("usage: oracle decode|json PROTO TYPE HEX | reenc|jsonb PROTO TYPE <hexlines | serve PROTO <requests | gen PROTO TYPE[:alt[.alt..]] SEED COUNT | list PROTO | msgs PROTO~n"
  "PROTO ranap|rrc|rnsap, or one of them with -official~nenv: OPT=0..100 presence %, EXTPCT=% out-of-root values, UNK=% unknown IE~n"),put(fail,1).

lines(F) -> case io:get_line("") of eof->ok; L-> case string:trim(L) of ""->ok; H->F(H) end, lines(F) end.
%% requests on stdin: "reached", answered by the features of the values generated so far with their counts, and ".";
%% "gen TYPE SEED COUNT EXTPCT UNK MODE", answered by hex lines and "."; "json TYPE HEX", answered by one line;
%% "both TYPE HEX" likewise, by the encoding of the value (- if it has none), a blank, and the value
serve() -> case io:get_line("") of eof->ok; L->
  case string:tokens(string:trim(L)," ") of
    ["gen",T,S,N,E,U,Mode] -> os:putenv("EXTPCT",E), os:putenv("UNK",U), os:putenv("MODE",Mode), gen(T,list_to_integer(S),list_to_integer(N)), io:put_chars(".\n");
    ["reached"] -> [io:format("~s ~p~n",[K,N])||{K,N}<-lists:sort(maps:to_list(reached()))], io:put_chars(".\n");
    ["json",T,H] -> dec(T,H,json);
    ["both",T,H] -> dec(T,H,both) end, serve() end.
setup(P0) -> P=list_to_atom(P0), put(proto,P), code:add_patha(dir(P)++"").
mod_of(T) -> mod_of(T,mods(get(proto))).
mod_of(T,[M|R]) -> code:ensure_loaded(M),
  case erlang:function_exported(M,list_to_atom("enc_"++T),1) of true->M; false->mod_of(T,R) end;
mod_of(T,[]) -> error({no_type,T}).
unhex(H) -> binary:decode_hex(list_to_binary(H)).
hex(B) -> << <<(case X of _ when X<10->$0+X; _->$a-10+X end)>> || <<X:4>> <= B >>.

dec(T0,H,Mode) ->
  T=hd(string:split(T0,":")), T1=case lists:prefix("bare",T) of _->T end,
  M=mod_of(T1), B=unhex(H), D=list_to_atom("dec_"++T1),
  try
      {V,Rest}=M:D(B),
      Mode=:=both andalso throw({both,V,enc(M,list_to_atom(T1),V)}),
      RB=bit_size(Rest), RZ=(Rest =:= <<0:RB>>),
      E=case enc(M,list_to_atom(T1),V) of {ok,E0}->E0;
          {error,{asn1,{R,_}}} -> throw({reencode,R}); {error,R} -> throw({reencode,R}) end,
      case Mode of
        full -> io:format("~tp~nREENC ~s~nREST ~p bits zero=~p~nSAME ~p~n",[V,hex(E),RB,RZ,E=:=B]);
        json -> io:put_chars([json(V),$\n]);
        short -> io:format("~s ~s rest=~p~s~n",[case E=:=B of true->"same";_->"diff" end,hex(E),RB,case RZ of true->"";_->"!" end])
      end
  catch throw:{both,V1,E1} -> io:put_chars([case E1 of {ok,B1}->hex(B1); _->"-" end,$ ,json(V1),$\n]);
    Cl:Er:St ->
      case Mode of short -> io:format("error ~s~n",[trim(Er)]);
        json -> io:format("{\"$error\":\"~p\"}~n",[Cl]);
        both -> io:format("error ~s~n",[trim(Er)]);
        _ -> io:format("ERROR ~p:~p~n~p~n",[Cl,Er,lists:sublist(St,6)]) end, put(fail,1)
  end.
trim(E) -> [case C>126 of true->$?;_->C end||C<-lists:sublist(lists:flatten(io_lib:format("~0p",[E])),200)].
enc(M,T,V) -> M:encode(T,V).

%% ---- features of the generated values and their counts: counted while a value is generated, kept when it is printed
had(K) -> put(fresh,maps:update_with(K,fun(N)->N+1 end,1,fresh())).
fresh() -> case get(fresh) of undefined->#{}; M->M end.
reached() -> case get(reached) of undefined->#{}; M->M end.
keep() -> put(reached,maps:merge_with(fun(_,A,B)->A+B end,reached(),fresh())).

%% ---- json
json(M) when is_map(M) -> ["{",lists:join(",",[[$",atom_to_list(K),"\":",json(V)]||{K,V}<-lists:sort(maps:to_list(M))]),"}"];
json('NULL') -> "null";
json({asn1_OPENTYPE,B}) -> ["{\"$open\":\"",hex(B),"\"}"];
json({A,V}) when is_atom(A) -> ["{\"",atom_to_list(A),"\":",json(V),"}"];
json(true)->"true"; json(false)->"false";
json(A) when is_atom(A) -> [$",atom_to_list(A),$"];
json(I) when is_integer(I) -> integer_to_list(I);
json(L) when is_list(L) -> ["[",lists:join(",",[json(X)||X<-L]),"]"];
json(B) when is_binary(B) -> ["\"",hex(B),"\""];   % OCTET STRING, and BIT STRING with len%8==0 (see note)
json(B) when is_bitstring(B) -> ["\"b'",[$0+X||<<X:1>> <= B],"\""];
json(T) when is_tuple(T) -> ["{\"$t\":\"",io_lib:format("~0p",[T]),"\"}"].

%% ---- asn1db
dbload() -> dbload(get(proto)).
dbload(P) ->
  case get({db,P}) of undefined ->
    [begin {ok,Tab}=ets:file2tab(F), put({tab,P,list_to_atom(filename:basename(F,".asn1db"))},Tab) end
      || F<-filelib:wildcard(dir(P)++"/*.asn1db")],
    Ord=case file:consult(dir(P)++"/order.term") of {ok,L}->maps:from_list(L); _->#{} end,
    case file:consult(dir(P)++"/defaults.term") of {ok,De}->put({defaults,P},maps:from_list(De)); _->ok end,
    put({ord,P},Ord), put({db,P},true);
  _ -> ok end.
lk(M,N) -> case get({tab,get(proto),M}) of undefined->error({nomod,M}); T->
   case ets:lookup(T,N) of [{_,D}]->D; []->error({notype,M,N}) end end.
%% typedef -> type
ltype(M,T) -> {typedef,_,_,_,Ty}=lk(M,T), Ty.
%% object set -> [{Key,Fields}]
objs(M,S) ->
  case get({objs,M,S}) of undefined ->
    {typedef,_,_,_,{'ObjectSet',_,_,_,Set}}=lk(M,S),
    L=[{N,K,F}||{N,K,F}<-Set], put({objs,M,S},L), L;
  L -> L end.

%% ---- random
r(N) -> rand:uniform(N)-1.            % 0..N-1
pct(P) -> r(100)<P.
pick(L) -> lists:nth(rand:uniform(length(L)),L).
env(K,D) -> case os:getenv(K) of false->D; S->list_to_integer(S) end.

gen(T0,Seed,N) ->
  case get(dbloaded) of true->ok; _->dbload(), put(dbloaded,true) end,
  {T,Force}=case string:split(T0,":") of [A,F]->{A,[list_to_atom(X)||X<-string:tokens(F,".")]}; [A]->{A,[]} end,
  put(extpct,env("EXTPCT",0)), put(unk,env("UNK",0)), put(optfix,env("OPT",-1)),
  put(mode,case os:getenv("MODE") of false->plain; Mo->list_to_atom(Mo) end),
  [gen1(T,Force,{Seed,I,erlang:phash2(T0)},I) || I<-lists:seq(1,N)],
  case os:getenv("COVER") of false->ok; _->cover(T) end.
cover(T) ->
  A=list_to_atom(T), M=mod_of(case pdutype(get(proto)) of none->T; _->"Cause" end),
  put(reach,#{}), case pdutype(get(proto)) of none -> reach(M,A); {PM,_,Set} -> [[reach1(Ty)||{_,Ty}<-Fs]||{_,_,Fs}<-objs(PM,Set)] end,
  R=maps:keys(get(reach)),
  Miss=[X||X<-R,get({cov,element(1,X),element(2,X)})=:=undefined],
  io:format(standard_error,"COVER reachable named types+choice alts ~p missed ~p: ~0p~n",[length(R),length(Miss),lists:sublist(Miss,15)]).
reach(M,T) -> R=get(reach), case maps:is_key({M,T},R) of true->ok; false->put(reach,R#{{M,T}=>1}),
   case lk(M,T) of {typedef,_,_,_,{type,_,_,_,_,_}=Ty}->reach1(Ty); _->ok end end.
reach1({'Externaltypereference',_,M,T}) -> case get({tab,get(proto),M}) of undefined->ok; _->reach(M,T) end;
reach1({type,_,D,C,_,_}) -> reachd(D), [reach1(Ty)||{contentsconstraint,Ty,_}<-tol(C)];
reach1(_) -> ok.
reachd({'Externaltypereference',_,M,T}) -> reach(M,T);
reachd({'SEQUENCE',_,TC,_,Cs}) ->
  case TC of {simpletableattributes,{M,S},_,_,_,_,_} -> [[reach1(V)||{_,V}<-Fs]||{_,_,Fs}<-objs(M,S)]; _->ok end,
  [reach1(Ty)||{'ComponentType',_,_,Ty,_,_,_}<-flat(Cs)];
reachd({'CHOICE',Cs}) -> [begin put(reach,(get(reach))#{{alt,{P,N}}=>1}), reach1(Ty) end||{'ComponentType',P,N,Ty,_,_,_}<-flat(Cs)];
reachd({'SEQUENCE OF',El}) -> reach1(El);
reachd(_) -> ok.
flat({A,B})->A++B; flat({A,B,C})->A++B++C; flat(L)->L.
gen1(T,Force,Seed,I) ->
  rand:seed(exsss,erlang:phash2(Seed,4294967296)), gen2(T,Force,Seed,I,20).
gen2(T,_,Seed,I,0) -> io:format(standard_error,"GIVEUP ~s ~p ~p~n",[T,Seed,I]), put(fail,1);
gen2(T,Force,Seed,I,Try) ->
  Opt=case get(optfix) of -1 -> (pick([0,5,15,30,50,70,90,100])*min(Try,10)) div 10; O->O end,
  put(fresh,#{}), put(opt,Opt), put(budget,budget(get(mode))), put(long,get(mode)=:=long), put(force,Force), put(stack,[]),
  case try top(T) catch throw:uninhabited->uninhabited end of
   uninhabited -> gen2(T,Force,Seed,I,Try-1);
   {M,PT,V} -> gen3(M,PT,V,T,Force,Seed,I,Try) end.
%% the number of bits from which on optional parts are omitted, and the maximum number of octets
budget(lists) -> pick([4000,20000,100000,400000]);
budget(_) -> pick([300,1500,4000,10000,20000]).
most(plain) -> 4000;
most(lists) -> 60000;
most(long) -> 300000.
gen3(M,PT,V,T,Force,Seed,I,Try) ->
  Most=most(get(mode)),
  Short=get(mode)=:=long andalso Try>8 andalso not maps:is_key("string in fragments",fresh()),
  case enc(M,PT,V) of
    {ok,_} when Short -> gen2(T,Force,Seed,I,Try-1);
    {ok,B} when byte_size(B) > Most -> gen2(T,Force,Seed,I,Try-1);
    {ok,B} ->
      D=list_to_atom("dec_"++atom_to_list(PT)),
      try M:D(B) of {V2,Rest} ->
        case bit_size(Rest)<8 andalso enc(M,PT,V2) of
          {ok,B} -> case norm(V)=:=norm(V2) of true->ok; false->self(T,I,valdiff,B) end;
          _ -> self(T,I,reenc,B) end
      catch _:E:S -> self(T,I,{dec,trim(E),lists:sublist(S,2)},B) end,
      byte_size(B)>=16400 andalso base(get(proto))=/=rrc andalso had("open type in fragments"),
      keep(), io:put_chars([hex(B),$\n]);
    {error,E} -> io:format(standard_error,"ENCERR ~s ~p ~s~n",[T,I,trim(E)]),
       case os:getenv("DBG") of false->ok; _->io:format(standard_error,"~tp~n~p~n",[V,E]) end,
       put(fail,1), gen2(T,Force,Seed,I,Try-1)
  end.
self(T,I,W,B) -> io:format(standard_error,"SELF ~s #~p ~p ~s~n",[T,I,W,hex(B)]), put(fail,1).
norm(V) when is_map(V) -> maps:map(fun(_,X)->norm(X) end,V);
norm(L) when is_list(L) -> [norm(X)||X<-L];
norm({asn1_OPENTYPE,B}) -> {asn1_OPENTYPE,B};
norm({bit,N}) -> {bit,N};
norm({A,V}) -> {A,norm(V)};
norm(V) -> V.

top(T) ->
  P=get(proto),
  case pdutype(P) of
    none -> A=list_to_atom(T), M=mod_of(T), {M,A,gref(M,A,[])};
    {PM,PDU,Set} ->
      case find_msg(PM,Set,T) of
        {Field,Key,Fs} when Key =/= bare ->
          Alt=case Field of 'InitiatingMessage'->initiatingMessage;'SuccessfulOutcome'->successfulOutcome;
                'UnsuccessfulOutcome'->unsuccessfulOutcome;'Outcome'->outcome end,
          Crit=case lists:keyfind(criticality,1,Fs) of {_,{valuedef,_,_,_,_,C,_}}->C; false->ignore end,
          {_,{valuedef,_,_,_,_,PC,_}}=case lists:keyfind(procedureCode,1,Fs) of false->lists:keyfind(procedureID,1,Fs); X->X end,
          {_,Ty}=lists:keyfind(Field,1,Fs),
          Base=#{criticality=>Crit,value=>gtype(Ty)},
          V=case base(P) of rnsap -> Base#{procedureID=>PC,transactionID=>gref('RNSAP','TransactionID',[])};
              _ -> Base#{procedureCode=>PC} end,
          {PM,PDU,{Alt,V}};
        none when T=="PDU" ->
          Os=[{F,Ty}||{_,_,Fs}<-objs(PM,Set),{F,{'Externaltypereference',_,_,Ty}}<-Fs,Ty=/='PrivateMessage'],
          {_,Ty}=pick(Os), top(atom_to_list(Ty));
        none -> T1=case T of "bare-"++X->X; _->T end, A=list_to_atom(T1), M=mod_of(T1), {M,A,gref(M,A,[])}
      end
  end.
find_msg(PM,Set,T) ->
  A=list_to_atom(T),
  case [{F,K,Fs}||{_,K,Fs}<-objs(PM,Set),{F,{'Externaltypereference',_,_,X}}<-Fs,X=:=A] of
    [H|_]->H; []->none end.

%% type reference
gref(M,T,Con) ->
  case hook(T) of
    {ok,V}->V;
    no -> S=get(stack), put(stack,[T|S]), put({cov,M,T},1),
      (length(S)>200) andalso error(too_deep),
      {type,_,D,C2,_,_}=ltype(M,T),
      V=gd(D,tol(C2)++Con), put(stack,S), V
  end.
tol(L) when is_list(L)->L.
gtype({type,_,D,C,_,_}) -> gd(D,C);
gtype({'Externaltypereference',_,M,T}) -> gref(M,T,[]);
gtype({typedef,_,_,_,Ty}) -> gtype(Ty).

hook(X) when X=='PLMNidentity'; X=='PLMN-Identity' ->
  % 2 digits MNC: filler 1111 ; BCD per 24.008
  case base(get(proto)) of rrc -> no; _ -> spend(24),
   D=fun()->r(10) end, N3=case pct(50) of true->15; _->D() end,
   {ok,<<(D()):4,(D()):4,N3:4,(D()):4,(D()):4,(D()):4>>} end;
hook(X) when X=='UE-History-Information'; X=='OldBSS-ToNewBSS-Information'; X=='NewBSS-To-OldBSS-Information' ->
  %% opaque non-RANAP octets that tshark sub-dissects: leave out for the tshark comparison
  case os:getenv("TSCLEAN") of false->no; _->throw(uninhabited) end;
hook('IMSI') -> N=pick([14,15]), spend(64),
   D=[r(10)||_<-lists:seq(1,N)], D2=case length(D) rem 2 of 1->D++[15]; 0->D end,
   {ok,<< <<B:4,A:4>> || {A,B}<-pairs(D2)>>};
hook('RRC-Container') ->
  St=get(stack),
  case pct(70) of
   true ->
    case [X||X<-St, X=='SourceRNC-ToTargetRNC-TransparentContainer' orelse X=='TargetRNC-ToSourceRNC-TransparentContainer'] of
     ['SourceRNC-ToTargetRNC-TransparentContainer'|_] -> {ok,rrc('ToTargetRNC-Container')};
     ['TargetRNC-ToSourceRNC-TransparentContainer'|_] -> {ok,rrc('TargetRNC-ToSourceRNC-Container')};
     _ -> no end;
   false -> no end;
hook(_) -> no.
pairs([A,B|T])->[{A,B}|pairs(T)]; pairs([])->[].
rrc(T) ->
  P=get(proto), S=get(stack), B=get(budget), put(stack,[]), put(proto,rrc), put(budget,min(B,6000)),
  case get({db,rrc}) of undefined -> code:add_pathz(dir(rrc)++""), dbload(rrc); _->ok end,
  M=mod_of(atom_to_list(T)), V=gref(M,T,[]), {ok,E}=M:encode(T,V),
  put(proto,P), put(stack,S), put(budget,B-8*byte_size(E)), E.

spend(N) -> put(budget,get(budget)-N).
poor() -> get(budget)<0.

gd({'Externaltypereference',_,M,T},C) -> gref(M,T,C);
gd('INTEGER',C) -> gint(C);
gd({'INTEGER',Nm},C) -> V=gint(C), case [N||{N,X}<-Nm,X=:=V] of [N|_]->N; []->V end;
gd('BOOLEAN',_) -> spend(1), pct(50);
gd('NULL',_) -> 'NULL';
gd({'ENUMERATED',L0},_) -> spend(3),
  case L0 of {R,E} -> {N,_}=P=pick(later(norme(R)++norme(E),1)),
      (N=:='later-value') andalso had("later value"), lists:member(P,norme(R)) orelse had("value outside the root"), N; L -> {N,_}=pick(norme(L)), N end;
gd({'BIT STRING',[_|_]=Nb},C) -> B=gstr(bit,C),
  L=[Bit||<<Bit:1>> <= B],
  [case lists:keyfind(P,2,Nb) of {N,_}->N; false->{bit,P} end||{P,1}<-lists:zip(lists:seq(0,length(L)-1),L)];
gd({'BIT STRING',_},C) -> gstr(bit,C);
gd('OCTET STRING',C) -> gstr(oct,C);
gd('OBJECT IDENTIFIER',_) -> spend(40), {pick([0,1]),r(40),r(1000)};
gd('UTCTime',_) -> "2001011200Z";
gd({'SEQUENCE',_,TC,_,Comps},_) -> gseq(TC,Comps,undefined);
gd({'SEQUENCE OF',El},C) -> gsof(El,C);
gd({'CHOICE',A},_) -> gchoice(A).
%% sometimes the addition of modules.py --more to an enumeration or choice
later(L,At) -> case pct(20) of true->L; false->[X||X<-L,not lists:member(element(At,X),['later-value','later-alternative'])] end.
norme(L) -> [X||{_,_}=X<-L].

range(C,Kind) -> range(C,Kind,{'MIN','MAX'},false).
range([],_,R,E) -> {R,E};
range([{K,{{L,U},_}}|T],K,R,_) when K=='SizeConstraint' -> range(T,K,isect(R,{L,U}),true);
range([{{K,{L,U}},_}|T],K,R,_) -> range(T,K,isect(R,{L,U}),true);
range([{K,{L,U}}|T],K,R,E) -> range(T,K,isect(R,{L,U}),E);
range([{K,N}|T],K,R,E) when is_integer(N) -> range(T,K,isect(R,{N,N}),E);
range([_|T],K,R,E) -> range(T,K,R,E).
isect({A,B},{L,U}) -> {mx(A,L),mn(B,U)}.
mx('MIN',X)->X; mx(X,'MIN')->X; mx(A,B)->max(A,B).
mn('MAX',X)->X; mn(X,'MAX')->X; mn(A,B)->min(A,B).

gint(C) ->
  spend(8),
  case lists:keyfind('SingleValue',1,C) of
    {_,L} when is_list(L) -> pick(L);
    {_,V} when is_integer(V) -> V;
    _ ->
     {{L,U},Ext}=range(C,'ValueRange'),
     case {L,U} of
       {'MIN',_} -> r(200000)-100000;
       {_,'MAX'} -> L+r(100000);
       _ when Ext -> case pct(get(extpct)) of true -> had("number outside the root"), U+1+r(70000); false -> gi(L,U) end;
       _ -> gi(L,U)
     end
  end.
gi(L,U) -> case r(10) of 0->L; 1->U; 2->min(U,L+r(256)); _->L+r(U-L+1) end.

%% a length that requires fragments; as an IE of its own it also gives an open type of around 16K octets, or a multiple of that
len(L,'MAX') -> case get(long) andalso pct(80) of
    true -> put(long,false), K=16384*pick([1,1,1,2,2,3,4,4,5,8,9]), max(L,K-pick([0,0,0,1,2,3,4,-1,-2,r(200),-r(9000)]));
    false -> len1(L,'MAX') end;
len(L,U) -> len1(L,U).
len1(L,U0) ->
  U=case U0 of 'MAX'->100000; _->U0 end,
  case poor() of true->L; false->
   X=r(100),
   N = if X<3 -> L; X<6, U=<300 -> U; X<75 -> L+r(24); X<85 -> 120+r(16); X<88 -> 250+r(12);
          X<92 -> 60+r(10); X<93 -> 500+r(400); true -> L+r(100) end,
   max(L,min(U,N)) end.
gstr(K,C) ->
  case lists:keyfind(contentsconstraint,1,C) of
    {_,{type,_,{'Externaltypereference',_,M,T},_,_,_},_} ->
       V=gref(M,T,[]),
       case K of oct -> {ok,B}=M:encode(T,V),B;
         bit -> F=list_to_atom("enc_"++atom_to_list(T)),
           case pct(60) of true -> {ok,B}=M:encode(T,V),B;
             false -> case list_to_bitstring([M:F(V)]) of <<>> -> <<0>>; Bs->Bs end end
       end;
    {_,_,_} -> error(contents);
    _ ->
     {{L0,U},Ext}=range(C,'SizeConstraint'), L=case L0 of 'MIN'->0;_->L0 end,
     N=case Ext andalso pct(get(extpct)) of true -> had("size outside the root"), U+1+r(60); _ ->
          case K of bit when U=/='MAX',U=<200 -> case r(4) of 0->L;1->U;_->L+r(U-L+1) end; _ -> len(L,U) end end,
     N>=16384 andalso had("string in fragments"), N>=65536 andalso had("string of 64K and more"),
     N=:=0 andalso had("empty string"), N=:=U andalso U=/=L andalso had("full string"),
     case K of oct -> spend(8*min(N,9000)), rand:bytes(N);
       bit -> spend(N), <<B:N/bitstring,_/bitstring>> = <<(rand:bytes((N+7) div 8))/binary>>, B end
  end.

gsof({type,X,'OCTET STRING',[{'SizeConstraint',{3,3}}],Y,Z},C) when X=/=plmn ->
  %% only PLMN lists look like this in RANAP/RNSAP
  case base(get(proto)) of rrc -> gsof({type,plmn,'OCTET STRING',[{'SizeConstraint',{3,3}}],Y,Z},C);
    _ -> L=gsof({type,plmn,'OCTET STRING',[{'SizeConstraint',{3,3}}],Y,Z},C), [begin {ok,P}=hook('PLMNidentity'),P end||_<-L] end;
gsof(El={type,_,Def,_,_,_},C) ->
  {{L0,U},Ext}=range(C,'SizeConstraint'), L=case L0 of 'MIN'->0;_->L0 end,
  case Def of
    {'SEQUENCE',_,{simpletableattributes,{M,Set},_,_,_,_,_},_,Comps} when U=='MAX'; U>=65535 ->
       gcontainer(M,Set,Comps,L);
    _ ->
      N=case Ext andalso pct(get(extpct)) of true -> had("list size outside the root"), U+1+r(3);
        _ -> case poor() of true->L; false->
          X=case get(mode) of lists->r(10)*10; _->r(100) end,
          Li=get(mode)=:=lists, N0=if Li, X<30 -> L; Li, X<60, is_integer(U), U=<300 -> U; X<55->L+r(3); X<85->L+r(6); X<88, is_integer(U), U=<64 ->U; true->L+r(12) end,
          case U of 'MAX'->N0; _->min(U,N0) end end end,
      spend(4), V=glist(El,N,L), Made=length(V),
      Made=:=U andalso U=/=L andalso had("full list"), Made=:=U andalso U>=64 andalso U=/=L andalso had("full list of 64 and more"), V
  end.
glist(El,N,L) -> glist(El,N,L,0,[]).
glist(_,N,L,N,Acc) -> N=:=0 andalso had("empty list"), N=:=L andalso N>0 andalso had("shortest list"), lists:reverse(Acc);
glist(El,N,L,I,Acc) ->
  case I>=L andalso get(budget) < -2000 of true -> lists:reverse(Acc);
  false -> glist(El,N,L,I+1,[gtype(El)|Acc]) end.

gcontainer(M,Set,Comps,Min) ->
  Os0=objs(M,Set),
  Os=order(Os0),
  Sel=[O||O={_,_,Fs}<-Os, case pres(Fs) of mandatory->true; _-> (not poor()) andalso pct(get(opt)) end],
  Sel2=case {length(Sel)<Min,Os} of {true,[]}->throw(uninhabited); {true,_}->[pick(Os)]; _->Sel end,
  L0=lists:append([begin S=get(stack), try [gobj(O,Comps)] catch throw:uninhabited when element(1,O)=/=x ->
        put(stack,S), case pres(Fs) of mandatory->throw(uninhabited); _->[] end end end||{_,_,Fs}=O<-Sel2]),
  L=case length(L0)<Min of true->throw(uninhabited); false->L0 end,
  L=:=[] andalso had("empty container"),
  case pct(get(unk)) of true -> had("unknown IE"), insert(L,unknown(Comps,[K||{_,K,_}<-Os])); false -> L end.
insert(L,X) -> {A,B}=lists:split(r(length(L)+1),L), A++[X|B].
unknown(Comps,Known) ->
  Id=60000+r(5000), false=lists:member(Id,Known),
  maps:from_list([case cfield(Cm) of {fixed,id} -> {N,Id}; {fixed,_} -> {N,pick([reject,ignore,notify])};
     {open,_} -> {N,{asn1_OPENTYPE,rand:bytes(1+r(20))}} end || Cm={_,_,N,_,_,_,_}<-Comps]).
%% no private IE is specified
private() -> Id=case pct(50) of true->{local,pick([0,r(65536),65535])}; false->{global,pick([{0,r(40)},{1,r(40),r(100000)},{2,r(1000),r(9),1 bsl r(30)}])} end,
  #{id=>Id,criticality=>pick([reject,ignore,notify]),value=>rand:bytes(1+r(20))}.
gobj(O,Comps) -> spend(40), gseq(obj,Comps,O).
pres(Fs) -> case lists:keyfind(presence,1,Fs) of {_,{valuedef,_,_,_,_,P,_}}->P; _->optional end.
order(Os) ->
  Ids=lists:sort([K||{_,K,_}<-Os]),
  case maps:get(Ids,get({ord,get(proto)}),undefined) of
    undefined -> Os;
    L -> [lists:keyfind(K,2,Os)||K<-L] end.
cfield({'ComponentType',_,_,{type,_,{'ObjectClassFieldType',_,_,_,{typefield,F}},_,_,_},_,_,_}) -> {open,F};
cfield({'ComponentType',_,_,{type,_,_,Con,_,_},_,_,_}) ->
  case lists:keyfind(ocft,1,Con) of {_,{'ObjectClassFieldType',_,_,_,{fixedtypevaluefield,F,_}}}->{fixed,F}; _->none end.

gseq({simpletableattributes,{M,Set},_,_,_,_,_},Comps,undefined) ->
  case objs(M,Set) of []->throw(uninhabited); Os->gobj(pick(Os),Comps) end;
gseq(_,Comps,O) ->
  {Root,Ext}=case Comps of {A,B}->{A,B}; {A,B,Z}->{A++Z,B}; L->{L,[]} end,
  M1=lists:foldl(fun(Cm,Acc)->gcomp(Cm,O,Acc) end,#{},[X||X<-Root,element(1,X)=='ComponentType']),
  Ex=[X||X<-Ext,element(1,X)=='ComponentType'],
  case Ex=/=[] andalso (not poor()) andalso pct(get(opt)) of
    true -> had("addition"), lists:foldl(fun(Cm,Acc)->gcomp(Cm,O,Acc) end,M1,Ex); false->M1 end.
gcomp(Cm={'ComponentType',_,N,Ty,Prop,_,_},O,Acc) ->
  G=fun()-> case O of undefined->gtype(Ty);
       {_,_,Fs} -> case cfield(Cm) of
          {fixed,F} -> {_,{valuedef,_,_,_,_,V,_}}=lists:keyfind(F,1,Fs),V;
          {open,F} -> {_,T}=lists:keyfind(F,1,Fs), gtype(T);
          none -> gtype(Ty) end end end,
  gcomp1(Prop,N,Ty,fun()->case chook(N,Ty) of {ok,V}->V; no->G() end end,Acc).
%% asn1ct inlines references to primitive types, so hook by component name too
chook(N,_) when N==pLMNidentity; N=='pLMN-Identity'; N==pLMN_Identity; N=='pLMN-ID' -> hook('PLMNidentity');
chook(privateIEs,_) -> {ok,[private()||_<-lists:seq(0,r(4))]};
chook('rRC-Container',_) -> hook('RRC-Container');
chook(N,_) when N==iMSI; N==imsi -> case base(get(proto)) of rrc->no; _->hook('IMSI') end;
%% RNSAP enhanced relocation: RANAP container fields stay OCTET STRING
%% the extension's level in RRC: a decoder skips one with another marker or version
chook(marker,_) -> {ok,<<16#4955:16>>};
chook(version,{type,_,'INTEGER',_,_,_}) -> {ok,2};
chook('dL-DCCHmessage',_) -> case base(get(proto))=:=rrc andalso pct85() of false->no; true ->
   F=get(force), S=get(stack), B=get(budget), put(budget,min(B,6000)),
   put(force,case pct(50) of true->['physicalChannelReconfiguration']; false->[] end),
   V=gref('RRC','DL-DCCH-Message',[]), put(force,F), put(stack,S),
   {ok,E}='RRC':encode('DL-DCCH-Message',V), put(budget,B-8*byte_size(E)), {ok,E} end;
chook(interRATHandoverInfo,{type,_,'OCTET STRING',_,_,_}) -> nested('RRC','InterRATHandoverInfo',255);
chook(present,{type,_,'OCTET STRING',[{'SizeConstraint',{0,63}}],_,_}) -> nested('RRC','UE-RadioAccessCapabilityInfo',63);
chook(N,Ty) -> case get(proto)=:=rrc andalso os:getenv("TSCLEAN")=/=false of false->no; true->tsclean(N,Ty) end.
%% octet string field documented (ASN.1 comment) as carrying another RRC type: fill it properly 85 % of the time
nested(M,T,Max) -> case ets:member(get({tab,get(proto),M}),T) andalso pct85() of false->no; true ->
   S=get(stack), B=get(budget),
   G=fun(Bu)-> put(budget,Bu), V=gref(M,T,[]), put(stack,S), {ok,E}=M:encode(T,V),E end,
   E=lists:foldl(fun(Bu,<<>>)->case G(Bu) of X when byte_size(X)=<Max->X; _-> <<>> end; (_,X)->X end,<<>>,[1500,500,100,0,-1]),
   put(budget,B-8*byte_size(E)), case E of <<>> when Max==63 -> no; _->{ok,E} end end.
pct85() -> os:getenv("TSCLEAN")=/=false orelse pct(85).
%% opaque non-RRC contents that tshark sub-dissects -> plausible or absent
tsclean(_,{type,_,'OCTET STRING',[{'SizeConstraint',{1,8}}],_,_}) -> {ok,rand:bytes(2)};
tsclean('gsm-Classmark2',_) -> {ok,<<16#33,3,(rand:bytes(3))/binary>>};
tsclean('gsm-Classmark3',_) -> {ok,<<0:96>>};
tsclean(N,_) when N=='ue-EUTRA-Capability'; N=='gsm-MS-RadioAccessCapability'; N=='gsm-MS-RadioAccessCapability-r6' -> throw(uninhabited);
tsclean(N,{type,_,Def,[{'SizeConstraint',{1,L}}],_,_}) when {Def,L}=={'OCTET STRING',64}; element(1,Def)=='BIT STRING', L==170 -> N,throw(uninhabited);
tsclean(_,_) -> no.
gcomp1(Prop,N,Ty,G,Acc) ->
  case Prop of
    mandatory -> Acc#{N=>G()};
    _ -> S=get(stack), spend(1),
      Want=case get(force) of [_|_] -> wanted(Ty); _->false end,
      case Want orelse ((not poor()) andalso pct(get(opt))) of
        true -> N=:='later-component' andalso had("later component"), is_tuple(Prop) andalso had("DEFAULT component there"),
          try Acc#{N=>default(N,Ty,G)} catch throw:uninhabited -> put(stack,S),Acc end;
        false ->
          case Prop of {'DEFAULT',Dv} -> had("DEFAULT component absent"), Acc#{N=>Dv}; _->Acc end
      end
  end.
wanted(_) -> false.
%% for components that modules.py --more made OPTIONAL: the default value itself in half of the cases
default(N,Ty,G) -> case get({defaults,get(proto)}) of #{N:=V} -> case pct(50) andalso fits(Ty,V) of true->had("DEFAULT value sent"), V; false->G() end;
   _ -> G() end.
fits({type,_,{'Externaltypereference',_,M,T},C,_,_},V) -> {type,A,D,C2,X,Y}=ltype(M,T), fits({type,A,D,tol(C2)++tol(C),X,Y},V);
fits({'Externaltypereference',_,M,T},V) -> fits(ltype(M,T),V);
fits({type,_,{'ENUMERATED',L},_,_,_},V) -> lists:keymember(V,1,norme(flat(L)));
fits({type,_,'BOOLEAN',_,_,_},V) -> is_boolean(V);
fits({type,_,D,C,_,_},V) when D=:='INTEGER'; element(1,D)=:='INTEGER' -> {{L,U},_}=range(tol(C),'ValueRange'),
   is_integer(V) andalso is_integer(L) andalso is_integer(U) andalso V>=L andalso V=<U;
fits(_,_) -> false.

gchoice(A) ->
  spend(3),
  Alts0=case A of {R,E}->R++E; {R,E,Z}->R++E++Z; L->L end,
  Alts=[X||X={'ComponentType',_,_,_,_,_,_}<-Alts0],
  case get(force) of
    [F|T] -> case lists:keyfind(F,3,Alts) of false -> gch(Alts); Cm -> put(force,T), galt(Cm) end;
    _ -> gch(Alts) end.
gch(Alts0) ->
  case poor() of
    true -> Costs=lists:sort([{cost(Ty,6),I}||{I,{_,_,_,Ty,_,_,_}}<-lists:zip(lists:seq(1,length(Alts0)),Alts0)]),
      {C0,_}=hd(Costs), Low=[I||{C,I}<-Costs,C=<C0], galt_try([lists:nth(pick(Low),Alts0)],Alts0);
    false ->
        Alts=later(Alts0,3),
      Later=[X||X={_,_,N,_,_,_,_}<-Alts, is_later(atom_to_list(N))],
      case Later=/=[] andalso pct(65) of true->galt_try([pick(Later)],Alts); false->galt_try([pick(Alts)],Alts) end
  end.
is_later("later-alternative")->false; is_later("later-than"++_)->true; is_later("later"++_)->true; is_later("criticalExtensions")->true; is_later("criticalExtension")->true; is_later(_)->false.
galt({_,P0,N,Ty,_,_,_}) -> put({cov,alt,{P0,N}},1), N=:='later-alternative' andalso had("later alternative"), {N,case chook(N,Ty) of {ok,V}->V; no->gtype(Ty) end}.
galt_try([Cm],Alts) -> S=get(stack),
  try galt(Cm) catch throw:uninhabited -> put(stack,S),
    case [X||X<-Alts,X=/=Cm] of []->throw(uninhabited); R->galt_try([pick(R)],R) end end.
%% static minimal cost estimate
cost(_,0) -> 1000;
cost({type,_,D,C,_,_},N) -> cd(D,C,N);
cost({'Externaltypereference',_,_,_}=R,N) -> cd(R,[],N);
cost(_,_) -> 1.
cd({'Externaltypereference',_,M,T},C,N) ->
  K={cost,get(proto),M,T,N},
  case get(K) of undefined -> {type,_,D,C2,_,_}=ltype(M,T), V=cd(D,tol(C2)++C,N-1), put(K,V), V; V->V end;
cd(_,_,0) -> 1000;
cd('NULL',_,_)->0; cd('BOOLEAN',_,_)->1; cd('INTEGER',_,_)->2; cd({'ENUMERATED',_},_,_)->2;
cd({'SEQUENCE',_,_,_,Cs},_,N) -> {R,_}=case Cs of {A,B}->{A,B};{A,B,_}->{A,B};L->{L,[]} end,
   lists:sum([1+cost(Ty,N-1)||{'ComponentType',_,_,Ty,mandatory,_,_}<-R]);
cd({'CHOICE',A},_,N) -> L=case A of {R,_}->R;{R,_,_}->R;R->R end, 1+lists:min([cost(Ty,N-1)||{'ComponentType',_,_,Ty,_,_,_}<-L]);
cd({'SEQUENCE OF',El},C,N) -> {{L0,_},_}=range(C,'SizeConstraint'), L=case L0 of 'MIN'->0;_->L0 end, 2+L*cost(El,N-1);
cd(_,C,_) -> {{L0,_},_}=range(C,'SizeConstraint'), 8+case L0 of 'MIN'->0; X->X end.
