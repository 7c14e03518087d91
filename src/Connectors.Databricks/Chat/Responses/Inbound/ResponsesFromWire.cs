using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>Reads a document of the Responses API, of a model or of an agent.</summary>
internal static class ResponsesFromWire
{
    /// <exception cref="DatabricksServingException">The body is an error, not JSON, or not a response.</exception>
    public static ChatResponse Read(
        ServingCall call, ServedDocument document, ReasoningContext reasoning, CancellationToken cancellationToken) =>
        ReplyDocument.Read(ReadJson, call, document, reasoning, cancellationToken);

    private static ChatResponse ReadJson(
        ServingCall call, ServedDocument document, byte[] json, ReasoningContext reasoning, CancellationToken cancellationToken)
    {
        var reply = document.Reply;
        JsonReading.RequireUtf8(json);
        JsonBounds.Require(json, reply.Limits.MaxJsonValues, reply.Json, cancellationToken);
        var items = new ItemBudget(reply.Limits.MaxItems, cancellationToken);
        var facts = new ReplyFacts(reply, items);
        var fields = ResponseFields.Read(json, reply.Json, facts);
        if (fields.IsFailed && !facts.IsDenied)
        {
            using var error = JsonDocument.Parse(json);
            throw ServingExceptions.ErrorInBody(call, reply, error.RootElement);
        }

        if (!RawJson.IsArray(fields.Output) && !facts.IsDenied)
        {
            throw Unexpected(call, reply, fields.OtherShape ?? "a JSON object without output items");
        }

        reasoning = reasoning with { MaxToolArgumentBytes = reply.Limits.MaxToolArgumentBytes, Items = items };
        var contents = new ResponseContents(facts, reasoning);
        FinalOutput.Read(
            fields.Output, new OutputItems(items), new OutputReader(contents, reasoning, reply.Json) { ResponseId = fields.Id }, items,
            reply.Json);
        return ToResponse(contents, fields, facts, reply.Raw(document.Body));
    }

    private static ChatResponse ToResponse(ResponseContents contents, in ResponseFields fields, ReplyFacts facts, object raw)
    {
        List<ChatResponseUpdate> updates = [];
        contents.End(updates);
        var response = new ChatResponse([.. updates.Select(Message)])
        {
            ResponseId = facts.Id,
            ModelId = facts.Model,
            CreatedAt = facts.CreatedAt,
            Usage = facts.Usage.ToDetails(),
            AdditionalProperties = facts.ToProperties(),
            RawRepresentation = raw,
            FinishReason = ResponseFields.FinishReason(fields.Status, fields.IncompleteReason, contents.HasCalls),
        };
        if (facts.Denial(response.FinishReason) is { } denial)
        {
            response.FinishReason = ChatFinishReason.ContentFilter;
            response.AdditionalProperties = ServicePolicyFromWire.AddTo(response.AdditionalProperties, denial);
        }

        return response;
    }

    private static ChatMessage Message(ChatResponseUpdate update) => new(update.Role ?? ChatRole.Assistant, update.Contents)
    {
        MessageId = update.MessageId,
        CreatedAt = update.CreatedAt,
    };

    public static DatabricksServingException Unexpected(ServingCall call, ServingReply reply, string what) => ServingExceptions.Unexpected(
        call, reply, what,
        "Check that the endpoint supports the Responses API (its task is agent/v1/responses, or its model supports it); otherwise use " +
        "chat completions.");
}
