namespace Fact.Ir.Plan;

/// <summary>What the functions of one adapter do.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Lift">The callee's side.</param>
/// <param name="LiftFlags">The flags of the callee's instance.</param>
/// <param name="Lower">The caller's side.</param>
/// <param name="LowerFlags">The flags of the caller's instance.</param>
/// <param name="Callee">The lifted function.</param>
/// <param name="PostReturn">What is called when its result was read, if anything.</param>
/// <param name="Funcs">The adapter itself; with an asynchronous side, also what the host calls to start the call and when it returns.</param>
internal sealed record CallPlan(
    Adapter Adapter,
    Side Lift,
    Import.InstanceFlags LiftFlags,
    Side Lower,
    Import.InstanceFlags LowerFlags,
    Import.Callee Callee,
    Import.PostReturn? PostReturn,
    EquatableArray<FuncPlan> Funcs);

/// <summary>What one function of an adapter does.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Name">What it is exported as.</param>
/// <param name="Type">Its type.</param>
/// <param name="Acts">What it does, in order.</param>
internal sealed record FuncPlan(FuncRole Role, string Name, CoreFuncType Type, EquatableArray<Act> Acts);

/// <summary>Something that a function of an adapter does.</summary>
internal closed record Act
{
    private Act()
    {
    }

    /// <summary>Traps unless a flag of an instance is set. Spec: <c>trap_if(not inst.may_leave)</c>.</summary>
    public sealed record Require(Import.InstanceFlags Flags, InstanceFlag Flag) : Act
    {
        /// <summary>Whether it is known that the flag is set.</summary>
        public bool IsUnseen { get; init; }
    }

    /// <summary>Clears flags of an instance.</summary>
    public sealed record Clear(Import.InstanceFlags Flags, InstanceFlag Which) : Act
    {
        /// <summary>Whether it is known that nobody requires them before they are set again.</summary>
        public bool IsUnseen { get; init; }
    }

    /// <summary>Sets flags of an instance.</summary>
    public sealed record Set(Import.InstanceFlags Flags, InstanceFlag Which) : Act
    {
        /// <summary>Whether it is known that nobody required them since they were cleared.</summary>
        public bool IsUnseen { get; init; }
    }

    /// <summary>The host opens a scope for borrows that are lent for the time of the call.</summary>
    public sealed record EnterCall : Act;

    /// <summary>The host closes it again.</summary>
    public sealed record ExitCall : Act;

    /// <summary>Values move from one side to the other. Spec: <c>lift_flat_values</c>, <c>lower_flat_values</c>.</summary>
    /// <param name="What">The parameters, or the result.</param>
    /// <param name="From">Where they are.</param>
    /// <param name="To">Where they go.</param>
    /// <param name="Copy">How; null where there are none.</param>
    /// <param name="Inline">What is written out.</param>
    public sealed record Move(Moved What, Place From, Place To, Copy? Copy, Inlining Inline = Inlining.None) : Act;

    /// <summary>Calls the lifted function with what is on the operand stack, and keeps its result.</summary>
    public sealed record Invoke(Import.Callee Callee) : Act
    {
        /// <summary>Whether it is known that nobody keeps anything for a call in progress.</summary>
        public bool IsUnseen { get; init; }
    }

    /// <summary>
    /// All that the adapter does is to call the lifted function with what it was given, and to return what that returns: whoever links it may give the lifted function
    /// to the caller in its place.
    /// </summary>
    public sealed record Link(Import.Callee Callee) : Act;

    /// <summary>Calls what is called with the lifted function's result when that was read. Spec: <c>post_return</c>.</summary>
    public sealed record PostReturn(Import.PostReturn Func) : Act;

    /// <summary>An exception that is thrown meanwhile becomes a trap. Spec: <c>call_and_trap_on_throw</c>.</summary>
    public sealed record Guard(EquatableArray<Act> Acts) : Act
    {
        /// <summary>Whether it is known that none is thrown.</summary>
        public bool IsUnseen { get; init; }
    }

    /// <summary>The host is given the functions that translate, and starts the callee.</summary>
    /// <param name="Prepare">Takes them, with the caller's core parameters.</param>
    /// <param name="Start">Starts it: for a synchronous or an asynchronous caller.</param>
    /// <param name="Caller">The caller's instance.</param>
    /// <param name="CalleeInstance">The callee's.</param>
    /// <param name="TaskReturn">The callee's results in the host's type table.</param>
    /// <param name="Encoding">How the callee's strings are encoded.</param>
    /// <param name="ResultCount">How many flat results the caller gets; −1 none and −2 by pointer where it is asynchronous.</param>
    /// <param name="CalleeParams">How many core parameters the callee has.</param>
    /// <param name="CalleeResults">How many core results the host must expect; for an asynchronous caller only.</param>
    /// <param name="StartFlags">1 where the callee is asynchronous; for an asynchronous caller only.</param>
    public sealed record HandToHost(
        Import.PrepareCall Prepare,
        Import Start,
        InstanceId Caller,
        InstanceId CalleeInstance,
        ResultTupleId TaskReturn,
        StringEncoding Encoding,
        int ResultCount,
        int CalleeParams,
        int CalleeResults,
        int StartFlags) : Act;
}

/// <summary>Which values of a call move.</summary>
internal enum Moved
{
    /// <summary>From the caller to the callee.</summary>
    Params,

    /// <summary>From the callee to the caller.</summary>
    Result,
}

/// <summary>The flags of a component instance; each is a bit of its global.</summary>
[System.Flags]
internal enum InstanceFlag
{
    /// <summary>It may be left: what runs in it may call others. Spec: <c>ComponentInstance.may_leave</c>.</summary>
    MayLeave = InstanceFlagBits.MayLeave,

    /// <summary>By the older rule of reentrance: it may be entered.</summary>
    MayEnter = InstanceFlagBits.MayEnter,
}

/// <summary>Where all parameters or the result of a call are.</summary>
internal closed record Place
{
    private Place()
    {
    }

    /// <summary>Flat, in the parameters of the function that is written, from the first on.</summary>
    public sealed record Params : Place;

    /// <summary>Flat, in what the callee returned.</summary>
    public sealed record Returned : Place;

    /// <summary>Flat, on the operand stack.</summary>
    public sealed record Stack(EquatableArray<CoreValType> Types) : Place;

    /// <summary>In memory, at an address that is checked first.</summary>
    /// <param name="Address">The parameter that holds the address; −1 where the callee returned it.</param>
    /// <param name="Alignment">Bytes.</param>
    /// <param name="Size">Bytes.</param>
    public sealed record At(int Address, uint Alignment, uint Size) : Place;

    /// <summary>In memory that is allocated for it; its address goes to the operand stack. Spec: <c>lower_heap_values</c>.</summary>
    /// <param name="Alignment">Bytes.</param>
    /// <param name="Size">Bytes.</param>
    public sealed record Allocated(uint Alignment, uint Size) : Place;

    public static Params AllParams { get; } = new();

    public static Returned CalleeResult { get; } = new();
}
