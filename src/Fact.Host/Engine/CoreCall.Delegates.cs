using System;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>The delegates that the engine's package has: up to 16 parameters, and a result or none.</summary>
internal abstract partial class CoreCall
{
    private static readonly Type[] Actions =
    [
        typeof(Action0), typeof(Action1<>), typeof(Action2<,>), typeof(Action3<,,>), typeof(Action4<,,,>), typeof(Action5<,,,,>), typeof(Action6<,,,,,>),
        typeof(Action7<,,,,,,>), typeof(Action8<,,,,,,,>), typeof(Action9<,,,,,,,,>), typeof(Action10<,,,,,,,,,>), typeof(Action11<,,,,,,,,,,>),
        typeof(Action12<,,,,,,,,,,,>), typeof(Action13<,,,,,,,,,,,,>), typeof(Action14<,,,,,,,,,,,,,>), typeof(Action15<,,,,,,,,,,,,,,>),
        typeof(Action16<,,,,,,,,,,,,,,,>),
    ];

    private static readonly Type[] Funcs =
    [
        typeof(Func0<>), typeof(Func1<,>), typeof(Func2<,,>), typeof(Func3<,,,>), typeof(Func4<,,,,>), typeof(Func5<,,,,,>), typeof(Func6<,,,,,,>),
        typeof(Func7<,,,,,,,>), typeof(Func8<,,,,,,,,>), typeof(Func9<,,,,,,,,,>), typeof(Func10<,,,,,,,,,,>), typeof(Func11<,,,,,,,,,,,>),
        typeof(Func12<,,,,,,,,,,,,>), typeof(Func13<,,,,,,,,,,,,,>), typeof(Func14<,,,,,,,,,,,,,,>), typeof(Func15<,,,,,,,,,,,,,,,>),
        typeof(Func16<,,,,,,,,,,,,,,,,>),
    ];

