using System.Text.Json;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary>Approves a change.</summary>
internal delegate ValueTask<bool> ChangeApproval(EndpointChange change, CancellationToken cancellationToken);

/// <summary>A tool that changes an endpoint or a model service, after an approval.</summary>
internal abstract class ChangeTool(string name, string description, string parameters, ChangeApproval approve, ToolContext context)
    : EndpointTool(name, $"{description} The user must approve the change.", parameters, context)
{
    // The name of an endpoint is never truncated, so that no change of another endpoint is approved.
    private const int LongestShown = ToolArguments.LongestEndpointName;

    protected const string NameAlone =
        """{"type":"object","properties":{"name":{"type":"string","description":"The exact name of the endpoint"}},"required":["name"]}""";

    protected sealed override async Task<JsonElement> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var endpointName = arguments.EndpointName();
        var (description, change) = Plan(endpointName, arguments);
        var request = new EndpointChange { ToolName = Name, EndpointName = endpointName, Description = description };
        if (!await approve(request, cancellationToken).ConfigureAwait(false))
        {
            return Write(writer =>
            {
                writer.WriteBoolean("done"u8, false);
                writer.WriteString("note"u8, "The user denied the change. Do not repeat it unless the user requests it.");
            });
        }

        await change(cancellationToken).ConfigureAwait(false);
        return Write(writer =>
        {
            writer.WriteBoolean("done"u8, true);
            writer.WriteString("what"u8, description);
            if (Note is { } note)
            {
                writer.WriteString("note"u8, note);
            }
        });
    }

    /// <summary>The note for the model in the result of a completed change.</summary>
    protected virtual string? Note => null;

    /// <summary>
    /// Reads the arguments, and describes the change in a sentence for the approval. Text of the model is quoted with
    /// <see cref="Shown(string)"/>: it must not add lines, hide characters or imitate the sentence.
    /// </summary>
    protected abstract (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments);

    /// <summary>Formats an argument for the approval.</summary>
    protected static string Shown(string argument) => SingleLineText.Quote(argument, LongestShown);

    /// <summary>Formats percentages for the approval.</summary>
    protected static string Shown(TrafficConfig traffic) =>
        string.Join(", ", traffic.Routes.Select(route => $"{Shown(route.ServedEntityName)} {route.Percentage} %"));
}
