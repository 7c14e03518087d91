using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Connectors.Databricks.Chat.Completions.Requests;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Models.Schemas;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>
/// Schemas of tools and response formats in the JSON Schema dialect of the model. A rewritten schema is cached with the tool or format.
/// </summary>
internal static class ShapedSchemas
{
    private const int MostNamed = 5;
    private const int LongestNamed = 100;

    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<(
        SchemaDialect, bool), RewrittenSchema>> Rewritten = [];

    public static JsonElement Of(ChatRequest request, AIFunctionDeclaration function, bool isStrict) =>
        Of(request, function, StrictOption.Schema(function, isStrict), isStrict, "tools.parameters", function.Name);

    public static JsonElement Of(ChatRequest request, ChatResponseFormatJson format, bool isStrict) =>
        Of(request, format, StrictOption.Schema(format, isStrict)!.Value, isStrict, "response_format.schema", format.SchemaName);

    private static JsonElement Of(ChatRequest request, object owner, JsonElement schema, bool isStrict, string field, string? name)
    {
        var dialect = request.Model.Tools.SchemaDialect;
        if (!request.IsShaped || (dialect == SchemaDialect.JsonSchema && !DanglingReferences.AnyIn(schema)))
        {
            return schema;
        }

        var known = Rewritten.GetValue(owner, static _ => new());
        if (!known.TryGetValue((dialect, isStrict), out var rewritten))
        {
            rewritten = known.GetOrAdd((dialect, isStrict), RewrittenSchema.For(dialect, schema));
        }

        if (rewritten.Changes is { } changes)
        {
            request.Note(field, $"rewritten: {changes}", request.Endpoint.Reason("schemas"));
        }

        NoteReferences(request, rewritten, field, name);

        return rewritten.Schema;
    }

    private static void NoteReferences(ChatRequest request, RewrittenSchema rewritten, string field, string? name)
    {
        if (rewritten.IsRepointed)
        {
            request.Note(field, "a $ref corrected to point to its definition", $"the schema of '{name}' has the definition elsewhere");
        }

        if (rewritten.Dangling.Count > 0)
        {
            var references = rewritten.Dangling.Take(MostNamed).Select(static reference => SingleLineText.Quote(reference, LongestNamed));
            request.Note(field, "a dangling $ref removed", $"the schema of '{name}' has no {string.Join(", ", references)}");
        }
    }
}
