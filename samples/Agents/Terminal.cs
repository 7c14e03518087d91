using Microsoft.Extensions.AI;
using Spectre.Console;

namespace Agents;

/// <summary>Styles and tables for a terminal. Output that is redirected, and NO_COLOR, get plain text.</summary>
internal static class Terminal
{
    /// <summary>A person is at the terminal, so prompts are possible.</summary>
    public static bool IsInteractive => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    private static bool HasStyles =>
        AnsiConsole.Profile.Capabilities.Ansi && AnsiConsole.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    public static string Bold(string text) => Styled(text, "1");

    public static string Dim(string text) => Styled(text, "2");

    /// <summary>A table; rows of redirected output are not wrapped.</summary>
    /// <param name="columns">The headings.</param>
    /// <param name="rows">The cells of each row.</param>
    public static void WriteTable(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>A line with the token counts; empty if the endpoint sent none.</summary>
    public static string Counts(UsageDetails? usage)
    {
        if (usage is null)
        {
            return string.Empty;
        }

        var thinking = usage.ReasoningTokenCount is > 0 and var count ? $", {count} of them thinking" : string.Empty;
        return Dim($"[{usage.InputTokenCount} tokens in, {usage.OutputTokenCount} out{thinking}]");
    }

    /// <summary>Without a terminal there is no width to fit into.</summary>
    public static void Prepare()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 200;
        }
    }

    private static string Styled(string text, string code) => HasStyles ? $"\e[{code}m{text}\e[0m" : text;
}
