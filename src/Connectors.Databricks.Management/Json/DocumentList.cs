using System.Collections;

namespace Connectors.Databricks.Management;

/// <summary>A list of documents of the service, with a description of each item that cannot be read.</summary>
/// <typeparam name="T">The type of the documents.</typeparam>
public sealed class DocumentList<T> : IReadOnlyList<T>
    where T : EndpointDocument
{
    private readonly T[] _items;

    /// <summary>Initializes a new instance of the <see cref="DocumentList{T}"/> class.</summary>
    /// <param name="items">The documents.</param>
    public DocumentList(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _items = [.. items];
    }

    /// <summary>Gets a description of each item that is omitted, such as <c>endpoints[1] is null</c>.</summary>
    /// <value>
    /// Default: empty. If only a member of an item cannot be read, the item is in the list, and its
    /// <see cref="EndpointDocument.Unreadable"/> names the member.
    /// </value>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>Gets what the list may lack, and why: the service has more pages than were read, or repeats them.</summary>
    /// <value>Default: empty, which means that the list was read to its end.</value>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
