using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Corrects keywords that Google supports but rejects together: each schema has a type or is a choice, keywords constrain its own type,
/// <c>required</c> names defined properties, an array has items. What cannot be expressed is added to the description.
/// </summary>
/// <param name="changes">Receives the keywords that were changed.</param>
internal sealed class GoogleSchemaRelations(ISet<string> changes)
{
    /// <param name="schema">A schema that contains only keywords of Google; it is changed.</param>
    /// <param name="use">Whether the root must be an object.</param>
    public void Correct(JsonObject schema, SchemaUse use)
    {
        if (use == SchemaUse.Parameters)
        {
            RootCombinations.Fold(schema, schema, changes);
            SchemaNodes.RequireObject(schema, changes);
            if (!string.Equals(schema["type"].Text(), "object", StringComparison.OrdinalIgnoreCase))
            {
                schema["type"] = "object";
            }
        }

        Correct(schema);
    }

    private void Correct(JsonObject schema)
    {
        var notes = new List<string>();
        MoveWrongKinds(schema, notes);
        CorrectType(schema, notes);
        if (schema.ContainsKey("anyOf"))
        {
            // The only choice that is left may be a choice itself.
            do
            {
                new GoogleChoices(schema, notes, changes).Correct();
                MoveWrongKinds(schema, notes);
                CorrectType(schema, notes);
            }
            while (schema.ContainsKey("anyOf") && schema.Count > 1);
        }

        if (schema["anyOf"] is JsonArray choices)
        {
            SchemaNodes.Describe((JsonObject)choices[0]!, notes);
            foreach (var choice in choices.OfType<JsonObject>().ToList())
            {
                Correct(choice);
            }

            return;
        }

        CompleteType(schema);
        if (schema.ContainsKey("anyOf"))
        {
            // Any JSON value.
            SchemaNodes.Describe(schema, notes);
            Correct(schema);
            return;
        }

        MoveOtherTypes(schema, notes);
        CorrectObject(schema, notes);
        CorrectArray(schema);
        GoogleSchemaValues.Correct(schema, notes, changes);
        SchemaNodes.Describe(schema, notes);
    }

    private void MoveWrongKinds(JsonObject schema, List<string> notes)
    {
        foreach (var (keyword, value) in schema.ToList())
        {
            if (!GoogleTypes.HasKind(keyword, value))
            {
                Move(schema, notes, keyword);
            }
        }
    }

    private void CorrectType(JsonObject schema, List<string> notes)
    {
        if (schema["type"] is not { } type || GoogleTypes.IsType(type.Text()))
        {
            return;
        }

        Move(schema, notes, "type");
        if (type.Text() == "null")
        {
            schema["nullable"] = true;
            if (GoogleTypes.Implied(schema) is null && !schema.ContainsKey("anyOf"))
            {
                schema["type"] = "string";
            }
        }
    }

    // [issue google-gemini/gemini-cli#4400]: "schema didn't specify the schema type field".
    private void CompleteType(JsonObject schema)
    {
        if (schema["type"] is not null)
        {
            return;
        }

        changes.Add("type");
        if (GoogleTypes.Implied(schema) is { } implied)
        {
            schema["type"] = implied;
        }
        else
        {
            schema["anyOf"] = GoogleTypes.Any()["anyOf"]!.DeepClone();
        }
    }

    private void MoveOtherTypes(JsonObject schema, List<string> notes)
    {
        var type = schema["type"].Text();
        foreach (var keyword in schema.Select(member => member.Key).Where(keyword => !GoogleTypes.Constrains(keyword, type)).ToList())
        {
            Move(schema, notes, keyword);
        }
    }

    // [issue probelabs/probe#569]: "required[0]: property is not defined".
    private void CorrectObject(JsonObject schema, List<string> notes)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        if (schema["required"] is JsonArray required)
        {
            var names = required.Select(SchemaNodes.Text).Distinct().ToList();
            var defined = names.Where(name => properties.ContainsKey(name!)).ToList();
            if (defined.Count < required.Count)
            {
                changes.Add("required");
                schema.Remove("required");
                if (defined.Count < names.Count)
                {
                    notes.Add(SchemaNodes.Note("required", new JsonArray([.. names.Except(defined).Select(name => (JsonNode?)name)])));
                }

                if (defined.Count > 0)
                {
                    schema["required"] = new JsonArray([.. defined.Select(name => (JsonNode?)name)]);
                }
            }
        }

        if (schema["propertyOrdering"] is JsonArray order && order.Any(name => !properties.ContainsKey(name.Text()!)))
        {
            Move(schema, notes, "propertyOrdering");
        }

        foreach (var property in properties.Select(member => member.Value).OfType<JsonObject>().ToList())
        {
            Correct(property);
        }
    }

    private void CorrectArray(JsonObject schema)
    {
        if (!string.Equals(schema["type"].Text(), "array", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (schema["items"] is not JsonObject)
        {
            changes.Add("items");
            schema["items"] = new JsonObject();
        }

        Correct((JsonObject)schema["items"]!);
    }

    private void Move(JsonObject schema, List<string> notes, string keyword)
    {
        changes.Add(keyword);
        notes.Add(SchemaNodes.Note(keyword, schema[keyword]));
        schema.Remove(keyword);
    }
}
