using System.Diagnostics;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>What a program saw, as plain data that can be compared.</summary>
internal static class Snapshot
{
    public static IEnumerable<object> Messages(IEnumerable<ChatMessageContent> messages) => messages.Select(Message).ToArray();

    public static object Message(ChatMessageContent message) => new
    {
        Role = Role(message.Role.Label),
        message.Content,
        Text = message.ToString(),
        message.AuthorName,
        message.ModelId,
        Items = message.Items.Select(Item).ToArray(),
        FinishReason = message.Metadata?.GetValueOrDefault("FinishReason"),
    };

    // A role compares without its casing.
    public static string? Role(string? label) => label?.ToLowerInvariant();

    public static object Item(KernelContent item) => item switch
    {
        TextContent text => new { text.Text },
        FunctionCallContent call => new
        {
            call.Id,
            call.PluginName,
            call.FunctionName,
            call.Arguments,
            Types = call.Arguments?.ToDictionary(argument => argument.Key, argument => argument.Value?.GetType().Name),
            Exception = call.Exception?.Message,
        },
        FunctionResultContent result => new { result.CallId, result.PluginName, result.FunctionName, result.Result },
        _ => new { Type = item.GetType().Name, Text = item.ToString() },
    };

    /// <summary>What a stream said, whichever way it was cut into updates.</summary>
    public static object Updates(IReadOnlyList<StreamingChatMessageContent> updates)
    {
        var calls = new FunctionCallContentBuilder();
        foreach (var update in updates)
        {
            calls.Append(update);
        }

        return new
        {
            Texts = updates.Select(update => update.Content).Where(text => !string.IsNullOrEmpty(text)),
            Calls = calls.Build().Select(Item).ToArray(),
            Roles = updates.Select(update => Role(update.Role?.Label)).Where(role => role is not null).Distinct(),
            Choices = updates.Select(update => update.ChoiceIndex).Distinct(),
            FinishReasons = Values(updates, "FinishReason"),
            Usages = Values(updates, "Usage").Count(),
        };
    }

    private static IEnumerable<object?> Values(IReadOnlyList<StreamingChatMessageContent> updates, string name) =>
        updates.Select(update => update.Metadata?.GetValueOrDefault(name)).Where(value => value is not null);

    public static object Activity(Activity activity) => new
    {
        activity.DisplayName,
        Source = activity.Source.Name,
        Kind = activity.Kind.ToString(),
        Tags = activity.TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value?.ToString()),
    };
}
