using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>Copies messages and contents with a change, so that those of the caller are never modified.</summary>
internal static class Copies
{
    /// <summary>Returns a copy of a message with other contents.</summary>
    public static ChatMessage With(this ChatMessage message, IList<AIContent> contents)
    {
        var copy = message.Clone();
        copy.Contents = contents;
        return copy;
    }

    /// <summary>Returns a copy of a call with other properties.</summary>
    public static FunctionCallContent With(this FunctionCallContent call, AdditionalPropertiesDictionary properties) =>
        new(call.CallId, call.Name, call.Arguments)
        {
            Exception = call.Exception,
            InformationalOnly = call.InformationalOnly,
            AdditionalProperties = properties,
        };

    /// <summary>Returns a copy of a call with another id.</summary>
    public static FunctionCallContent With(this FunctionCallContent call, string callId) =>
        new(callId, call.Name, call.Arguments)
        {
            Exception = call.Exception,
            InformationalOnly = call.InformationalOnly,
            AdditionalProperties = call.AdditionalProperties,
        };

    /// <summary>Returns a copy of a result with another id.</summary>
    public static FunctionResultContent With(this FunctionResultContent result, string callId) =>
        new(callId, result.Result) { Exception = result.Exception, AdditionalProperties = result.AdditionalProperties };

    /// <summary>Returns a copy of a result with other contents.</summary>
    public static FunctionResultContent With(this FunctionResultContent result, IReadOnlyList<AIContent> contents) =>
        new(result.CallId, contents) { Exception = result.Exception, AdditionalProperties = result.AdditionalProperties };

    /// <summary>Replaces a message in a copy of the list, which is created for the first replacement.</summary>
    public static List<ChatMessage> Replaced(
        this List<ChatMessage>? copy, IReadOnlyList<ChatMessage> messages, int index, ChatMessage message)
    {
        copy ??= [.. messages];
        copy[index] = message;
        return copy;
    }
}
