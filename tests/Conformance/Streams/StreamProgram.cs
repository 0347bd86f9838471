using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Streams;

/// <summary>
/// Components that call each other, with streams and futures between them. Component instance 0 is called from outside; each instance calls functions of those with
/// greater numbers. Where they call back, those are inside of instance 0, and call its functions too.
/// </summary>
/// <param name="Channels">The types of streams and futures; those in values are numbered by their tables.</param>
/// <param name="Funcs">The functions.</param>
/// <param name="Instances">How many instances there are.</param>
/// <param name="Forwards">Whether ends are forwarded, which the reference runtime does not know.</param>
/// <param name="Run">How the function is lifted that is called from outside.</param>
/// <param name="Back">Whose functions instance 0 has.</param>
public sealed record StreamSetting(
    EquatableArray<Channel> Channels, EquatableArray<StreamFunc> Funcs, int Instances, bool Forwards, Lifting Run = Lifting.Sync, CallsBack Back = CallsBack.None)
{
    /// <summary>Whether an instance calls a function.</summary>
    public bool Calls(int instance, StreamFunc func) =>
        func.Owner > instance || (func.Owner == 0 && Back != CallsBack.None && (instance > 0 || Back == CallsBack.Itself));

    /// <summary>How a function is lifted, or that which is called from outside.</summary>
    public Lifting LiftingOf(int j) => j == Funcs.Length ? Run : Funcs[j].Lifting;
}

/// <summary>Who calls functions of the instance that is called from outside.</summary>
public enum CallsBack
{
    /// <summary>Nobody.</summary>
    None,
    /// <summary>The instances inside of it.</summary>
    Others,
    /// <summary>The instances inside of it, and it itself, which the reference runtime does not allow.</summary>
    Itself,
}

/// <summary>A type of streams or futures.</summary>
/// <param name="IsStream">Whether of streams.</param>
/// <param name="Element">The type of elements; null for none.</param>
public sealed record Channel(bool IsStream, ValType? Element)
{
    /// <summary>The type with its number among all.</summary>
    public ValType Type(int number) => IsStream ? new ValType.Stream(new((uint)number), Element) : new ValType.Future(new((uint)number), Element);
}

/// <summary>How a function is lifted.</summary>
public enum Lifting
{
    /// <summary>Without the option <c>async</c>.</summary>
    Sync,
    /// <summary>With a callback.</summary>
    Callback,
    /// <summary>With the option <c>async</c>, without a callback.</summary>
    Stackful,
    /// <summary>Without the option <c>async</c>, and its type is not async either.</summary>
    Plain,
}

/// <summary>Something that a function takes or returns.</summary>
public closed record Passed
{
    private Passed()
    {
    }

    /// <summary>The readable end of a channel.</summary>
    public sealed record End(int Channel) : Passed;

    /// <summary>A resource.</summary>
    public sealed record Own : Passed;

    /// <summary>A resource that is lent.</summary>
    public sealed record Borrow : Passed;

    /// <summary>A string.</summary>
    public sealed record Text : Passed;

    /// <summary>Its type.</summary>
    public ValType Type(StreamSetting setting) => this switch
    {
        End(var channel) => setting.Channels[channel].Type(channel),
        Own => new ValType.Own(new(0)),
        Borrow => new ValType.Borrow(new(0)),
        Text => ValType.Of(PrimitiveType.String),
    };

    /// <summary>How many core values it is.</summary>
    public int Flat => this is Text ? 2 : 1;
}

/// <summary>A function between instances.</summary>
/// <param name="Owner">The instance that lifts it.</param>
/// <param name="Params">What it takes.</param>
/// <param name="Result">What it returns, which is one core value; null for nothing.</param>
/// <param name="Lifting">How it is lifted.</param>
/// <param name="ParamsAt">The register that the first core value of its parameters goes to.</param>
public sealed record StreamFunc(int Owner, EquatableArray<Passed> Params, Passed? Result, Lifting Lifting, int ParamsAt)
{
    /// <summary>How many core values its parameters are.</summary>
    public int Flat => Params.Items.Sum(passed => passed.Flat);

    /// <summary>The register that says whether it was told that it is cancelled.</summary>
    public int CancelledAt => ParamsAt + Flat;

    /// <summary>Its type.</summary>
    public ComponentFuncType Type(StreamSetting setting) => new(
        [.. Params.Items.Select((passed, i) => new Param("p" + StreamText.N(i), passed.Type(setting)))], Result?.Type(setting), Async: Lifting != Lifting.Plain);
}

