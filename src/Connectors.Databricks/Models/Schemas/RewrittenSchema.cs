using System.Text.Json;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>A schema as a model understands it.</summary>
/// <param name="Schema">The schema; the original where nothing had to be changed.</param>
/// <param name="Changes">What was changed, a word of JSON Schema each; null for nothing.</param>
internal sealed record RewrittenSchema(JsonElement Schema, string? Changes)
{
    public static RewrittenSchema For(DatabricksSchemaDialect dialect, JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object ? new RewrittenSchema(schema, null) :
        dialect == DatabricksSchemaDialect.Google ? new GoogleSchema(schema).Rewrite() :
        dialect == DatabricksSchemaDialect.Plain ? PlainSchema.Rewrite(schema) : new RewrittenSchema(schema, null);
}
