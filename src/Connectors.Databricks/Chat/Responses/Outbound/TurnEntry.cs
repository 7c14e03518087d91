using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>The contents of one item of a turn.</summary>
/// <param name="Contents">The contents; empty when the item has none of its own.</param>
/// <param name="Stored">The item as the service sent it, or null for contents that were never an item.</param>
internal readonly record struct TurnEntry(IReadOnlyList<AIContent> Contents, StoredItem? Stored);
