using Connectors.Databricks.Transport;

namespace Connectors.Databricks.TextCompletions.Inbound;

/// <summary>Reads a completion document.</summary>
internal static class CompletionFromWire
{
    /// <exception cref="DatabricksServingException">The body is an error, not JSON, or lacks requested choices.</exception>
    public static DatabricksCompletion Read(
        ServingCall call, ServedDocument document, int expectedChoices, CancellationToken cancellationToken)
    {
        var reading = new CompletionDocument(call, document.Reply, cancellationToken);
        reading.Read(document.Body, isErrorEvent: false);
        reading.RequireWhole();
        DatabricksCompletionChoice[] choices = [.. reading.Choices.OrderBy(choice => choice.Index)];
        if (choices.DistinctBy(choice => choice.Index).Count() != expectedChoices || choices.Length != expectedChoices || reading.IsChat)
        {
            throw reading.Unexpected(choices.Length, expectedChoices);
        }

        return new DatabricksCompletion(choices)
        {
            Id = reading.Id,
            ModelId = reading.Model,
            CreatedAt = reading.CreatedAt,
            Usage = reading.Usage.ToDetails(),
            RawResponse = document.Reply.Raw(document.Body),
        };
    }
}
