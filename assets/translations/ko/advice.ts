<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>A search for the {device} found model {name}, which fits.</source>
        <translation>{device}에 맞춰 찾은 모델 {name}이(가) 들어가요.</translation>
    </message>
    <message>
        <source>A search of {minutes:g} minutes for the {device} found nothing that surely fits.</source>
        <translation>{device}에 맞춰 {minutes:g}분 동안 찾았지만 확실히 들어가는 것이 없었어요.</translation>
    </message>
    <message>
        <source>A smaller model or a smaller input was not tried: that takes a search for this device.</source>
        <translation>더 작은 모델이나 더 작은 입력은 해 보지 않았어요. 이 기기에 맞춘 탐색이 필요해요.</translation>
    </message>
    <message>
        <source>An int8 file may be smaller, but samples of the data set its ranges, and a model file brings none: it was not tried.</source>
        <translation>int8 파일이 더 작을 수 있지만, 범위를 정하려면 데이터 샘플이 필요해요. 모델 파일에는 없어서 해 보지 않았어요.</translation>
    </message>
    <message>
        <source>As int8 with fewer channels it loses too much.</source>
        <translation>채널을 줄인 int8 파일은 정확도를 너무 많이 잃어요.</translation>
    </message>
    <message>
        <source>As int8 with fewer channels, fine-tuned, it fits the {device}.</source>
        <translation>채널을 줄여 미세 조정한 int8 파일은 {device}에 들어가요.</translation>
    </message>
    <message>
        <source>As int8 with fewer channels, fine-tuned, it still does not surely fit the {device}.</source>
        <translation>채널을 줄여 미세 조정한 int8 파일도 {device}에 확실히 들어간다고 할 수 없어요.</translation>
    </message>
    <message>
        <source>It came to nothing: {why}</source>
        <translation>만들지 못했어요: {why}</translation>
    </message>
    <message>
        <source>It fits the {device} if {runtime} runs it.</source>
        <translation>{runtime}(으)로 실행하면 {device}에 들어가요.</translation>
    </message>
    <message>
        <source>It fits the {device} once a part of its channels is taken out.</source>
        <translation>채널 일부를 덜어내면 {device}에 들어가요.</translation>
    </message>
    <message>
        <source>It is int8 already. A smaller model takes the data it learned from: nothing was tried.</source>
        <translation>이미 int8이에요. 더 작은 모델을 만들려면 학습에 쓴 데이터가 필요해서 아무것도 해 보지 않았어요.</translation>
    </message>
    <message>
        <source>It is off by {now:.3g} ({low:.3g} to {high:.3g}) {unit} on the validation side instead of {before:.3g}.</source>
        <translation>검증 쪽에서 평균 오차가 {before:.3g} 대신 {now:.3g}({low:.3g}~{high:.3g}) {unit}이에요.</translation>
    </message>
    <message>
        <source>It is right in {now:.1f} % of the validation samples ({low:.1f} to {high:.1f}) instead of {before:.1f} %.</source>
        <translation>검증 샘플의 {before:.1f} % 대신 {now:.1f} %를 맞혀요({low:.1f}~{high:.1f}).</translation>
    </message>
    <message>
        <source>Model {name} fits the {device} in its place.</source>
        <translation>대신 모델 {name}이(가) {device}에 들어가요.</translation>
    </message>
    <message>
        <source>Model {name} fits the {device}.</source>
        <translation>모델 {name}이(가) {device}에 들어가요.</translation>
    </message>
    <message>
        <source>No board would do with any one of the wishes dropped either.</source>
        <translation>조건을 하나씩 빼 보아도 맞는 보드가 없어요.</translation>
    </message>
    <message>
        <source>Nothing that was tried surely fits the {device}.</source>
        <translation>해 본 것 가운데 {device}에 확실히 들어가는 것이 없어요.</translation>
    </message>
    <message>
        <source>Other models were not looked at.</source>
        <translation>다른 모델은 살펴보지 않았어요.</translation>
    </message>
    <message>
        <source>Taking out channels was not tried.</source>
        <translation>채널을 덜어내는 것은 해 보지 않았어요.</translation>
    </message>
    <message>
        <source>With the smaller {board} ({ram} of RAM) it is off by {now:.3g} ({low:.3g} to {high:.3g}) {unit} instead of {best:.3g}.</source>
        <translation>더 작은 {board}(RAM {ram})에서는 평균 오차가 {best:.3g} 대신 {now:.3g}({low:.3g}~{high:.3g}) {unit}이에요.</translation>
    </message>
    <message>
        <source>With the smaller {board} ({ram} of RAM) it is right in {now:.1f} % ({low:.1f} to {high:.1f}) instead of {best:.1f} %.</source>
        <translation>더 작은 {board}(RAM {ram})에서는 {best:.1f} % 대신 {now:.1f} %를 맞혀요({low:.1f}~{high:.1f}).</translation>
    </message>
    <message>
        <source>With {runtime} it would not fit the {device}.</source>
        <translation>{runtime}(으)로는 {device}에 들어가지 않아요.</translation>
    </message>
    <message>
        <source>Without the wish for accuracy {boards} boards would do.</source>
        <translation>정확도 조건을 빼면 맞는 보드가 {boards}개예요.</translation>
    </message>
    <message>
        <source>Without the wish for little RAM {boards} boards would do.</source>
        <translation>RAM 조건을 빼면 맞는 보드가 {boards}개예요.</translation>
    </message>
    <message>
        <source>Without the wish for little flash {boards} boards would do.</source>
        <translation>플래시 조건을 빼면 맞는 보드가 {boards}개예요.</translation>
    </message>
    <message>
        <source>Without the wish for speed {boards} boards would do.</source>
        <translation>속도 조건을 빼면 맞는 보드가 {boards}개예요.</translation>
    </message>
    <message>
        <source>{count} other models of the same dataset version were judged; none surely fits the {device}.</source>
        <translation>같은 데이터셋 버전의 다른 모델 {count}개를 확인했지만, {device}에 확실히 들어가는 것이 없어요.</translation>
    </message>
    <message>
        <source>{ram} of RAM and {flash} of flash are left.</source>
        <translation>RAM {ram}, 플래시 {flash}가 남아요.</translation>
    </message>
    <message>
        <source>{ram} of RAM are left.</source>
        <translation>RAM {ram}가 남아요.</translation>
    </message>
    <message>
        <source>{runtime} runs it there as it is; nothing is trained or converted anew.</source>
        <translation>{runtime}(으)로 그대로 실행돼요. 다시 학습하거나 변환하지 않아요.</translation>
    </message>
    <message>
        <source>Whether it fits the {device} with {runtime} is not sure.</source>
        <translation>{runtime}(으)로 {device}에 들어가는지는 확실하지 않아요.</translation>
    </message>
</context>
</TS>
