using System.Text;
using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>The items that a conversation sends back, in the order of their output.</summary>
internal static class StoredItems
{
    public static string[] Of(ChatResponse response) => [.. All(response).OrderBy(item => item.Index).Select(Text)];

    public static IEnumerable<StoredItem> All(ChatResponse response) =>
        from message in response.Messages
        from content in message.Contents
        let stored = StoredItem.In(content)
        where stored is not null
        select stored;

    private static string Text(StoredItem item) => Encoding.UTF8.GetString(item.Item.Span);
}
