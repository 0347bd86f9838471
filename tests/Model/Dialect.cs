using Fact.Ir;

namespace Fact.Model;

/// <summary>
/// The rules that a runtime may knowingly or unknowingly have of its own. As it stands, those of the specification; whoever predicts what another runtime
/// does overrides them.
/// </summary>
public class Dialect
{
    /// <summary>The rules of the specification.</summary>
    public static Dialect Specification { get; } = new();

    /// <summary>The greatest size of a string or list in bytes. Spec: <c>MAX_STRING_BYTE_LENGTH</c>, <c>MAX_LIST_BYTE_LENGTH</c>.</summary>
    public virtual ulong MaxByteLength => (1UL << 28) - 1;

    /// <summary>The alignment of Latin-1 that was allocated as UTF-16, when the allocation shrinks.</summary>
    public virtual ulong ShrunkLatin1Alignment => 1;

    /// <summary>Whether a post-return function may call imports, which a guest asks that does.</summary>
    /// <remarks>Spec, <c>canon_lift</c>: <c>inst.may_leave</c> is cleared around the call of <c>opts.post_return</c>.</remarks>
    public virtual bool LeavesInPostReturn => false;

    /// <summary>Whether the end of a future whose value was copied is told that the other one was dropped, although nothing can be done with it but to drop it.</summary>
    public virtual bool TellsEndsThatAreDone => false;

    /// <summary>Whether a copy of which nothing is left, and whose end has not heard of that yet, is none that another one in the same instance meets.</summary>
    public virtual bool ForgetsCopiesThatAreDone => false;

    /// <summary>Whether calls wait for the exclusive thread of an instance that need not be exclusive themselves.</summary>
    public virtual bool StackfulCallsWait => false;

    /// <summary>Whether a subtask that is being cancelled can be cancelled again.</summary>
    public virtual bool CancelsTwice => false;

    /// <summary>Whether nobody can say who goes on when a synchronous cancellation has to wait.</summary>
    public virtual bool LosesCallersOfCancellation => false;

    /// <summary>Whether a borrowed handle can be dropped while it is lent itself.</summary>
    public virtual bool DropsLentBorrows => false;

    /// <summary>Whether what a call has borrowed is given back when it is over, although nobody was told so yet.</summary>
    public virtual bool EndsLendsWithCalls => false;

    /// <summary>Whether a synchronous function that keeps a borrowed handle, and whose result cannot be lifted, traps because of the handle.</summary>
    public virtual bool ChecksBorrowsBeforeResults => false;

    /// <summary>Whether a task for which there is an event, but which was not told so yet, is told later that it is cancelled.</summary>
    public virtual bool CancelsAfterEvents => false;

    /// <summary>Whether a task of which a cancellation is pending when it begins to wait is told so when its turn comes, and not before it waits.</summary>
    public virtual bool DelaysPendingCancels => false;

    /// <summary>Whether a task that has returned is told of a cancellation that it was not told of before.</summary>
    public virtual bool CancelsReturnedTasks => false;

    /// <summary>Hears that the longest prefix of a string that is Latin-1 was written.</summary>
    /// <param name="memory">Where it was written.</param>
    /// <param name="from">The encoding that it came in.</param>
    /// <param name="at">The address behind it.</param>
    /// <param name="left">How many bytes are left of what was allocated.</param>
    /// <param name="ascii">Whether all of it is ASCII.</param>
    public virtual void WroteLatin1(MemInst memory, StringEncoding from, ulong at, ulong left, bool ascii)
    {
    }
}
