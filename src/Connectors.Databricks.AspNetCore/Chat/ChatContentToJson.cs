using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>
/// Writes a content of a response: its type is the name of the event, its members are the data. A document has both in one object.
/// </summary>
internal sealed class ChatContentToJson(DatabricksChatRouteOptions options)
{
    /// <summary>The code of a refusal by the model; the messages of other errors are not for clients.</summary>
    public const string Refusal = "Refusal";

    private readonly bool _includesReasoning = options.IncludeReasoning;
    private readonly bool _includesToolCalls = options.IncludeToolCalls;
    private readonly bool _includesToolResults = options.IncludeToolResults;

    /// <summary>Returns the type of a content; null for one that clients do not receive.</summary>
    public string? TypeOf(AIContent content) => content switch
    {
        TextReasoningContent thought => _includesReasoning && (thought.Text.Length > 0 || thought.ProtectedData is not null)
            ? "reasoning"
            : null,
        TextContent text => text.Text.Length > 0 ? "text" : null,
        FunctionCallContent => _includesToolCalls ? "toolCall" : null,
        FunctionResultContent => _includesToolCalls || _includesToolResults ? "toolResult" : null,
        ErrorContent => "refusal",
        DataContent or UriContent => "media",
        _ => null,
    };

    /// <param name="writer">The writer, inside an object.</param>
    /// <param name="content">A content that has a type.</param>
    /// <param name="messageId">The id of its message: agents respond with several.</param>
    public void WriteMembers(Utf8JsonWriter writer, AIContent content, string? messageId)
    {
        switch (content)
        {
            case TextReasoningContent thought:
                writer.WriteString("text"u8, thought.Text);
                WriteText(writer, "protectedData"u8, thought.ProtectedData);
                break;
            case TextContent text:
                writer.WriteString("text"u8, text.Text);
                WriteText(writer, "messageId"u8, messageId);
                break;
            case FunctionCallContent call:
                writer.WriteString("callId"u8, call.CallId);
                writer.WriteString("name"u8, call.Name);
                writer.WriteString("arguments"u8, ToolArguments.Of(call));
                if (ToolArguments.Extra(call, Requests.ToolCallFromJson.ExtraContent) is { } extra)
                {
                    writer.WritePropertyName(Requests.ToolCallFromJson.ExtraContent);
                    extra.WriteTo(writer);
                }

                writer.WriteBoolean("isInformational"u8, call.InformationalOnly);
                break;
            case FunctionResultContent result:
                writer.WriteString("callId"u8, result.CallId);
                writer.WriteBoolean("isError"u8, result.Exception is not null);
                if (_includesToolResults && result.Exception is null)
                {
                    writer.WritePropertyName("result"u8);
                    ToolArguments.WriteValue(writer, result.Result);
                }

                break;
            case ErrorContent error:
                writer.WriteString("message"u8, error.ErrorCode == Refusal ? error.Message : "The model reported an error.");
                break;
            case DataContent data:
                writer.WriteString("mediaType"u8, data.MediaType);
                writer.WriteString("url"u8, data.Uri);
                break;
            case UriContent link:
                writer.WriteString("mediaType"u8, link.MediaType);
                writer.WriteString("url"u8, link.Uri.AbsoluteUri);
                break;
        }
    }

    public static void WriteUsage(Utf8JsonWriter writer, UsageDetails usage)
    {
        WriteCount(writer, "inputTokens"u8, usage.InputTokenCount);
        WriteCount(writer, "outputTokens"u8, usage.OutputTokenCount);
        WriteCount(writer, "totalTokens"u8, usage.TotalTokenCount);
        WriteCount(writer, "cachedInputTokens"u8, usage.CachedInputTokenCount);
        WriteCount(writer, "reasoningTokens"u8, usage.ReasoningTokenCount);
    }

    /// <summary>Writes the policy and the phase. The reason may repeat data of others; the text of the response is for the user.</summary>
    public static void WriteDenial(Utf8JsonWriter writer, DatabricksServicePolicyDenial denial)
    {
        WriteText(writer, "policyName"u8, denial.PolicyName);
        WriteText(writer, "phase"u8, denial.Phase);
    }

    public static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteCount(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? count)
    {
        if (count is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }
}
