using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.Sql.Results;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>Reads the parts of a statement's document that describe its result, whose size StatementFromWire has checked.</summary>
internal static class ResultFromWire
{
    public static StatementDocument Manifest(ref Utf8JsonReader reader, StatementDocument document, ItemBudget items)
    {
        while (reader.NextProperty())
        {
            if (reader.Is("total_row_count"u8))
            {
                document = document with { TotalRowCount = reader.NextInt64() };
            }
            else if (reader.Is("truncated"u8))
            {
                reader.Read();
                document = document with { IsTruncated = reader.IsOrSkip(JsonTokenType.True) };
            }
            else if (reader.Is("schema"u8) && reader.NextIsObject())
            {
                while (reader.NextProperty())
                {
                    if (reader.Is("columns"u8) && reader.NextIsArray())
                    {
                        document = document with { Columns = Columns(ref reader, items) };
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return document;
    }

    private static SqlColumn[] Columns(ref Utf8JsonReader reader, ItemBudget items)
    {
        List<(long Position, SqlColumn Column)> columns = [];
        while (reader.NextItem(items))
        {
            if (!reader.IsOrSkip(JsonTokenType.StartObject))
            {
                throw new JsonException("A column is not an object.");
            }

            var (position, name, typeName, typeText) = ((long)columns.Count, default(string), default(string), default(string));
            while (reader.NextProperty())
            {
                if (reader.Is("name"u8))
                {
                    name = reader.NextString();
                }
                else if (reader.Is("type_name"u8))
                {
                    typeName = reader.NextString();
                }
                else if (reader.Is("type_text"u8))
                {
                    typeText = reader.NextString();
                }
                else if (reader.Is("position"u8))
                {
                    position = reader.NextInt64() ?? position;
                }
                else
                {
                    reader.Skip();
                }
            }

            columns.Add((position, new SqlColumn(name ?? string.Empty, typeName ?? "STRING", typeText)));
        }

        return [.. columns.OrderBy(column => column.Position).Select(column => column.Column)];
    }

    public static ResultChunk Chunk(ref Utf8JsonReader reader, byte[] body, ItemBudget items)
    {
        var chunk = new ResultChunk(0, default, null, null);
        while (reader.NextProperty())
        {
            if (reader.Is("chunk_index"u8))
            {
                chunk = chunk with { Index = Number(reader.NextInt64()) ?? chunk.Index };
            }
            else if (reader.Is("next_chunk_index"u8))
            {
                chunk = chunk with { Next = Number(reader.NextInt64()) };
            }
            else if (reader.Is("data_array"u8) && reader.NextIsArray())
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                chunk = chunk with { Rows = body.AsMemory(start..(int)reader.BytesConsumed) };
            }
            else if (reader.Is("external_links"u8) && reader.NextIsArray())
            {
                // One request returns one link in practice; another one is returned again with its own chunk.
                chunk = reader.NextItem(items) ? Link(ref reader, chunk, items) : chunk;
                while (reader.NextItem(items))
                {
                    reader.Skip();
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return chunk;
    }

    private static ResultChunk Link(ref Utf8JsonReader reader, ResultChunk chunk, ItemBudget items)
    {
        string? address = null;
        DateTimeOffset? expiration = null;
        List<(string Name, string Value)> required = [];
        if (!reader.IsOrSkip(JsonTokenType.StartObject))
        {
            throw new JsonException("A link is not an object.");
        }

        while (reader.NextProperty())
        {
            if (reader.Is("external_link"u8))
            {
                address = reader.NextString();
            }
            else if (reader.Is("expiration"u8))
            {
                expiration = DateTimeOffset.TryParse(
                    reader.NextString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
            }
            else if (reader.Is("chunk_index"u8))
            {
                chunk = chunk with { Index = Number(reader.NextInt64()) ?? chunk.Index };
            }
            else if (reader.Is("next_chunk_index"u8))
            {
                chunk = chunk with { Next = Number(reader.NextInt64()) };
            }
            else if (reader.Is("http_headers"u8) && reader.NextIsObject())
            {
                while (reader.NextProperty())
                {
                    items.Spend();
                    var name = reader.GetString()!;
                    required.Add((name, reader.NextString() ?? string.Empty));
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? chunk with { Link = new ExternalLink(uri, expiration, required) }
            : throw new JsonException("A link has no address.");
    }

    private static int? Number(long? number) => number is >= 0 and <= int.MaxValue ? (int)number : null;
}
