using System.Text;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>Updates in words, one a line, so that two readings can be compared.</summary>
internal static class UpdateText
{
    public static string Of(List<ChatResponseUpdate> updates)
    {
        var text = new StringBuilder();
        foreach (var update in updates)
        {
            text.AppendJoin(
                '|', update.Role, update.ResponseId, update.MessageId, update.ModelId, update.CreatedAt?.ToUnixTimeSeconds(),
                update.FinishReason);
            Append(text, update.AdditionalProperties);
            foreach (var content in update.Contents)
            {
                text.Append('|').Append(content switch
                {
                    TextContent item => $"text {item.Text}",
                    TextReasoningContent item => $"reasoning {item.Text} {item.ProtectedData}",
                    FunctionCallContent item =>
                        $"call {item.CallId} {item.Name} {string.Join(",", item.Arguments!.Select(pair => $"{pair.Key}={pair.Value}"))}",
                    UsageContent item =>
                        $"usage {item.Details.InputTokenCount} {item.Details.OutputTokenCount} {item.Details.TotalTokenCount} " +
                        $"{item.Details.ReasoningTokenCount} {item.Details.CachedInputTokenCount}",
                    _ => content.GetType().Name,
                });
                Append(text, (content as UsageContent)?.Details.AdditionalCounts);
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private static void Append<T>(StringBuilder text, IEnumerable<KeyValuePair<string, T>>? pairs) =>
        text.AppendJoin("", pairs?.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"|{pair.Key}={pair.Value}") ?? []);
}
