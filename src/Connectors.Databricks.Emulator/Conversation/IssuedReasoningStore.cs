using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>Signatures that an endpoint issued, with their reasoning: replays must match byte for byte (§3.9).</summary>
internal sealed class IssuedReasoningStore
{
    private readonly ConcurrentDictionary<string, string> _textBySignature = new();
    private readonly ConcurrentDictionary<string, byte> _encrypted = new();
    private readonly ConcurrentDictionary<string, string> _itemById = new();

    public void Remember(ChatAnswer answer)
    {
        if (answer.Signature is not null)
        {
            _textBySignature[answer.Signature] = answer.Reasoning ?? "";
        }

        if (answer.EncryptedReasoning is not null)
        {
            _encrypted[answer.EncryptedReasoning] = 0;
        }
    }

    public bool Knows(string signature) => _textBySignature.ContainsKey(signature);

    public bool IsUnchanged(string signature, string text) => _textBySignature.TryGetValue(signature, out var issued) && issued == text;

    public bool KnowsEncrypted(string data) => _encrypted.ContainsKey(data);

    /// <summary>Stores an output item of the Responses API, which must be sent back unchanged.</summary>
    public void RememberItem(JsonObject item)
    {
        if (item.Text("id") is string id)
        {
            _itemById[id] = item.ToJsonString();
        }
    }

    /// <summary>Whether an item has the id of one that was issued, and not its content.</summary>
    public bool IsChangedItem(JsonObject item) => item.Text("id") is string id && _itemById.TryGetValue(id, out var issued)
        && !JsonNode.DeepEquals(JsonNode.Parse(issued), item);
}
