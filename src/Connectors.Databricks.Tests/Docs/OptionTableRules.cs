using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>Tables of options list what exists, with the default that a new instance has.</summary>
internal static partial class OptionTableRules
{
    /// <summary>In tables whose first header is the name of a type and whose second one is "Default".</summary>
    public static IEnumerable<string> DefaultsAreReal(IEnumerable<MarkdownTable> tables, Func<MarkdownTable, object?> instance) =>
        from table in tables
        where table.Header.Length > 1 && table.Header[1] == "Default"
        let options = instance(table)
        where options is not null
        from row in table.Rows
        from complaint in Complaints(options, row.Cells)
        select $"{table.Page}:{row.Line}: {complaint}";

    /// <summary>Every settable property of a type of options is on a page.</summary>
    public static IEnumerable<string> OptionsAreListed(IEnumerable<Type> types, IReadOnlyCollection<MarkdownFile> pages)
    {
        var named = pages.SelectMany(page => page.CodeSpans).SelectMany(span => Name().Matches(span.Code))
            .Select(name => name.Value).ToHashSet(StringComparer.Ordinal);
        return from type in types
               from property in ShippedApi.Settable(type)
               where !named.Contains(property.Name)
               select $"no page lists {type.Name}.{property.Name}.";
    }

    private static IEnumerable<string> Complaints(object options, string[] cells)
    {
        string[] names = [.. CodeSpan().Matches(cells[0]).Select(span => span.Value.Trim('`'))];
        string[] values = names.Length == 1 ? [cells[1]] : cells[1].Split(", ");
        for (var i = 0; i < names.Length; i++)
        {
            if (!TryRead(options, names[i], out var value))
            {
                yield return $"{options.GetType().Name} has no property '{names[i]}'.";
            }
            else if (values.Length == names.Length && !Shows(values[i], value))
            {
                yield return $"the default of {names[i]} is {Shown(value)}, and not '{values[i]}'.";
            }
        }
    }

    /// <summary>A path such as <c>Resilience.TotalRequestTimeout</c>.</summary>
    private static bool TryRead(object options, string path, out object? value)
    {
        value = options;
        foreach (var name in path.Split('.'))
        {
            if (value?.GetType().GetProperty(name) is not { } property)
            {
                return false;
            }

            value = property.GetValue(value);
        }

        return true;
    }

    // Prose, such as a link or "from the environment", is the default of what has no value of its own.
    private static bool Shows(string cell, object? value) => value switch
    {
        null => !Number().IsMatch(cell) && cell is not ("`true`" or "`false`" or "true" or "false" or "yes" or "no" or "zero"),
        bool => cell.Trim('`') == (bool)value switch { true => "true", false => "false" } || cell == ((bool)value ? "yes" : "no"),
        int.MaxValue => !Number().IsMatch(cell),
        Guid id => Shows(cell, id.ToString()),
        string text => cell.Trim('`').Split('…') is [var start, .. var rest] && text.StartsWith(start, StringComparison.Ordinal)
            && (rest is [] || text.EndsWith(rest[^1], StringComparison.Ordinal)),
        IEnumerable none when !none.Cast<object>().Any() => !Number().IsMatch(cell),
        IEnumerable<string> texts => texts.Contains(CodeSpan().Match(cell).Value.Trim('`')),
        IEnumerable items => cell == string.Join(", ", items.Cast<object>()),
        _ when Shown(value) is { } shown => cell.Trim('`').StartsWith(shown, StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    private static string? Shown(object? value) => value switch
    {
        null => "none",
        TimeSpan time when time == TimeSpan.Zero => "zero",
        TimeSpan { TotalHours: >= 1 } time => Unit(time.TotalHours, "hour"),
        TimeSpan { TotalMinutes: >= 1 } time => Unit(time.TotalMinutes, "minute"),
        TimeSpan time => Unit(time.TotalSeconds, "second"),
        int or long => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        double number => number.ToString(CultureInfo.InvariantCulture),
        bool or string or Enum => value.ToString(),
        _ => null,
    };

    private static string Unit(double count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Name();

    [GeneratedRegex(@"^`?\d")]
    private static partial Regex Number();
}
