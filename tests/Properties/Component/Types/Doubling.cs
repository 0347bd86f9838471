using System;
using System.Linq;
using System.Text;

namespace Fact.Properties.Component.Types;

/// <summary>
/// Small components of types that are made of two or more of the type before, level after level, and are then used many times: whatever is not counted
/// when it is copied, compared or walked grows out of all bounds.
/// </summary>
internal sealed class Doubling(Random random)
{
    private readonly StringBuilder text = new("(component\n");
    private readonly string filler = new('x', random.Next(3) == 0 ? random.Next(1, 3_000) : random.Next(1, 8));
    private int uses;

    /// <summary>The text.</summary>
    public string Component()
    {
        int levels = random.Next(3, 24);
        Base();
        for (int i = 1; i <= levels; i++)
            Level(i);
        int last = random.Next(3) == 0 ? levels : random.Next(1, levels + 1);
        string use = Use(last);
        for (int i = random.Next(1, 60); i > 0; i--)
            text.Append(use.Replace("#", $"u{++uses}", StringComparison.Ordinal)).Append('\n');
        return text.Append(')').ToString();
    }

    private void Base() => text.Append($"(type $t0 (instance {Members()}))\n");

    private string Members()
    {
        string resource = random.Next(3) == 0 ? "" : $"(export \"r-{filler}\" (type $r (sub resource)))";
        string own = resource.Length == 0 ? "u8" : "(own $r)";
        var members = new StringBuilder(resource);
        int fields = random.Next(1, 20);
        if (random.Next(2) == 0)
        {
            string labels = string.Concat(Enumerable.Range(0, fields).Select(i => $"(field \"f{i}-{filler}\" {own})"));
            members.Append($"(type $d (record {labels})) (export \"d\" (type $e (eq $d))) (export \"g\" (func (param \"p\" (list $e)) (result $e)))");
        }
        if (random.Next(2) == 0)
        {
            string parameters = string.Concat(Enumerable.Range(0, fields).Select(i => $"(param \"p{i}-{filler}\" (tuple {own} string))"));
            members.Append($"(export \"f-{filler}\" (func {parameters}))");
        }
        return members.ToString();
    }

    private void Level(int i)
    {
        int width = random.Next(6) == 0 ? random.Next(3, 12) : 2;
        string inner = $"(alias outer 1 $t{i - 1} (type $t))";
        var members = new StringBuilder();
        for (int k = 0; k < width; k++)
            members.Append($"(export \"m{k}-{filler}\" (instance (type $t)))");
        text.Append(random.Next(8) switch
        {
            0 => $"(type $t{i} (instance {inner} {members} {Members()}))\n",
            1 => $"(type $t{i} (instance {inner} (export \"t\" (type (eq $t))) {members}))\n",
            2 => $"(type $t{i} (instance {inner} (type $c (component (alias outer 1 $t (type $t)) (import \"i-{filler}\" (instance (type $t))) {members})) "
                + "(export \"c\" (component (type $c))) (export \"m\" (instance (type $t)))))\n",
            _ => $"(type $t{i} (instance {inner} {members}))\n",
        });
    }

    private string Use(int level)
    {
        string type = $"$t{level}";
        switch (random.Next(9))
        {
            case 0:
                return $"(import \"#-{filler}\" (instance (type {type})))";
            case 1:
                return $"(export \"#-{filler}\" (type {type}))";
            case 2:
                return $"(type (component (alias outer 1 {type} (type $t)) (import \"i-{filler}\" (instance (type $t))) (export \"e\" (instance (type $t)))))";
            case 3:
                text.Append($"(component $c (alias outer 1 {type} (type $t)) (import \"i\" (instance $i (type $t))) (export \"e-{filler}\" (instance $i)) "
                    + $"(export \"f\" (instance $i)))\n(import \"i\" (instance $i (type {type})))\n");
                return "(instance (instantiate $c (with \"i\" (instance $i))))";
            case 4:
                text.Append($"(component $c (alias outer 1 {type} (type $t)) (import \"i\" (instance (type $t))))\n"
                    + $"(type $k (component (alias outer 1 {type} (type $t)) (import \"i\" (instance (type $t)))))\n");
                text.Append("(component $d (alias outer 1 $k (type $k)) (import \"c\" (component (type $k))))\n");
                return "(instance (instantiate $d (with \"c\" (component $c))))";
            case 5:
                text.Append($"(import \"i\" (instance $b0 (type {type})))\n");
                int levels = random.Next(1, 20);
                for (int i = 1; i <= levels; i++)
                    text.Append($"(instance $b{i} (export \"a-{filler}\" (instance $b{i - 1})) (export \"b\" (instance $b{i - 1})))\n");
                return $"(export \"#-{filler}\" (instance $b{random.Next(levels) + 1}))";
            case 6:
                text.Append($"(component $c (alias outer 1 {type} (type $t)) (import \"i\" (instance (type $t))))\n(import \"i\" (instance $i (type {type})))\n");
                return "(instance (instantiate $c (with \"i\" (instance $i))))";
            case 7:
                // An own component for each use, which goes through the type again.
                return $"(component (alias outer 1 {type} (type $t)) (import \"i\" (instance $i (type $t))) (export \"e\" (instance $i)))";
            default:
                text.Append($"(component $c (type $r (resource (rep i32))) (type $d (record (field \"d-{filler}\" (own $r)))) (export $s \"s-{filler}\" (type $r)))\n");
                return "(instance (instantiate $c))";
        }
    }
}
