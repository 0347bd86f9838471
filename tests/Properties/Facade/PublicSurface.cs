using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fact.Properties.Facade;

/// <summary>What users of the packages see, as text: types and members, without what the compiler makes for records.</summary>
internal static class PublicSurface
{
    public static readonly string[] Assemblies = ["Fact", "Fact.Cli", "Fact.Component", "Fact.Emit", "Fact.Host", "Fact.Ir", "Fact.Lower", "Fact.Wasi"];

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> Synthesized =
        ["Equals", "GetHashCode", "ToString", "op_Equality", "op_Inequality", "Deconstruct", "PrintMembers", "<Clone>$", "get_EqualityContract"];

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>The types of an assembly that others can use, nested ones too.</summary>
    public static IEnumerable<Type> Types(string assembly) => Assembly.Load(assembly).GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    public static string Text()
    {
        var text = new StringBuilder();
        foreach (string assembly in Assemblies)
        {
            text.Append("# ").Append(assembly).Append('\n');
            foreach (var type in Types(assembly))
            {
                text.Append('\n').Append(Kind(type)).Append(' ').Append(type.Namespace).Append('.').Append(Name(type)).Append('\n');
                foreach (string member in Members(type).Order(StringComparer.Ordinal))
                    text.Append("  ").Append(member).Append('\n');
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The constructors and methods that users can call.</summary>
    public static IEnumerable<MethodBase> Callable(Type type) =>
        type.GetMembers(Declared).OfType<MethodBase>().Where(method => IsVisible(method) && !IsSynthesized(type, method));

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            return [$"{Name(invoke.ReturnType)} Invoke({Parameters(invoke)})"];
        }
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{field.Name} = {Convert.ChangeType(field.GetRawConstantValue(), Enum.GetUnderlyingType(type))}");
        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily)
            .Select(field => field.IsLiteral ? $"const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}" : $"{Name(field.FieldType)} {field.Name}");
        var properties = type.GetProperties(Declared).Where(property => property.Name != "EqualityContract" && property.GetAccessors(true).Any(IsVisible))
            .Select(Property);
        var methods = Callable(type).Where(method => !method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Select(Method);
        return fields.Concat(properties).Concat(methods);
    }

    private static string Property(PropertyInfo property)
    {
        string indices = string.Join(", ", property.GetIndexParameters().Select(parameter => Name(parameter.ParameterType)));
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string set = property.SetMethod is { } setter && IsVisible(setter) ? isInit ? " init;" : " set;" : "";
        string get = property.GetMethod is { } getter && IsVisible(getter) ? " get;" : "";
        string isStatic = property.GetAccessors(true)[0].IsStatic ? "static " : "";
        return $"{isStatic}{Type(property.PropertyType, new NullabilityInfoContext().Create(property))} "
            + $"{property.Name}{(indices.Length > 0 ? $"[{indices}]" : "")} {{{get}{set} }}";
    }

    private static string Method(MethodBase method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        string result = method is MethodInfo info ? Type(info.ReturnType, new NullabilityInfoContext().Create(info.ReturnParameter)) + " " : "";
        return $"{(method.IsStatic ? "static " : "")}{result}{(method.IsConstructor ? "new" : method.Name)}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : "")}{Type(parameter.ParameterType, new NullabilityInfoContext().Create(parameter))} "
            + $"{parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}"));

    private static string Type(Type type, NullabilityInfo nullability) =>
        Name(type) + (nullability.ReadState == NullabilityState.Nullable && Nullable.GetUnderlyingType(type) is null ? "?" : "");

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null || type.GetMethod("PrintMembers", Declared) is not null;

    private static bool IsSynthesized(Type type, MethodBase method) =>
        method.DeclaringType != type || method.Name.Contains('<')
        || ((IsRecord(type) || method.Name is "Equals" or "GetHashCode" or "ToString") && Synthesized.Contains(method.Name))
        || (IsRecord(type) && method.IsConstructor && method.GetParameters() is [{ } only] && only.ParameterType == type);

    private static string Kind(Type type) =>
        type.IsSubclassOf(typeof(Delegate)) ? "delegate"
        : type.IsEnum ? "enum " + Name(Enum.GetUnderlyingType(type))
        : type.IsInterface ? "interface"
        : type.IsValueType ? IsRecord(type) ? "record struct" : "struct"
        : (type.IsAbstract && type.IsSealed ? "static class" : IsRecord(type) ? type.IsAbstract ? "closed record" : "record" : "class")
            + (type.BaseType is { } parent && parent != typeof(object) ? $" ({Name(parent)})" : "");

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
