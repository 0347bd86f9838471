using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>A caller and a callee that are compiled together, and the functions between them.</summary>
/// <param name="Caller">The caller's memory.</param>
/// <param name="Callee">The callee's memory.</param>
/// <param name="Funcs">The functions.</param>
/// <param name="Resources">Whether there are resource types, of which both guests have handles before the run: see <see cref="Handles"/>.</param>
/// <param name="Debug">Whether this project makes a debug build; guests then leave the upper half of 64-bit slots that carry 32 bits empty, which it insists on.</param>
/// <param name="Shape">Where the callee is.</param>
/// <param name="Contexts">Whether guests use the storage of their threads, and functions with equal core results share a post-return function.</param>
/// <param name="Others">How many other callers and callees of the same components there are.</param>
public sealed record Pair(
    GuestMemoryType Caller,
    GuestMemoryType Callee,
    EquatableArray<FuncUnderTest> Funcs,
    bool Resources = false,
    bool Debug = false,
    PairShape Shape = PairShape.Siblings,
    bool Contexts = false,
    int Others = 0)
{
    /// <summary>Whose post-return function a function has: its own, or one that it shares.</summary>
    public int PostReturnOf(int func)
    {
        var results = FlatSignature.Lifted(Callee, Funcs[func]).Results;
        int first = Enumerable.Range(0, func).FirstOrDefault(i => Funcs[i].PostReturn && FlatSignature.Lifted(Callee, Funcs[i]).Results == results, func);
        return Contexts ? first : func;
    }

    /// <summary>The index of the first handle that the caller makes before the run.</summary>
    public int CallersFirstHandle => Shape == PairShape.Self ? 1 + (2 * Handles.Stock) : 1;
}

/// <summary>Where the callee is.</summary>
public enum PairShape
{
    /// <summary>Beside the caller.</summary>
    Siblings,
    /// <summary>Inside of the caller.</summary>
    Nested,
    /// <summary>It is the caller: an instance that calls itself, with two memories and one table of handles.</summary>
    Self,
}

/// <summary>The memory of a guest that component values live in.</summary>
/// <param name="Is64">Whether its addresses have 64 bits.</param>
/// <param name="Pages">Its size at the start in pages.</param>
public sealed record GuestMemoryType(bool Is64, int Pages)
{
    /// <summary>Sizes, alignments and core types with its addresses.</summary>
    internal SpecAbi Abi => SpecAbi.For(Is64);

    /// <summary>Its size at the start in bytes.</summary>
    public ulong Bytes => (ulong)Pages << 16;
}

/// <summary>A function that the callee lifts and the caller lowers.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Lower">The caller's string encoding.</param>
/// <param name="Lift">The callee's string encoding.</param>
/// <param name="PostReturn">Whether the callee has a post-return function; it overwrites the results that were read.</param>
/// <param name="Pairing">Which of the sides are asynchronous.</param>
/// <param name="Yields">How often a callee that is asynchronous yields before it returns.</param>
public sealed record FuncUnderTest(
    ComponentFuncType Type,
    StringEncoding Lower,
    StringEncoding Lift,
    bool PostReturn,
    Pairing Pairing = Pairing.Sync,
    int Yields = 0)
{
    /// <summary>Whether the caller goes on before the callee has returned.</summary>
    public bool LowersAsync => Pairing is Pairing.AsyncLower or Pairing.Async;

    /// <summary>Whether the callee has a callback, and returns through <c>task.return</c>.</summary>
    public bool LiftsAsync => Pairing is Pairing.AsyncLift or Pairing.Async;
}

/// <summary>Which sides of a function are asynchronous; where one is, its type is.</summary>
public enum Pairing
{
    /// <summary>Neither.</summary>
    Sync,
    /// <summary>The caller.</summary>
    AsyncLower,
    /// <summary>The callee.</summary>
    AsyncLift,
    /// <summary>Both.</summary>
    Async,
}

/// <summary>What the guests do in one run, on fresh instances.</summary>
/// <param name="Func">Which function is called.</param>
/// <param name="Args">The arguments that the caller passes.</param>
/// <param name="ArgsAt">Where they are if they travel in memory.</param>
/// <param name="Result">The result that the callee returns.</param>
/// <param name="ResultAt">Where it is if it travels in memory.</param>
/// <param name="ReturnAt">Where the caller wants a result that travels in memory.</param>
/// <param name="CallerReallocs">What the caller's <c>realloc</c> does, call by call; after that it behaves.</param>
/// <param name="CalleeReallocs">The same for the callee.</param>
/// <param name="Calls">How often the function is called.</param>
/// <param name="Garbage">What stands in bits that mean nothing.</param>
/// <param name="CallerUse">What the caller does with handles that it gets.</param>
/// <param name="CalleeUse">What the callee does with handles that it gets.</param>
/// <param name="Leaves">When the callee calls another component.</param>
/// <param name="Again">Where the callee calls the caller back: how often the caller then calls the same function again.</param>
/// <param name="Before">What was run on the same instances before; these cases have nothing before them.</param>
public sealed record Case(
    int Func,
    EquatableArray<Node> Args,
    Place ArgsAt,
    Node? Result,
    Place ResultAt,
    Place ReturnAt,
    EquatableArray<ReallocStep> CallerReallocs,
    EquatableArray<ReallocStep> CalleeReallocs,
    int Calls,
    ulong Garbage,
    HandleUse CallerUse = HandleUse.Inspect,
    HandleUse CalleeUse = HandleUse.Inspect,
    Leaving Leaves = Leaving.Never,
    int Again = 0,
    EquatableArray<Case> Before = default);

/// <summary>When a callee calls another component. The numbers are those of the guest's code.</summary>
public enum Leaving
{
    /// <summary>Not at all.</summary>
    Never = 0,
    /// <summary>While it is called, which is allowed.</summary>
    InTheCall = 1,
    /// <summary>In its post-return function, which is not allowed.</summary>
    InPostReturn = 2,
    /// <summary>While it is called, and it calls the caller back.</summary>
    Back = 3,
}

/// <summary>What a guest's <c>realloc</c> does when it is called. The numbers are those of the guest's code.</summary>
public enum ReallocKind
{
    /// <summary>Gives new, aligned memory and copies; gives the old address back where nothing grows.</summary>
    Behave = 0,
    /// <summary>Returns the value.</summary>
    Return = 1,
    /// <summary>Gives new memory, with the value added to its address.</summary>
    Shift = 2,
    /// <summary>Returns what the call before returned, plus the value.</summary>
    Overlap = 3,
    /// <summary>Traps.</summary>
    Trap = 4,
    /// <summary>Grows the memory by the value in pages, then behaves.</summary>
    Grow = 5,
    /// <summary>Gives the end of the memory, with the value as the number of bytes that stick out.</summary>
    AtEnd = 6,
    /// <summary>Calls another component, which is not allowed here.</summary>
    Leave = 7,
    /// <summary>Gives new memory without copying.</summary>
    Forget = 8,
    /// <summary>Overwrites 64 bytes at the address that the call before returned, then behaves.</summary>
    Scribble = 9,
}

/// <summary>One call of <c>realloc</c>.</summary>
public readonly record struct ReallocStep(ReallocKind Kind, ulong Value);