/// <summary>What the guests of a setting do.</summary>
/// <param name="Run">What instance 0 does when it is called.</param>
/// <param name="Scripts">What each function does.</param>
/// <param name="Data">What is in the data memory of each instance at the start, from <see cref="Machine.Data"/> on.</param>
/// <param name="Misplaced">Whether there are buffers out of bounds, not aligned, or too long.</param>
/// <param name="BlocksPlain">Whether functions block whose type is not async.</param>
public sealed record StreamCase(
    EquatableArray<Step> Run, EquatableArray<EquatableArray<Step>> Scripts, EquatableArray<EquatableArray<byte>> Data, bool Misplaced, bool BlocksPlain);

/// <summary>One step of a guest.</summary>
/// <param name="Op">What it does.</param>
/// <param name="A">The register that it is about.</param>
/// <param name="B">See <see cref="Machine"/>.</param>
/// <param name="C">See <see cref="Machine"/>.</param>
/// <param name="D">See <see cref="Machine"/>.</param>
/// <param name="Only">When it does it; otherwise it does nothing.</param>
/// <param name="Args">Of calls and returns: the registers whose ends are passed.</param>
public sealed record Step(StepOp Op, int A = 0, int B = 0, int C = 0, int D = 0, When Only = When.Always, EquatableArray<int> Args = default)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Op} {A} {B} {C} {D}{(Only == When.Always ? "" : $" when {Only}")}{(Args.IsEmpty ? "" : $" ({string.Join(' ', Args.Items)})")}";
}

/// <summary>When a step is done: what is known of its register.</summary>
public enum When
{
    /// <summary>In any case.</summary>
    Always,
    /// <summary>When it has a handle that is not busy and not done.</summary>
    Usable,
    /// <summary>When something that it began is under way.</summary>
    Pending,
    /// <summary>When it has a handle that is not busy.</summary>
    Idle,
    /// <summary>When it has a handle of which nothing more is to come.</summary>
    Done,
    /// <summary>When it has a handle.</summary>
    Held,
    /// <summary>When it has none.</summary>
    Empty,
}

/// <summary>What guests can do. The numbers are those of the guest's code.</summary>
public enum StepOp
{
    /// <summary>The end of a script.</summary>
    End = 0,
    /// <summary>Makes a stream or future of channel D: its readable end goes to register A, the writable one to the next.</summary>
    New = 1,
    /// <summary>Reads from or writes to a stream: B address, C number, D built-in.</summary>
    CopyStream = 2,
    /// <summary>Reads from or writes to a future: B address, D built-in.</summary>
    CopyFuture = 3,
    /// <summary>Gives up what was begun: D built-in, C whether of a future.</summary>
    Cancel = 4,
    /// <summary>Drops what is in the register: D built-in.</summary>
    Drop = 5,
    /// <summary>Forwards from the readable end in A to the writable one in B: D built-in.</summary>
    Forward = 6,
    /// <summary>Makes a waitable set.</summary>
    NewSet = 7,
    /// <summary>Puts A into the set in register B; into none where that is <see cref="Machine.Zero"/>.</summary>
    Join = 8,
    /// <summary>
    /// Waits until nothing is under way in A, with the set in register B; C is 1 in a callback's function. Where D is 1, for one event only; where it is 2, whether
    /// something is under way or not.
    /// </summary>
    Await = 9,
    /// <summary>Asks the set in register B.</summary>
    Poll = 10,
    /// <summary>Lets others run; C is 1 in a callback's function.</summary>
    Yield = 11,
    /// <summary>
    /// Calls function B with the arguments: C where the result is to be, D 1 for an asynchronous call; A is for the subtask, or for the result of a synchronous
    /// call.
    /// </summary>
    Call = 12,
    /// <summary>Takes a handle from memory: B address.</summary>
    Load = 13,
    /// <summary>Puts the handle into memory: B address.</summary>
    Store = 14,
    /// <summary>Returns from function B through <c>task.return</c>; where there is a result, it is the only argument.</summary>
    Return = 15,
    /// <summary>Makes a resource that is known by C.</summary>
    Make = 16,
    /// <summary>Cancels the subtask in A; D is 1 where it does so asynchronously.</summary>
    CancelSubtask = 17,
    /// <summary>Says that the current task is cancelled.</summary>
    CancelTask = 18,
    /// <summary>D is 0 to ask not to be called, and 1 to be called again.</summary>
    Backpressure = 19,
    /// <summary>Stores C with the thread; or, where D is 1, says what was stored.</summary>
    Context = 20,
}
