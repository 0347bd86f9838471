using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Fact.Host.Tasks;

/// <summary>
/// What an <c>async</c> method of this folder returns: something that is done, or will be when a guest's thread is resumed. It goes on where it is resumed, at once,
/// and knows nothing of the thread pool or of synchronization contexts: the order in which guests run is the scheduler's. Spec: <c>Continuation</c>.
/// </summary>
/// <typeparam name="T">What it gives in the end.</typeparam>
[AsyncMethodBuilder(typeof(FlowBuilder<>))]
internal sealed class Flow<T> : INotifyCompletion
{
    private T? result;
    private ExceptionDispatchInfo? fault;
    private Action? continuation;

    /// <summary>Whether it has given its result, or failed.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Something that is done already.</summary>
    public static Flow<T> Of(T result) => new() { IsCompleted = true, result = result };

    /// <summary>For <c>await</c>.</summary>
    public Flow<T> GetAwaiter() => this;

    /// <summary>The result.</summary>
    public T GetResult()
    {
        if (!IsCompleted)
            throw new UnreachableException("a guest's thread has not been resumed yet");
        fault?.Throw();
        return result!;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => this.continuation = continuation;

    /// <summary>Gives the result: whoever waits for it goes on before this returns.</summary>
    public void SetResult(T value)
    {
        result = value;
        Complete();
    }

    /// <summary>Fails: whoever waits for it goes on, with the exception, before this returns.</summary>
    public void SetException(Exception exception)
    {
        fault = ExceptionDispatchInfo.Capture(exception);
        Complete();
    }

    private void Complete()
    {
        IsCompleted = true;
        var next = continuation;
        continuation = null;
        next?.Invoke();
    }
}

/// <summary>Makes a <see cref="Flow{T}"/> of an <c>async</c> method; the compiler calls it.</summary>
/// <typeparam name="T">What the method returns in the end.</typeparam>
internal struct FlowBuilder<T>
{
    private Action? moveNext;

    /// <summary>For the compiler.</summary>
    public static FlowBuilder<T> Create() => new() { Task = new() };

    /// <summary>What the method returns.</summary>
    public Flow<T> Task { get; private set; }

    /// <summary>For the compiler.</summary>
    public readonly void Start<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine => machine.MoveNext();

    /// <summary>For the compiler.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine machine)
    {
    }

    /// <summary>For the compiler.</summary>
    public readonly void SetResult(T result) => Task.SetResult(result);

    /// <summary>For the compiler.</summary>
    public readonly void SetException(Exception exception) => Task.SetException(exception);

    /// <summary>For the compiler.</summary>
    public void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion
        where TMachine : IAsyncStateMachine
    {
        if (moveNext is null)
        {
            // The builder is a field of the machine: what is copied into the box must know the box already.
            var box = new Box<TMachine>();
            moveNext = box.MoveNext;
            box.Machine = machine;
        }
        awaiter.OnCompleted(moveNext);
    }

    /// <summary>For the compiler.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TMachine : IAsyncStateMachine => AwaitOnCompleted(ref awaiter, ref machine);

    private sealed class Box<TMachine>
        where TMachine : IAsyncStateMachine
    {
        public TMachine? Machine;

        public void MoveNext() => Machine!.MoveNext();
    }
}
