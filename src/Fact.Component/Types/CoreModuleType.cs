using System.Collections.Generic;
using Fact.Component.Binary;

namespace Fact.Component.Types;

/// <summary>The type of a core module.</summary>
/// <param name="imports">Its imports by module name and name, in order.</param>
/// <param name="exports">Its exports in order.</param>
internal sealed class CoreModuleType(
    OrderedDictionary<(string Module, string Name), CoreEntityType> imports,
    OrderedDictionary<string, CoreEntityType> exports)
{
    /// <summary>The imports by module name and name.</summary>
    public OrderedDictionary<(string Module, string Name), CoreEntityType> Imports { get; } = imports;

    /// <summary>The exports.</summary>
    public OrderedDictionary<string, CoreEntityType> Exports { get; } = exports;

    /// <summary>How many imports and exports there are, with one for the module.</summary>
    public long Size => 1L + Imports.Count + Exports.Count;
}

/// <summary>A type of the core type index space.</summary>
internal closed record CheckedCoreType
{
    private CheckedCoreType()
    {
    }

    /// <summary>A function type.</summary>
    public sealed record Func(Ast.CoreFuncType Type) : CheckedCoreType;

    /// <summary>A type that only core modules use.</summary>
    public sealed record Other : CheckedCoreType
    {
        private Other()
        {
        }

        /// <summary>The only value.</summary>
        public static Other Instance { get; } = new();
    }

    /// <summary>A module type.</summary>
    public sealed record Module(CoreModuleType Type) : CheckedCoreType;
}
