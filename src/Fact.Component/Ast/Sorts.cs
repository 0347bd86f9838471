using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>
/// What a component can import, export, pass to an instantiation or alias from an instance. Values, a gated
/// feature, are not supported, so their sort is absent.
/// </summary>
internal enum Sort : byte
{
    /// <summary>A core module (<c>0x00 0x11</c>).</summary>
    CoreModule,

    /// <summary>A component function (<c>0x01</c>).</summary>
    Func,

    /// <summary>A type (<c>0x03</c>).</summary>
    Type,

    /// <summary>A component (<c>0x04</c>).</summary>
    Component,

    /// <summary>A component instance (<c>0x05</c>).</summary>
    Instance,
}

/// <summary>What an outer alias can refer to.</summary>
internal enum OuterSort : byte
{
    /// <summary>A core module of an enclosing component.</summary>
    CoreModule,

    /// <summary>A core type of an enclosing component or type.</summary>
    CoreType,

    /// <summary>A type of an enclosing component or type.</summary>
    Type,

    /// <summary>A component of an enclosing component.</summary>
    Component,
}

/// <summary>
/// A definition that a core instance exports: <c>core:sortidx</c>. <c>core:sort</c> has three more (type, module, instance); no core instance can export those, so the
/// decoder rejects them where this is used.
/// </summary>
/// <param name="Sort">The index space.</param>
/// <param name="Index">Position in it, from 0.</param>
internal readonly record struct CoreSortIdx(CoreExternKind Sort, uint Index);

/// <summary>A definition that a component names: <c>sortidx</c>.</summary>
/// <param name="Sort">The index space.</param>
/// <param name="Index">Position in it, from 0.</param>
internal readonly record struct SortIdx(Sort Sort, uint Index);