    private sealed class Action0(Function function) : CoreCall
    {
        private readonly Action call = function.WrapAction()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) => call();
    }

    private sealed class Func0<R>(Function function) : CoreCall
    {
        private readonly Func<R> call = function.WrapFunc<R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) => results[0] = CoreValues.From(call());
    }

    private sealed class Action1<A>(Function function) : CoreCall
    {
        private readonly Action<A> call = function.WrapAction<A>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) => call(CoreValues.To<A>(a[0]));
    }

    private sealed class Func1<A, R>(Function function) : CoreCall
    {
        private readonly Func<A, R> call = function.WrapFunc<A, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) => results[0] = CoreValues.From(call(CoreValues.To<A>(a[0])));
    }

    private sealed class Action2<A, B>(Function function) : CoreCall
    {
        private readonly Action<A, B> call = function.WrapAction<A, B>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) => call(CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]));
    }

    private sealed class Func2<A, B, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, R> call = function.WrapFunc<A, B, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) => results[0] = CoreValues.From(call(CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1])));
    }

    private sealed class Action3<A, B, C>(Function function) : CoreCall
    {
        private readonly Action<A, B, C> call = function.WrapAction<A, B, C>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) => call(CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]));
    }

    private sealed class Func3<A, B, C, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, R> call = function.WrapFunc<A, B, C, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2])));
    }

    private sealed class Action4<A, B, C, D>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D> call = function.WrapAction<A, B, C, D>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]));
    }

    private sealed class Func4<A, B, C, D, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, R> call = function.WrapFunc<A, B, C, D, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3])));
    }

    private sealed class Action5<A, B, C, D, E>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E> call = function.WrapAction<A, B, C, D, E>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]));
    }

    private sealed class Func5<A, B, C, D, E, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, R> call = function.WrapFunc<A, B, C, D, E, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4])));
    }

    private sealed class Action6<A, B, C, D, E, F>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F> call = function.WrapAction<A, B, C, D, E, F>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]), CoreValues.To<F>(a[5]));
    }

    private sealed class Func6<A, B, C, D, E, F, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, R> call = function.WrapFunc<A, B, C, D, E, F, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5])));
    }

    private sealed class Action7<A, B, C, D, E, F, G>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G> call = function.WrapAction<A, B, C, D, E, F, G>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]));
    }

    private sealed class Func7<A, B, C, D, E, F, G, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, R> call = function.WrapFunc<A, B, C, D, E, F, G, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6])));
    }

    private sealed class Action8<A, B, C, D, E, F, G, H>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G, H> call = function.WrapAction<A, B, C, D, E, F, G, H>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]));
    }

    private sealed class Func8<A, B, C, D, E, F, G, H, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, H, R> call = function.WrapFunc<A, B, C, D, E, F, G, H, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7])));
    }

    private sealed class Action9<A, B, C, D, E, F, G, H, I>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G, H, I> call = function.WrapAction<A, B, C, D, E, F, G, H, I>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]));
    }

    private sealed class Func9<A, B, C, D, E, F, G, H, I, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, H, I, R> call = function.WrapFunc<A, B, C, D, E, F, G, H, I, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8])));
    }

    private sealed class Action10<A, B, C, D, E, F, G, H, I, J>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G, H, I, J> call = function.WrapAction<A, B, C, D, E, F, G, H, I, J>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]));
    }

    private sealed class Func10<A, B, C, D, E, F, G, H, I, J, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, H, I, J, R> call = function.WrapFunc<A, B, C, D, E, F, G, H, I, J, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9])));
    }

    private sealed class Action11<A, B, C, D, E, F, G, H, I, J, K>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G, H, I, J, K> call = function.WrapAction<A, B, C, D, E, F, G, H, I, J, K>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]));
    }

    private sealed class Func11<A, B, C, D, E, F, G, H, I, J, K, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, H, I, J, K, R> call = function.WrapFunc<A, B, C, D, E, F, G, H, I, J, K, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10])));
    }

    private sealed class Action12<A, B, C, D, E, F, G, H, I, J, K, L>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G, H, I, J, K, L> call = function.WrapAction<A, B, C, D, E, F, G, H, I, J, K, L>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11]));
    }

    private sealed class Func12<A, B, C, D, E, F, G, H, I, J, K, L, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, H, I, J, K, L, R> call = function.WrapFunc<A, B, C, D, E, F, G, H, I, J, K, L, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11])));
    }

    private sealed class Action13<A, B, C, D, E, F, G, H, I, J, K, L, M>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G, H, I, J, K, L, M> call = function.WrapAction<A, B, C, D, E, F, G, H, I, J, K, L, M>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11]), CoreValues.To<M>(a[12]));
    }

    private sealed class Func13<A, B, C, D, E, F, G, H, I, J, K, L, M, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, H, I, J, K, L, M, R> call = function.WrapFunc<A, B, C, D, E, F, G, H, I, J, K, L, M, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11]), CoreValues.To<M>(a[12])));
    }

    private sealed class Action14<A, B, C, D, E, F, G, H, I, J, K, L, M, N>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G, H, I, J, K, L, M, N> call = function.WrapAction<A, B, C, D, E, F, G, H, I, J, K, L, M, N>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11]), CoreValues.To<M>(a[12]), CoreValues.To<N>(a[13]));
    }

    private sealed class Func14<A, B, C, D, E, F, G, H, I, J, K, L, M, N, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, H, I, J, K, L, M, N, R> call = function.WrapFunc<A, B, C, D, E, F, G, H, I, J, K, L, M, N, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11]), CoreValues.To<M>(a[12]), CoreValues.To<N>(a[13])));
    }

    private sealed class Action15<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O> call = function.WrapAction<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11]), CoreValues.To<M>(a[12]), CoreValues.To<N>(a[13]), CoreValues.To<O>(a[14]));
    }

    private sealed class Func15<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, R> call = function.WrapFunc<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11]), CoreValues.To<M>(a[12]), CoreValues.To<N>(a[13]), CoreValues.To<O>(a[14])));
    }

    private sealed class Action16<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>(Function function) : CoreCall
    {
        private readonly Action<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P> call = function.WrapAction<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11]), CoreValues.To<M>(a[12]), CoreValues.To<N>(a[13]), CoreValues.To<O>(a[14]),
                CoreValues.To<P>(a[15]));
    }

    private sealed class Func16<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, R>(Function function) : CoreCall
    {
        private readonly Func<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, R> call = function.WrapFunc<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, R>()!;

        public override void Invoke(ReadOnlySpan<ulong> a, Span<ulong> results) =>
            results[0] = CoreValues.From(call(
                CoreValues.To<A>(a[0]), CoreValues.To<B>(a[1]), CoreValues.To<C>(a[2]), CoreValues.To<D>(a[3]), CoreValues.To<E>(a[4]),
                CoreValues.To<F>(a[5]), CoreValues.To<G>(a[6]), CoreValues.To<H>(a[7]), CoreValues.To<I>(a[8]), CoreValues.To<J>(a[9]),
                CoreValues.To<K>(a[10]), CoreValues.To<L>(a[11]), CoreValues.To<M>(a[12]), CoreValues.To<N>(a[13]), CoreValues.To<O>(a[14]),
                CoreValues.To<P>(a[15])));
    }
}
