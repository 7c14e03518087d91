using System.Text.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Replies;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>Writes a whole response of the Responses API.</summary>
internal sealed record ResponseDocument(ChatResponse Response, ResponsesRequest Request, DateTimeOffset Now)
{
    public static void Write(Utf8JsonWriter writer, ResponseDocument document) => document.Write(writer);

    private void Write(Utf8JsonWriter writer)
    {
        var items = new OutputItems(listener: null);
        foreach (var message in Response.Messages.Where(message => message.Role == ChatRole.Assistant))
        {
            foreach (var content in message.Contents)
            {
                items.Add(message.MessageId, content);
            }
        }

        items.Close();
        new ResponseToJson(Request, ReplyIds.OrNew(Response.ResponseId, "resp_"), Response.CreatedAt ?? Now).Write(
            writer, ResponseToJson.StatusOf(Response.FinishReason), Response.FinishReason, items.Items, Response.Usage);
    }
}
