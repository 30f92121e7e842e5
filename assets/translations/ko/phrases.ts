<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>0 of {of}; the true rate may still be {percent:.2g} %</source>
        <translation>{of} 중 0, 실제 비율은 그래도 {percent:.2g} %일 수 있어요</translation>
    </message>
    <message>
        <source>All samples are of one session, so other sessions may do very differently.</source>
        <translation>모든 샘플이 한 세션에서 왔어요. 다른 세션에서는 결과가 아주 다를 수 있어요.</translation>
    </message>
    <message>
        <source>At these costs 'not sure' is always better than an answer.</source>
        <translation>이 비용이라면 답하는 것보다 '모르겠음'이 언제나 나아요.</translation>
    </message>
    <message>
        <source>At these costs an answer is always better than 'not sure'.</source>
        <translation>이 비용이라면 '모르겠음'보다 답하는 쪽이 언제나 나아요.</translation>
    </message>
    <message>
        <source>Below {threshold:.2f} the answer is 'not sure': about {unsure} of 100. Of the others about {wrong} of 100 are wrong.</source>
        <translation>{threshold:.2f}보다 낮으면 답은 '모르겠음'이에요: 100개 중 약 {unsure}개. 나머지에서는 100개 중 약 {wrong}개가 틀려요.</translation>
    </message>
    <message>
        <source>Code size and stack of the generated C are estimated; it was not compiled for the {device}.</source>
        <translation>생성된 C의 코드 크기와 스택은 추정값이에요. {device}용으로 컴파일하지 않았어요.</translation>
    </message>
    <message>
        <source>How sure the model is agrees with how often it is right.</source>
        <translation>모델이 확신하는 정도가 실제로 맞히는 비율과 맞아요.</translation>
    </message>
    <message>
        <source>It also needs {size} of storage for the model.</source>
        <translation>모델을 저장할 공간도 {size} 필요해요.</translation>
    </message>
    <message>
        <source>It does not fit the {device}: it needs at least {needed} of RAM, and there are {there}.</source>
        <translation>{device}에 들어가지 않아요. RAM이 적어도 {needed} 필요한데 {there} 있어요.</translation>
    </message>
    <message>
        <source>It does not fit the {device}: it needs at least {needed} of flash, and there are {there}.</source>
        <translation>{device}에 들어가지 않아요. 플래시가 적어도 {needed} 필요한데 {there} 있어요.</translation>
    </message>
    <message>
        <source>It does not fit the {device}: its RAM lies in several places, and {part} is larger than what is free in each.</source>
        <translation>{device}에 들어가지 않아요. RAM이 여러 곳에 나뉘어 있고, {part}은(는) 어느 곳의 빈자리보다도 커요.</translation>
    </message>
    <message>
        <source>It explains {points:.1f} points less of the variance of {samples} validation samples, and {limit:g} may be lost.</source>
        <translation>검증 샘플 {samples}개의 분산을 {points:.1f}점 덜 설명하는데, {limit:g}점까지 잃어도 돼요.</translation>
    </message>
    <message>
        <source>It explains {points:.1f} points less of the variance of {samples} validation samples.</source>
        <translation>검증 샘플 {samples}개의 분산을 {points:.1f}점 덜 설명해요.</translation>
    </message>
    <message>
        <source>It fits the {device} and uses at most {percent} % of its memory.</source>
        <translation>{device}에 들어가요. 메모리를 많아야 {percent} % 써요.</translation>
    </message>
    <message>
        <source>It loses {points:.1f} points of {samples} validation samples, and {limit:g} may be lost: {lost} are wrong that float has right, {won} the other way round.</source>
        <translation>검증 샘플 {samples}개에서 {points:.1f}점을 잃는데, {limit:g}점까지 잃어도 돼요. float는 맞히는데 틀린 것이 {lost}개, 그 반대가 {won}개예요.</translation>
    </message>
    <message>
        <source>It loses {points:.1f} points of {samples} validation samples, and {limit:g} may be lost; but only {lost} turned wrong and {won} right, which may be chance (p = {p:.2g}).</source>
        <translation>검증 샘플 {samples}개에서 {points:.1f}점을 잃는데, {limit:g}점까지 잃어도 돼요. 하지만 틀리게 된 것이 {lost}개, 맞게 된 것이 {won}개뿐이라 우연일 수 있어요(p = {p:.2g}).</translation>
    </message>
    <message>
        <source>It loses {points:.1f} points of {samples} validation samples, and {worst:.1f} points of the class that loses most.</source>
        <translation>검증 샘플 {samples}개에서 {points:.1f}점을 잃고, 가장 많이 잃는 클래스에서 {worst:.1f}점을 잃어요.</translation>
    </message>
    <message>
        <source>It may not fit the {device}: it could need {needed} of RAM, and there are {there}.</source>
        <translation>{device}에 들어가지 않을 수 있어요. RAM이 {needed}까지 필요할 수 있는데 {there} 있어요.</translation>
    </message>
    <message>
        <source>It may not fit the {device}: it could need {needed} of flash, and there are {there}.</source>
        <translation>{device}에 들어가지 않을 수 있어요. 플래시가 {needed}까지 필요할 수 있는데 {there} 있어요.</translation>
    </message>
    <message>
        <source>It may not fit the {device}: its RAM lies in several places, and {part} could be larger than what is free in each.</source>
        <translation>{device}에 들어가지 않을 수 있어요. RAM이 여러 곳에 나뉘어 있고, {part}이(가) 어느 곳의 빈자리보다도 클 수 있어요.</translation>
    </message>
    <message>
        <source>It needs between {least} and {most} of RAM, depending on the program.</source>
        <translation>프로그램에 따라 RAM이 {least}에서 {most} 필요해요.</translation>
    </message>
    <message>
        <source>It needs between {least} and {most} of flash, depending on the program.</source>
        <translation>프로그램에 따라 플래시가 {least}에서 {most} 필요해요.</translation>
    </message>
    <message>
        <source>No runtime of the studio runs on the {device}.</source>
        <translation>{device}에서 돌아가는 런타임이 스튜디오에 없어요.</translation>
    </message>
    <message>
        <source>Nothing on the {device} reads {format} files.</source>
        <translation>{device}에는 {format} 파일을 읽는 런타임이 없어요.</translation>
    </message>
    <message>
        <source>On the processor: {operators}. {reason}</source>
        <translation>프로세서에서 실행: {operators}. {reason}</translation>
    </message>
    <message>
        <source>The RAM of the {device} is not known.</source>
        <translation>{device}의 RAM은 알려져 있지 않아요.</translation>
    </message>
    <message>
        <source>The RAM of the {device} is unverified: fewer than two sources agree.</source>
        <translation>{device}의 RAM은 확인되지 않았어요. 일치하는 출처가 둘보다 적어요.</translation>
    </message>
    <message>
        <source>The flash of the {device} is not known.</source>
        <translation>{device}의 플래시는 알려져 있지 않아요.</translation>
    </message>
    <message>
        <source>The flash of the {device} is unverified: fewer than two sources agree.</source>
        <translation>{device}의 플래시는 확인되지 않았어요. 일치하는 출처가 둘보다 적어요.</translation>
    </message>
    <message>
        <source>The model is less sure than it could be: temperature {temperature:.2f}.</source>
        <translation>모델이 실제보다 덜 확신해요: 온도 {temperature:.2f}.</translation>
    </message>
    <message>
        <source>The model is surer than it should be: temperature {temperature:.2f}.</source>
        <translation>모델이 실제보다 더 확신해요: 온도 {temperature:.2f}.</translation>
    </message>
    <message>
        <source>The ranges take the {units} samples as independent.</source>
        <translation>이 범위는 샘플 {units}개가 서로 독립이라고 봐요.</translation>
    </message>
    <message>
        <source>The ranges take whole sessions or recordings, not single samples or windows, as independent: {units} of them.</source>
        <translation>이 범위는 샘플이나 구간 하나하나가 아니라 세션이나 녹화 전체가 서로 독립이라고 봐요. 모두 {units}개예요.</translation>
    </message>
    <message>
        <source>The tensor arena is not known. {why}</source>
        <translation>텐서 아레나의 크기를 알 수 없어요. {why}</translation>
    </message>
    <message>
        <source>The {device} cannot run this model as it is.</source>
        <translation>{device}에서는 이 모델을 지금 그대로 실행할 수 없어요.</translation>
    </message>
    <message>
        <source>The {runtime} runs {taken} of {all} operators.</source>
        <translation>{runtime}이(가) 연산자 {all}개 중 {taken}개를 실행해요.</translation>
    </message>
    <message>
        <source>The {runtime} runs {types} only, and this model computes with {names}; convert it to int8 throughout.</source>
        <translation>{runtime}은(는) {types}만 실행하는데, 이 모델은 {names}(으)로 계산해요. 전체를 int8로 변환하세요.</translation>
    </message>
    <message>
        <source>What a camera, microphone or sensor needs as a buffer is not known; it comes on top.</source>
        <translation>카메라, 마이크, 센서의 버퍼가 얼마나 필요한지는 알 수 없어요. 그만큼 더 들어요.</translation>
    </message>
    <message>
        <source>Whether it fits is not known: nobody states how much RAM the {device} has.</source>
        <translation>들어가는지 알 수 없어요. {device}의 RAM이 얼마인지 밝힌 곳이 없어요.</translation>
    </message>
    <message>
        <source>Whether it fits is not known: nobody states how much flash the {device} has.</source>
        <translation>들어가는지 알 수 없어요. {device}의 플래시가 얼마인지 밝힌 곳이 없어요.</translation>
    </message>
    <message>
        <source>Whether it fits the {device} is not known: how much RAM the model needs could not be found out.</source>
        <translation>{device}에 들어가는지 알 수 없어요. 모델에 RAM이 얼마나 필요한지 알아내지 못했어요.</translation>
    </message>
    <message>
        <source>Whether it fits the {device} is not known: how much flash the model needs could not be found out.</source>
        <translation>{device}에 들어가는지 알 수 없어요. 모델에 플래시가 얼마나 필요한지 알아내지 못했어요.</translation>
    </message>
    <message>
        <source>Which operators the {runtime} takes is not known: its compiler was not run.</source>
        <translation>{runtime}이(가) 어떤 연산자를 맡는지 알 수 없어요. 그 컴파일러를 실행하지 않았어요.</translation>
    </message>
    <message>
        <source>With {samples} samples the error may be between {low:.2g} and {high:.2g}: these measurements cannot tell whether more data helps.</source>
        <translation>샘플이 {samples}개면 오류는 {low:.2g}에서 {high:.2g} 사이일 수 있어요. 데이터를 더 모으면 도움이 되는지는 이 측정으로 알 수 없어요.</translation>
    </message>
    <message>
        <source>With {samples} samples the error would be about {about:.2g} (between {low:.2g} and {high:.2g}): more data helps.</source>
        <translation>샘플이 {samples}개면 오류는 약 {about:.2g}({low:.2g}에서 {high:.2g} 사이)일 거예요. 데이터가 더 있으면 도움이 돼요.</translation>
    </message>
    <message>
        <source>With {samples} samples the error would be about {about:.2g} (between {low:.2g} and {high:.2g}): more data of this kind helps little.</source>
        <translation>샘플이 {samples}개면 오류는 약 {about:.2g}({low:.2g}에서 {high:.2g} 사이)일 거예요. 이런 데이터를 더 모아도 별로 도움이 되지 않아요.</translation>
    </message>
    <message>
        <source>about {about:.3g} {unit}; between {low:.3g} and {high:.3g}</source>
        <translation>약 {about:.3g} {unit}, {low:.3g}에서 {high:.3g} 사이</translation>
    </message>
    <message>
        <source>about {about} of {of}; between {low} and {high}</source>
        <translation>{of} 중 약 {about}, {low}에서 {high} 사이</translation>
    </message>
    <message>
        <source>code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>sensor buffer</source>
        <translation>센서 버퍼</translation>
    </message>
    <message>
        <source>stack of the sketch</source>
        <translation>스케치의 스택</translation>
    </message>
    <message>
        <source>variables</source>
        <translation>변수</translation>
    </message>
    <message>
        <source>{better} is better than {worse} (p = {p:.2g}).</source>
        <translation>{better}이(가) {worse}보다 나아요(p = {p:.2g}).</translation>
    </message>
    <message>
        <source>{chosen} is smaller than {best}, and the {samples} validation samples cannot tell them apart.</source>
        <translation>{chosen}은(는) {best}보다 작고, 검증 샘플 {samples}개로는 둘의 차이를 알 수 없어요.</translation>
    </message>
    <message>
        <source>{chosen} is smaller than {best}, and the {samples} validation samples cannot tell them apart: it may serve as well.</source>
        <translation>{chosen}은(는) {best}보다 작고, 검증 샘플 {samples}개로는 둘의 차이를 알 수 없어요. 이것으로도 충분할 수 있어요.</translation>
    </message>
    <message>
        <source>{chosen} makes the fewest errors, and nothing smaller comes close enough.</source>
        <translation>{chosen}이(가) 가장 적게 틀리고, 더 작은 것 가운데 그만큼 되는 것이 없어요.</translation>
    </message>
    <message>
        <source>{classes} of the classes have so few validation samples that a single one is more than the limit; more of them would tell more.</source>
        <translation>클래스 {classes}개는 검증 샘플이 너무 적어서 하나만 틀려도 한도를 넘어요. 샘플이 더 있으면 더 잘 알 수 있어요.</translation>
    </message>
    <message>
        <source>{first} and {second} cannot be told apart (p = {p:.2g}).</source>
        <translation>{first}와(과) {second}의 차이를 알 수 없어요(p = {p:.2g}).</translation>
    </message>
    <message>
        <source>{first} and {second} cannot be told apart: with so few independent samples no difference could be.</source>
        <translation>{first}와(과) {second}의 차이를 알 수 없어요. 독립된 샘플이 너무 적어서 어떤 차이도 드러날 수 없어요.</translation>
    </message>
    <message>
        <source>{name} loses {points:.1f} points of {samples} validation samples, and {limit:g} may be lost: {lost} are wrong that float has right, {won} the other way round.</source>
        <translation>{name}이(가) 검증 샘플 {samples}개에서 {points:.1f}점을 잃는데, {limit:g}점까지 잃어도 돼요. float는 맞히는데 틀린 것이 {lost}개, 그 반대가 {won}개예요.</translation>
    </message>
    <message>
        <source>{name} loses {points:.1f} points of {samples} validation samples, and {limit:g} may be lost; but only {lost} turned wrong and {won} right, which may be chance (p = {p:.2g}).</source>
        <translation>{name}이(가) 검증 샘플 {samples}개에서 {points:.1f}점을 잃는데, {limit:g}점까지 잃어도 돼요. 하지만 틀리게 된 것이 {lost}개, 맞게 된 것이 {won}개뿐이라 우연일 수 있어요(p = {p:.2g}).</translation>
    </message>
    <message>
        <source>{runtime} does not compute with {names}.</source>
        <translation>{runtime}은(는) {names}(으)로 계산하지 못해요.</translation>
    </message>
    <message>
        <source>{runtime} does not run models with float activations and int8 weights (dynamic range); convert it to int8 throughout.</source>
        <translation>{runtime}은(는) 활성값이 실수이고 가중치가 int8인 모델(동적 범위)을 실행하지 못해요. 전체를 int8로 변환하세요.</translation>
    </message>
    <message>
        <source>{runtime} does not run {precision} models.</source>
        <translation>{runtime}은(는) {precision} 모델을 실행하지 못해요.</translation>
    </message>
    <message>
        <source>{runtime} has no operator {names}.</source>
        <translation>{runtime}에는 연산자 {names}이(가) 없어요.</translation>
    </message>
    <message>
        <source>{runtime} is not possible: {why}</source>
        <translation>{runtime}을(를) 쓸 수 없어요: {why}</translation>
    </message>
    <message>
        <source>{runtime} needs every size fixed, and this model leaves one open.</source>
        <translation>{runtime}에는 모든 크기가 정해져 있어야 하는데, 이 모델에는 정해지지 않은 크기가 있어요.</translation>
    </message>
    <message>
        <source>{runtime} needs {ram} of {ram_limit} RAM and {flash} of {flash_limit} flash.</source>
        <translation>{runtime}: RAM {ram_limit} 중 {ram}, 플래시 {flash_limit} 중 {flash}이(가) 필요해요.</translation>
    </message>
    <message>
        <source>{runtime} needs {ram} of {ram_limit} RAM.</source>
        <translation>{runtime}: RAM {ram_limit} 중 {ram}이(가) 필요해요.</translation>
    </message>
    <message>
        <source>{runtime} wants one scale for all weights of {names}, and this model has one per channel.</source>
        <translation>{runtime}에는 {names}의 모든 가중치에 스케일이 하나여야 하는데, 이 모델은 채널마다 하나씩 있어요.</translation>
    </message>
    <message>
        <source>{runtime} wants one scale for each activation, and this model has several.</source>
        <translation>{runtime}에는 활성값마다 스케일이 하나여야 하는데, 이 모델은 여러 개예요.</translation>
    </message>
</context>
</TS>
