using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// The tool that is declared when a request has no tools but its conversation has tool calls, for hosts that reject such a request
/// (Amazon Bedrock, [issue elastic/kibana#246943]). Semantic Kernel's OpenAI connector and LiteLLM do the same.
/// </summary>
internal sealed class PlaceholderTool(ChatRequest request)
{
    public const string Name = "no_tool_available";

    private const string Description = "Placeholder: no tool is available in this turn. Never call it; respond with text.";

    private bool _isCalled;
    private bool _isOtherCalled;

    /// <summary>Whether the model requires the placeholder. Tools in JSON of the caller take precedence.</summary>
    public static bool IsNeeded(ChatRequest request) =>
        request.Model.Tools.RequiresToolsAfterCalls && !request.OffersTools && HasCalls(request.Messages);

    public static void Write(RequestDocument body, ChatRequest request)
    {
        body.BeginArray("tools");
        var writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function"u8);
        ToolsToWire.BeginFunction(writer, request);
        writer.WriteString("name"u8, Name);
        writer.WriteString("description"u8, Description);
        writer.WriteStartObject("parameters"u8);
        writer.WriteString("type"u8, "object"u8);
        writer.WriteStartObject("properties"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
        ToolsToWire.EndFunction(writer, request);
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (request.Model.Tools.SupportsNoneChoice && !request.SetsInJson("tool_choice") && body.Begins("tool_choice"))
        {
            writer.WriteStringValue("none"u8);
        }

        request.Note("tools", "a placeholder declared, because the conversation has tool calls");
    }

    /// <returns>An instance that removes calls of the tool from the response, or null when it was not declared.</returns>
    public static PlaceholderTool? In(ChatRequest request) => request.DeclaresPlaceholderTool ? new(request) : null;

    /// <summary>Removes calls of the tool: it cannot be invoked, and a function-invoking client would loop.</summary>
    public void RemoveCalls(ChatResponse response)
    {
        foreach (var message in response.Messages)
        {
            RemoveCalls(message.Contents);
        }

        response.FinishReason = Corrected(response.FinishReason);
    }

    /// <inheritdoc cref="RemoveCalls(ChatResponse)"/>
    public void RemoveCalls(List<ChatResponseUpdate> updates)
    {
        foreach (var update in updates)
        {
            RemoveCalls(update.Contents);
            update.FinishReason = Corrected(update.FinishReason);
        }
    }

    private void RemoveCalls(IList<AIContent> contents)
    {
        for (var i = contents.Count - 1; i >= 0; i--)
        {
            if (contents[i] is not FunctionCallContent call)
            {
                continue;
            }

            if (call.Name != Name)
            {
                _isOtherCalled = true;
                continue;
            }

            contents.RemoveAt(i);
            if (!_isCalled)
            {
                _isCalled = true;
                request.Note(
                    "tool_calls", "calls of the placeholder tool removed from the response", "it cannot be called", affectsAnswer: true);
            }
        }
    }

    private ChatFinishReason? Corrected(ChatFinishReason? reason) =>
        reason == ChatFinishReason.ToolCalls && _isCalled && !_isOtherCalled ? ChatFinishReason.Stop : reason;

    private static bool HasCalls(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var contents = messages[i]?.Contents;
            for (var j = 0; j < contents?.Count; j++)
            {
                if (contents[j] is FunctionCallContent or FunctionResultContent)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
