using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Browser.Tests.Pictures;

/// <summary>The output of a program as a page that looks like a terminal. Of the control sequences, bold, dim and reset count.</summary>
internal static partial class TerminalPage
{
    /// <param name="command">What was typed at the prompt of the shell.</param>
    /// <param name="output">The output, with control sequences.</param>
    public static string Of(string command, string output) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <title>Terminal</title>
        <style>
          body { margin: 0; padding: 16px; background: #fff; }
          main { display: inline-block; background: #14181f; color: #e6e9ef; border-radius: 10px; padding: 14px 18px 18px; }
          main::before { content: "● ● ●"; color: #4b5563; font: 14px sans-serif; letter-spacing: 2px; }
          pre { margin: 10px 0 0; font: 15px/1.45 "DejaVu Sans Mono", monospace; width: 100ch; white-space: pre-wrap; overflow-wrap: anywhere; }
          .dim { color: #8b95a7; }
          .bold { font-weight: bold; }
          .shell { color: #7dd3a8; }
        </style>
        <main><pre><span class="shell">$ {{WebUtility.HtmlEncode(command)}}</span>
        {{Html(output)}}</pre></main>
        </html>
        """;

    internal static string Html(string output)
    {
        var html = new StringBuilder();
        var isOpen = false;
        var text = output.Replace("\r", "", StringComparison.Ordinal);
        var position = 0;
        foreach (Match sequence in Sequence().Matches(text))
        {
            html.Append(WebUtility.HtmlEncode(text[position..sequence.Index]));
            position = sequence.Index + sequence.Length;
            if (StyleOf(sequence.Value) is not { } style)
            {
                continue;
            }

            html.Append(isOpen ? "</span>" : "").Append(style.Length > 0 ? $"""<span class="{style}">""" : "");
            isOpen = style.Length > 0;
        }

        return html.Append(WebUtility.HtmlEncode(text[position..])).Append(isOpen ? "</span>" : "").ToString().Trim();
    }

    private static string? StyleOf(string sequence) => sequence switch
    {
        "\e[0m" => "",
        "\e[1m" => "bold",
        "\e[2m" => "dim",
        _ => null,
    };

    // CSI sequences, and the two that select the keys of a keypad.
    [GeneratedRegex(@"\e(?:\[[0-?]*[ -/]*[@-~]|[=>])")]
    private static partial Regex Sequence();
}
