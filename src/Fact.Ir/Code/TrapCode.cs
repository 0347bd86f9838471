namespace Fact.Ir;

/// <summary>Why an adapter or the runtime module traps. The messages are in <see cref="TrapMessages"/>.</summary>
public enum TrapCode : byte
{
    /// <summary>The caller's instance may not be left now.</summary>
    CannotLeave,
    /// <summary>The callee's instance, or one that contains it, may not be entered now.</summary>
    CannotEnter,
    /// <summary>A pointer is not a multiple of the alignment of what it points to.</summary>
    UnalignedPointer,
    /// <summary>A discriminant is not less than the number of cases.</summary>
    InvalidDiscriminant,
    /// <summary>A char is a surrogate, or 0x110000 or more.</summary>
    InvalidChar,
    /// <summary>A list has more bytes than the limit.</summary>
    ListTooLong,
    /// <summary>A list that a guest passes does not lie in its memory.</summary>
    ListOutOfBounds,
    /// <summary>A string has more bytes than the limit.</summary>
    StringTooLong,
    /// <summary>A string that a guest passes does not lie in its memory.</summary>
    StringOutOfBounds,
    /// <summary>What a guest's allocator returned does not lie in its memory.</summary>
    AllocationOutOfBounds,
    /// <summary>Parameters or a result that a guest passes by a pointer, or the area for a result, do not lie in their memory.</summary>
    PointerOutOfBounds,
    /// <summary>The callee threw an exception, and exceptions do not cross the boundary.</summary>
    UncaughtException,
    /// <summary>A string is not UTF-8.</summary>
    InvalidUtf8,
    /// <summary>A string is not UTF-16.</summary>
    InvalidUtf16,
    /// <summary>A built-in is called in an instance that may not be left now.</summary>
    CannotLeaveComponent,
    /// <summary>A destructor's instance, or one that contains it, may not be entered now.</summary>
    CannotEnterComponent,
    /// <summary>There is no handle of the index.</summary>
    UnknownHandle,
    /// <summary>What has the index is a handle of another type, or none of a resource.</summary>
    WrongHandleType,
    /// <summary>A handle that calls in progress are lent is dropped or given away.</summary>
    HandleIsLent,
    /// <summary>A borrowed handle is given away as an owned one.</summary>
    HandleIsBorrowed,
    /// <summary>There are as many handles as the host allows.</summary>
    TooManyHandles,
    /// <summary>An instance has as many handles as there are indices.</summary>
    NoHandleIndex,
    /// <summary>The memory that handles are kept in cannot grow.</summary>
    NoHandleMemory,
    /// <summary>Calls in progress are lent as many handles as the host allows.</summary>
    TooManyLends,
    /// <summary>A borrow is passed while there is no call that it could be lent to.</summary>
    NoCallToLendTo,
    /// <summary>A call ends that did not begin.</summary>
    NoCallToExit,
    /// <summary>A call ends whose callee still has handles that it was lent.</summary>
    BorrowsRemain,
    /// <summary>The runtime module is asked for a table, an instance or a resource type that it does not know.</summary>
    UnknownTable,
    /// <summary>Debug builds: the address of a load or store is not aligned.</summary>
    AssertPointerAligned,
    /// <summary>Debug builds: the upper half of an i64 that carries 32 bits is not zero.</summary>
    AssertUpperBitsUnset,
    /// <summary>Debug builds: a transcoder says that it read or wrote more than it was given.</summary>
    AssertTranscodeResult,
}

/// <summary>The text of each <see cref="TrapCode"/>.</summary>
public static class TrapMessages
{
    /// <summary>The message that the trap section and hosts show.</summary>
    public static string Of(TrapCode code) => code switch
    {
        TrapCode.CannotLeave => "cannot leave instance",
        TrapCode.CannotEnter => "cannot enter instance",
        TrapCode.UnalignedPointer => "pointer not aligned correctly",
        TrapCode.InvalidDiscriminant => "invalid variant discriminant",
        TrapCode.InvalidChar => "invalid char value specified",
        TrapCode.ListTooLong => "byte size of list too large for i32",
        TrapCode.ListOutOfBounds => "list out of bounds of memory",
        TrapCode.StringTooLong => "string byte size exceeds maximum",
        TrapCode.StringOutOfBounds => "string out of bounds of memory",
        TrapCode.AllocationOutOfBounds => "realloc result out of bounds of memory",
        TrapCode.PointerOutOfBounds => "pointer out of bounds of memory",
        TrapCode.UncaughtException => "uncaught exception at a component boundary",
        TrapCode.InvalidUtf8 => "invalid utf8 encoding",
        TrapCode.InvalidUtf16 => "invalid utf16 encoding",
        TrapCode.CannotLeaveComponent => "cannot leave component instance",
        TrapCode.CannotEnterComponent => "cannot enter component instance",
        TrapCode.UnknownHandle => "unknown handle index",
        TrapCode.WrongHandleType => "handle index used with the wrong type",
        TrapCode.HandleIsLent => "cannot remove owned resource while borrowed",
        TrapCode.HandleIsBorrowed => "cannot lift own resource from a borrow",
        TrapCode.TooManyHandles => "cannot allocate another handle: there are as many as the host allows",
        TrapCode.NoHandleIndex => "cannot allocate another handle: index overflow",
        TrapCode.NoHandleMemory => "cannot allocate another handle: out of memory",
        TrapCode.TooManyLends => "cannot lend another handle: calls in progress are lent as many as the host allows",
        TrapCode.NoCallToLendTo => "a borrow is passed outside of a call",
        TrapCode.NoCallToExit => "a call ends that did not begin",
        TrapCode.BorrowsRemain => "borrow handles still remain at the end of the call",
        TrapCode.UnknownTable => "there is no such table, instance or resource type",
        TrapCode.AssertPointerAligned => "assertion failure: pointer is aligned",
        TrapCode.AssertUpperBitsUnset => "assertion failure: upper bits are unset",
        TrapCode.AssertTranscodeResult => "assertion failure: transcoder stays in its buffer",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
