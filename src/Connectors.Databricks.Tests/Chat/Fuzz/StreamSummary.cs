using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>What a stream says, in a form that two readers can be compared by.</summary>
internal sealed record StreamSummary(string Text, string Reasoning, string Usage)
{
    public static StreamSummary Of(List<ChatResponseUpdate> updates)
    {
        var contents = updates.SelectMany(update => update.Contents).ToList();
        var usage = contents.OfType<UsageContent>().SingleOrDefault()?.Details;
        string?[] counts =
        [
            usage?.OutputTokenCount is { } output ? $"completion_tokens={output}" : null,
            usage?.InputTokenCount is { } input ? $"prompt_tokens={input}" : null,
        ];
        return new StreamSummary(
            string.Concat(contents.OfType<TextContent>().Select(text => text.Text)),
            string.Concat(contents.OfType<TextReasoningContent>().Select(reasoning => reasoning.Text)),
            string.Join(";", counts.Where(count => count is not null)));
    }
}
