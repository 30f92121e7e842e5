<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>A Makefile, start-up code and a linker script, without a system.</source>
        <translation>운영체제 없이 쓰는 Makefile, 시작 코드, 링커 스크립트입니다.</translation>
    </message>
    <message>
        <source>A Zephyr module with the self-test as a sample.</source>
        <translation>자체 검사를 예제로 담은 Zephyr 모듈입니다.</translation>
    </message>
    <message>
        <source>A component for chips of Espressif.</source>
        <translation>Espressif 칩용 컴포넌트입니다.</translation>
    </message>
    <message>
        <source>A library and a project for PlatformIO.</source>
        <translation>PlatformIO용 라이브러리와 프로젝트입니다.</translation>
    </message>
    <message>
        <source>A library for the Arduino IDE, with two sketches.</source>
        <translation>스케치 두 개가 든 Arduino IDE용 라이브러리입니다.</translation>
    </message>
    <message>
        <source>A library that any CMake project takes in.</source>
        <translation>어느 CMake 프로젝트에나 넣을 수 있는 라이브러리입니다.</translation>
    </message>
    <message>
        <source>A package to install on a PC or a board with Linux.</source>
        <translation>PC나 리눅스 보드에 설치하는 패키지입니다.</translation>
    </message>
    <message>
        <source>Another model or device is chosen under Train and Device.</source>
        <translation>다른 모델이나 장치는 학습과 장치에서 고를 수 있습니다.</translation>
    </message>
    <message>
        <source>Another place…</source>
        <translation>다른 위치…</translation>
    </message>
    <message>
        <source>Bare metal</source>
        <translation>베어메탈</translation>
    </message>
    <message>
        <source>Bundle read back and verified</source>
        <translation>번들을 다시 읽어 검증함</translation>
    </message>
    <message>
        <source>Bundle with everything</source>
        <translation>모두 담은 번들</translation>
    </message>
    <message>
        <source>Bundle written</source>
        <translation>번들을 저장함</translation>
    </message>
    <message>
        <source>Bundles (*.zip)</source>
        <translation>번들 (*.zip)</translation>
    </message>
    <message>
        <source>C code compared with the model</source>
        <translation>C 코드를 모델과 비교함</translation>
    </message>
    <message>
        <source>C code compiled for the device</source>
        <translation>C 코드를 장치용으로 컴파일함</translation>
    </message>
    <message>
        <source>C code run on an emulated core</source>
        <translation>C 코드를 에뮬레이터 코어에서 실행함</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>내보내기 취소</translation>
    </message>
    <message>
        <source>Choose one in the place Device; then it can be packed.</source>
        <translation>장치 화면에서 하나를 고르면 묶을 수 있습니다.</translation>
    </message>
    <message>
        <source>Class names and how an input is prepared</source>
        <translation>클래스 이름과 입력 전처리 방법</translation>
    </message>
    <message>
        <source>Close the report</source>
        <translation>보고서 닫기</translation>
    </message>
    <message>
        <source>Copy file</source>
        <translation>파일 복사</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>경로 복사</translation>
    </message>
    <message>
        <source>Drag it to a folder or a mail, or press for a menu.</source>
        <translation>폴더나 메일로 끌어다 놓거나, 눌러서 메뉴를 여세요.</translation>
    </message>
    <message>
        <source>Drag me out</source>
        <translation>끌어서 꺼내기</translation>
    </message>
    <message>
        <source>Earlier bundles</source>
        <translation>이전 번들</translation>
    </message>
    <message>
        <source>Every file is as it was made</source>
        <translation>모든 파일이 만들 때 그대로입니다</translation>
    </message>
    <message>
        <source>Every file is there and no other</source>
        <translation>모든 파일이 있고 다른 파일은 없습니다</translation>
    </message>
    <message>
        <source>Every model file, C and Python code, the report and the proof.</source>
        <translation>모든 모델 파일, C와 Python 코드, 보고서와 증명이 들어 있습니다.</translation>
    </message>
    <message>
        <source>Export the bundle</source>
        <translation>번들 내보내기</translation>
    </message>
    <message>
        <source>Exporting the bundle</source>
        <translation>번들을 내보내는 중</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Form of the bundle</source>
        <translation>번들 형식</translation>
    </message>
    <message>
        <source>How far the export is</source>
        <translation>내보내기 진행 정도</translation>
    </message>
    <message>
        <source>It fits the memory of the device</source>
        <translation>장치 메모리에 들어감</translation>
    </message>
    <message>
        <source>It ran in an emulator, not on the board</source>
        <translation>보드가 아니라 에뮬레이터에서 실행함</translation>
    </message>
    <message>
        <source>Lately for:</source>
        <translation>최근 장치:</translation>
    </message>
    <message>
        <source>Model #{id} for {device}</source>
        <translation>{device}용 모델 #{id}</translation>
    </message>
    <message>
        <source>Model #{id} for {device}, {where}</source>
        <translation>{device}용 모델 #{id}, {where}</translation>
    </message>
    <message>
        <source>Model #{id} has no device yet</source>
        <translation>모델 #{id}의 장치가 아직 없습니다</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>모델 파일</translation>
    </message>
    <message>
        <source>Model files made, each tested</source>
        <translation>모델 파일을 만들고 각각 시험함</translation>
    </message>
    <message>
        <source>Names and outputs go together</source>
        <translation>이름과 출력이 맞습니다</translation>
    </message>
    <message>
        <source>Not built by PlatformIO here.</source>
        <translation>여기서 PlatformIO로 빌드하지는 않았습니다.</translation>
    </message>
    <message>
        <source>Not built with ESP-IDF here.</source>
        <translation>여기서 ESP-IDF로 빌드하지는 않았습니다.</translation>
    </message>
    <message>
        <source>Not built with Zephyr here.</source>
        <translation>여기서 Zephyr로 빌드하지는 않았습니다.</translation>
    </message>
    <message>
        <source>Not built with the board's package here.</source>
        <translation>여기서 보드 패키지로 빌드하지는 않았습니다.</translation>
    </message>
    <message>
        <source>Not for this device: {forms}</source>
        <translation>이 장치에 쓸 수 없는 형식: {forms}</translation>
    </message>
    <message>
        <source>Nothing to export yet</source>
        <translation>아직 내보낼 것이 없습니다</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>아무것도 저장하지 않았습니다.</translation>
    </message>
    <message>
        <source>Open a text…</source>
        <translation>텍스트 열기…</translation>
    </message>
    <message>
        <source>Other work is going on; ask again when it has ended.</source>
        <translation>다른 작업이 진행 중입니다. 끝난 뒤에 다시 눌러 주세요.</translation>
    </message>
    <message>
        <source>Page {n} of {all} of the report</source>
        <translation>보고서 {all}쪽 중 {n}쪽</translation>
    </message>
    <message>
        <source>Pages of the report</source>
        <translation>보고서 쪽</translation>
    </message>
    <message>
        <source>Paste what the board printed, or drop the saved text.</source>
        <translation>보드가 출력한 내용을 붙여 넣거나, 저장한 텍스트를 놓으세요.</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>증명</translation>
    </message>
    <message>
        <source>Python package</source>
        <translation>Python 패키지</translation>
    </message>
    <message>
        <source>RAM {ram}, flash {flash}</source>
        <translation>RAM {ram}, 플래시 {flash}</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Recorded: the board does not do what the studio does.</source>
        <translation>기록했습니다. 보드의 결과가 스튜디오와 다릅니다.</translation>
    </message>
    <message>
        <source>Recorded: the board does what the studio does.</source>
        <translation>기록했습니다. 보드의 결과가 스튜디오와 같습니다.</translation>
    </message>
    <message>
        <source>Recording the self-test</source>
        <translation>자체 검사 기록 중</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Report (HTML and JSON), digests of every file, licences</source>
        <translation>보고서(HTML과 JSON), 모든 파일의 다이제스트, 라이선스</translation>
    </message>
    <message>
        <source>Report as PDF</source>
        <translation>보고서를 PDF로</translation>
    </message>
    <message>
        <source>Report as PDF…</source>
        <translation>보고서를 PDF로…</translation>
    </message>
    <message>
        <source>Reports (*.pdf)</source>
        <translation>보고서 (*.pdf)</translation>
    </message>
    <message>
        <source>Run on the board itself</source>
        <translation>실제 보드에서 실행</translation>
    </message>
    <message>
        <source>Say what errors cost, so that it can answer “not sure”</source>
        <translation>실수의 비용을 정해 “모르겠음”이라고 답할 수 있게 하기</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Show {name}</source>
        <translation>{name} 보기</translation>
    </message>
    <message>
        <source>Such libraries are built in our tests; this very one is not.</source>
        <translation>이런 라이브러리를 자체 시험에서 빌드하지만, 바로 이 파일을 빌드하지는 않았습니다.</translation>
    </message>
    <message>
        <source>Such packages are installed in our tests; this very one is not.</source>
        <translation>이런 패키지를 자체 시험에서 설치하지만, 바로 이 파일을 설치하지는 않았습니다.</translation>
    </message>
    <message>
        <source>Such projects are built in our tests; this very one is not.</source>
        <translation>이런 프로젝트를 자체 시험에서 빌드하지만, 바로 이 파일을 빌드하지는 않았습니다.</translation>
    </message>
    <message>
        <source>Test inputs and outputs agree with their description</source>
        <translation>시험 입출력이 설명과 맞습니다</translation>
    </message>
    <message>
        <source>Test inputs made again, byte for byte</source>
        <translation>시험 입력을 바이트까지 똑같이 다시 만들었습니다</translation>
    </message>
    <message>
        <source>Test inputs with the outputs the model must give, to the byte</source>
        <translation>시험 입력과 모델이 내야 할 출력(바이트 단위)</translation>
    </message>
    <message>
        <source>The C source says the same as the rest</source>
        <translation>C 소스가 나머지 내용과 같습니다</translation>
    </message>
    <message>
        <source>The bundle is written</source>
        <translation>번들을 저장했습니다</translation>
    </message>
    <message>
        <source>The bundle: drag it out, or press for a menu</source>
        <translation>번들: 끌어서 꺼내거나 눌러서 메뉴 열기</translation>
    </message>
    <message>
        <source>The export was cancelled.</source>
        <translation>내보내기를 취소했습니다.</translation>
    </message>
    <message>
        <source>The int8 model is well formed</source>
        <translation>int8 모델의 형식이 올바릅니다</translation>
    </message>
    <message>
        <source>The model as C source, and a small sketch</source>
        <translation>C 소스 모델과 작은 스케치</translation>
    </message>
    <message>
        <source>The model as C source, with a self-test for the board</source>
        <translation>C 소스로 된 모델과 보드용 자체 검사</translation>
    </message>
    <message>
        <source>The model gives the test outputs, byte for byte</source>
        <translation>모델이 시험 출력을 바이트까지 똑같이 냅니다</translation>
    </message>
    <message>
        <source>The preprocessing makes the inputs the model takes</source>
        <translation>전처리가 모델에 맞는 입력을 만듭니다</translation>
    </message>
    <message>
        <source>The report is being made…</source>
        <translation>보고서를 만드는 중…</translation>
    </message>
    <message>
        <source>The report is written.</source>
        <translation>보고서를 저장했습니다.</translation>
    </message>
    <message>
        <source>The self-test in the bundle prints lines; recorded here, they are a proof.</source>
        <translation>번들에 든 자체 검사가 몇 줄을 출력합니다. 여기에 기록하면 증명이 됩니다.</translation>
    </message>
    <message>
        <source>Train a model first; then it can be packed for a device.</source>
        <translation>먼저 모델을 학습하면 장치용으로 묶을 수 있습니다.</translation>
    </message>
    <message>
        <source>Verified: FAIL</source>
        <translation>검증 결과: 실패</translation>
    </message>
    <message>
        <source>Verified: PASS</source>
        <translation>검증 결과: 통과</translation>
    </message>
    <message>
        <source>Verify again</source>
        <translation>다시 검증</translation>
    </message>
    <message>
        <source>Verifying the bundle</source>
        <translation>번들을 검증하는 중</translation>
    </message>
    <message>
        <source>What goes in</source>
        <translation>들어가는 것</translation>
    </message>
    <message>
        <source>What the board printed</source>
        <translation>보드가 출력한 내용</translation>
    </message>
    <message>
        <source>What the board says</source>
        <translation>보드의 결과</translation>
    </message>
    <message>
        <source>When it says “not sure” follows from the model</source>
        <translation>“모르겠음”이라고 답하는 기준이 모델과 맞습니다</translation>
    </message>
    <message>
        <source>Where the bundle goes</source>
        <translation>번들을 저장할 위치</translation>
    </message>
    <message>
        <source>Working memory planned</source>
        <translation>작업 메모리를 배치함</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>보고서를 만드는 중</translation>
    </message>
    <message>
        <source>being done</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>checking the device</source>
        <translation>장치를 확인하는 중</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>float model (.onnx)</source>
        <translation>float 모델 (.onnx)</translation>
    </message>
    <message>
        <source>float model (.tflite)</source>
        <translation>float 모델 (.tflite)</translation>
    </message>
    <message>
        <source>in an emulator</source>
        <translation>에뮬레이터에서</translation>
    </message>
    <message>
        <source>int8 model (.tflite)</source>
        <translation>int8 모델 (.tflite)</translation>
    </message>
    <message>
        <source>made when you export</source>
        <translation>내보낼 때 만듭니다</translation>
    </message>
    <message>
        <source>model #{id} for {device}</source>
        <translation>{device}용 모델 #{id}</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>하지 않음</translation>
    </message>
    <message>
        <source>not done here; the self-test in it does that</source>
        <translation>여기서는 하지 않음. 번들에 든 자체 검사로 확인합니다</translation>
    </message>
    <message>
        <source>not done: no C code can be made of this model</source>
        <translation>하지 않음: 이 모델로는 C 코드를 만들 수 없습니다</translation>
    </message>
    <message>
        <source>not proved</source>
        <translation>증명되지 않음</translation>
    </message>
    <message>
        <source>not where it was written</source>
        <translation>저장한 곳에 없음</translation>
    </message>
    <message>
        <source>nothing to export yet</source>
        <translation>아직 내보낼 것이 없음</translation>
    </message>
    <message>
        <source>on the board</source>
        <translation>보드에서</translation>
    </message>
    <message>
        <source>on {samples} of the test side</source>
        <translation>시험용 {samples}</translation>
    </message>
    <message>
        <source>outputs the same: {right} of {all} · {time} an inference</source>
        <translation>출력 일치: {all}개 중 {right}개 · 추론 한 번에 {time}</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>ready for {device}</source>
        <translation>{device}용으로 준비됨</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>{name} is there already.</source>
        <translation>{name}: 이미 있는 파일입니다.</translation>
    </message>
    <message>
        <source>{n} input: every byte equal</source>
        <translation>입력 {n}개: 모든 바이트 일치</translation>
    </message>
    <message>
        <source>{n} inputs: every byte equal</source>
        <translation>입력 {n}개: 모든 바이트 일치</translation>
    </message>
    <message>
        <source>{n} test input: every byte equal</source>
        <translation>시험 입력 {n}개: 모든 바이트 일치</translation>
    </message>
    <message>
        <source>{n} test inputs: every byte equal</source>
        <translation>시험 입력 {n}개: 모든 바이트 일치</translation>
    </message>
    <message>
        <source>Gateway (REST, MQTT)</source>
        <translation>게이트웨이(REST, MQTT)</translation>
    </message>
    <message>
        <source>A service for a computer in the network, with Docker and Kubernetes files.</source>
        <translation>네트워크 안의 컴퓨터에서 돌리는 서비스입니다. Docker와 Kubernetes 파일이 들어 있습니다.</translation>
    </message>
    <message>
        <source>Such services are run in our tests, without Docker; this very one is not.</source>
        <translation>이런 서비스는 테스트에서 Docker 없이 실행해 봅니다. 바로 이 서비스는 실행하지 않았습니다.</translation>
    </message>
    <message>
        <source>The model for Coral's compiler, and which operators it will take.</source>
        <translation>Coral 컴파일러에 넣을 모델과, 가속기가 맡을 연산자입니다.</translation>
    </message>
    <message>
        <source>Not compiled: Coral's compiler cannot be had here.</source>
        <translation>컴파일하지 않았습니다. Coral 컴파일러는 여기서 구할 수 없습니다.</translation>
    </message>
    <message>
        <source>The model compiled by Arm's Vela, with Vela's own figures.</source>
        <translation>Arm Vela로 컴파일한 모델과 Vela가 낸 수치입니다.</translation>
    </message>
    <message>
        <source>Not run on an Ethos-U here.</source>
        <translation>여기서 Ethos-U로 실행하지 않았습니다.</translation>
    </message>
    <message>
        <source>Assets and the sources of a small app.</source>
        <translation>자산 파일과 작은 앱의 소스입니다.</translation>
    </message>
    <message>
        <source>The app was not built here.</source>
        <translation>앱은 여기서 빌드하지 않았습니다.</translation>
    </message>
    <message>
        <source>A Swift package and the sources of a small app.</source>
        <translation>Swift 패키지와 작은 앱의 소스입니다.</translation>
    </message>
</context>
</TS>
