using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Discovery.Signatures;

/// <summary>Reads JSON schemas: references within the document, alternatives, types.</summary>
/// <param name="root">The document.</param>
/// <param name="items">Counts what is read: a schema that many others refer to counts each time.</param>
internal sealed class SchemaFromOpenApi(JsonElement root, ItemBudget items)
{
    /// <summary>Deeper than any signature, and shallow enough for a document that refers to itself.</summary>
    private const int Deepest = 8;

    /// <summary>Looking a name up costs a step for each member of an object; so many of them count as one item.</summary>
    private const int MembersPerItem = 64;

    /// <summary>A schema that refers to itself more than once would grow without end.</summary>
    private int _columnsLeft = 10_000;

    /// <summary>Counts what is read.</summary>
    public ItemBudget Counted => items;

    /// <summary>The forms that a schema allows: those of <c>oneOf</c> and <c>anyOf</c>, or itself.</summary>
    public IEnumerable<JsonElement> Alternatives(JsonElement? schema)
    {
        if (schema is not { } given)
        {
            return [];
        }

        var resolved = Resolved(given);
        var alternatives = resolved.Items("oneOf", items).Concat(resolved.Items("anyOf", items)).Select(item => Resolved(item)).ToArray();
        return alternatives.Length > 0 ? alternatives : [resolved];
    }

    /// <summary>The members of an object's schema as columns.</summary>
    public IReadOnlyList<SignatureColumn> Columns(JsonElement? schema) => Columns(schema, 0);

    public SignatureColumn Column(string? name, JsonElement schema) => Column(name, schema, 0);

    public JsonElement Resolved(JsonElement schema)
    {
        for (var hops = 0; hops < Deepest && schema.Text("$ref") is ['#', '/', .. var path]; hops++)
        {
            JsonElement? target = root;
            foreach (var segment in path.Split('/'))
            {
                Count(target);
                target = target?.Member(segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
            }

            if (target is not { } found)
            {
                break;
            }

            schema = found;
            Count(schema);
        }

        return schema;
    }

    // Thousands of references to one large object would otherwise look through all of its members thousands of times.
    private void Count(JsonElement? target)
    {
        if (target is { ValueKind: JsonValueKind.Object } looked)
        {
            items.Spend(1 + (looked.GetPropertyCount() / MembersPerItem));
        }
    }

    private IReadOnlyList<SignatureColumn> Columns(JsonElement? schema, int depth)
    {
        if (schema is not { } given || depth >= Deepest || _columnsLeft <= 0)
        {
            return [];
        }

        var resolved = Resolved(given);
        var required = resolved.Member("required") is null ? null
            : resolved.Items("required", items).Select(name => name.Text()).ToHashSet();
        return [.. resolved.Members("properties", items).Select(member =>
            Column(member.Name, member.Value, depth + 1) with { IsRequired = required?.Contains(member.Name) })];
    }

    private SignatureColumn Column(string? name, JsonElement schema, int depth)
    {
        _columnsLeft--;
        var resolved = WithoutNull(Resolved(schema));
        return new SignatureColumn(name, TypeOf(resolved))
        {
            Format = resolved.Text("format"),
            Default = resolved.Member("default"),
            Items = depth < Deepest && _columnsLeft > 0 && resolved.Member("items") is { } items ? Column(null, items, depth + 1) : null,
            Members = Columns(resolved, depth + 1),
            Schema = resolved,
        };
    }

    /// <summary>The other branch of a union with null, which is one form of nullable in JSON Schema.</summary>
    private JsonElement WithoutNull(JsonElement schema)
    {
        if (schema.Member("type") is not null)
        {
            return schema;
        }

        var branches = schema.Items("anyOf", items).Concat(schema.Items("oneOf", items)).Select(branch => Resolved(branch)).ToArray();
        var others = branches.Where(branch => !IsNull(branch)).ToArray();
        return branches.Length > others.Length && others.Length == 1 ? others[0] : schema;
    }

    // The spellings of a schema that only null matches: type null, alone or in a list, const null, and enum of null.
    private static bool IsNull(JsonElement schema) =>
        schema.Text("type") is "null"
        || schema.Member("const") is { ValueKind: JsonValueKind.Null }
        || IsOnly(schema.Member("type"), item => item.Text() is "null")
        || IsOnly(schema.Member("enum"), item => item.ValueKind == JsonValueKind.Null);

    private static bool IsOnly(JsonElement? list, Func<JsonElement, bool> isMatch) =>
        list is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() == 1 && isMatch(array[0]);

    // A type may be a list of types; null among them means only that the value is optional.
    private string TypeOf(JsonElement schema) =>
        schema.Text("type") ?? schema.Items("type", items).Select(type => type.Text()).FirstOrDefault(type =>
            type is not null and not "null") ?? "any";
}
