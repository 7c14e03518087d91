using System.Collections.Concurrent;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>Signatures that an endpoint issued, with their reasoning: replays must match byte for byte (§3.9).</summary>
internal sealed class IssuedReasoningStore
{
    private readonly ConcurrentDictionary<string, string> _textBySignature = new();
    private readonly ConcurrentDictionary<string, byte> _encrypted = new();

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
}
