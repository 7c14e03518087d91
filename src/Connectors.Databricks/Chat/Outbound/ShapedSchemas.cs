using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Connectors.Databricks.Models.Schemas;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound;

/// <summary>
/// The schemas of tools and formats as a model understands them. A schema is rewritten once in the life of the object that holds it, and not
/// on each call.
/// </summary>
internal static class ShapedSchemas
{
    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<(DatabricksSchemaDialect, bool), RewrittenSchema>> Rewritten = [];

    public static JsonElement Of(ChatRequest request, AIFunctionDeclaration function, bool isStrict) =>
        Of(request, function, StrictWish.Schema(function, isStrict), isStrict, "tools.parameters");

    public static JsonElement Of(ChatRequest request, ChatResponseFormatJson format, bool isStrict) =>
        Of(request, format, StrictWish.Schema(format, isStrict)!.Value, isStrict, "response_format.schema");

    private static JsonElement Of(ChatRequest request, object owner, JsonElement schema, bool isStrict, string field)
    {
        var dialect = request.Model.Tools.SchemaDialect;
        if (dialect == DatabricksSchemaDialect.JsonSchema)
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

        return rewritten.Schema;
    }
}
