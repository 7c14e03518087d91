using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>
/// The metadata of a streaming message, created on first access: most updates of a stream are read for their text alone.
/// </summary>
internal sealed class UpdateMetadata(ChatResponseUpdate update) : IReadOnlyDictionary<string, object?>
{
    private Dictionary<string, object?>? _values;

    private Dictionary<string, object?> Values => _values ??= MetadataFromChat.Read(update);

    public int Count => Values.Count;

    public IEnumerable<string> Keys => Values.Keys;

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => Values.Values;

    public object? this[string key] => Values[key];

    public bool ContainsKey(string key) => Values.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => Values.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
