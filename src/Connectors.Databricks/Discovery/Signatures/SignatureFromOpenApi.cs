using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Discovery.Signatures;

/// <summary>Reads signatures from the OpenAPI 3.1 document of an endpoint; what is absent, or shaped otherwise, is left out.</summary>
internal static class SignatureFromOpenApi
{
    /// <summary>The formats of rows, the most informative first.</summary>
    private static readonly string[] Forms = ["dataframe_split", "dataframe_records", "instances", "inputs"];

    /// <summary>Reads the signatures, within the limits of the call.</summary>
    /// <exception cref="DatabricksServingException">It is not an OpenAPI document.</exception>
    public static EndpointSignature Parse(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
        var root = WorkspaceDocument.ReadElement(call, document, cancellationToken);
        EndpointSignature? signature;
        try
        {
            signature = Read(root, new ItemBudget(document.Reply.Limits.MaxItems, cancellationToken));
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, document.Reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(call, document.Reply, exception);
        }

        return signature
            ?? throw ServingExceptions.Unexpected(
                call, document.Reply, "a document that is not OpenAPI",
                "serving.Directory.GetOpenApiAsync returns it. Only models that were logged with a signature have one.");
    }

    /// <returns>Null when it is no OpenAPI document.</returns>
    public static EndpointSignature? Read(JsonElement root, ItemBudget items)
    {
        if (root.ValueKind != JsonValueKind.Object || (root.Member("openapi") is null && root.Member("paths") is null))
        {
            return null;
        }

        var schemas = new SchemaFromOpenApi(root, items);
        var info = root.Member("info");
        return new EndpointSignature
        {
            EndpointName = info?.Text("title"),
            ConfigVersion = info?.Text("version"),
            Url = root.Items("servers", items).Select(server => server.Text("url")).FirstOrDefault(),
            Paths = [.. root.Members("paths", items).Select(path => ReadPath(schemas, path.Name, path.Value)).OfType<ServedSignature>()],
        };
    }

    private static ServedSignature? ReadPath(SchemaFromOpenApi schemas, string path, JsonElement value)
    {
        if (value.Member("post") is not { ValueKind: JsonValueKind.Object } post)
        {
            return null;
        }

        var body = Content(post.Member("requestBody"), schemas.Counted);
        var forms = schemas.Alternatives(body?.Member("schema")).ToArray();
        var named = forms.SelectMany(form =>
            form.Members("properties", schemas.Counted).Select(member => (member.Name, Schema: member.Value))).ToArray();
        var output = schemas.Alternatives(Content(Response(post, schemas.Counted), schemas.Counted)?.Member("schema")).FirstOrDefault();
        var (resultName, outputs) = OutputFromOpenApi.Read(schemas, output);
        return new ServedSignature
        {
            Path = path,
            ServedEntityName = path.Split('/') is [.., "served-models", var name, "invocations"] ? Uri.UnescapeDataString(name) : null,
            InputForms = [.. named.Select(member => member.Name).Where(name => name != "params").Distinct()],
            Inputs = Inputs(schemas, named),
            Parameters = schemas.Columns(named.FirstOrDefault(member => member.Name == "params").Schema),
            ResultName = resultName,
            Outputs = outputs,
            Example = Example(body, forms, schemas.Counted),
        };
    }

    // Each format has information that the other lacks: the first the order, the second the required columns.
    private static IReadOnlyList<SignatureColumn> Inputs(SchemaFromOpenApi schemas, (string Name, JsonElement Schema)[] named)
    {
        var columns = Forms
            .Select(form => named.FirstOrDefault(member => member.Name == form))
            .Where(member => member.Name is not null)
            .Select(member => InputFromOpenApi.Columns(schemas, member.Name, member.Schema))
            .Where(columns => columns.Count > 0)
            .ToArray();
        if (columns.Length == 0)
        {
            return named.Length == 0 ? [] : [.. named.Where(member => member.Name != "params" && !Forms.Contains(member.Name))
                .Select(member => schemas.Column(member.Name, member.Schema))];
        }

        var others = columns.Skip(1).SelectMany(list => list).Where(column => column.Name is not null).ToLookup(column => column.Name);
        return [.. columns[0].Select(column => column with
        {
            IsRequired = column.IsRequired
                ?? others[column.Name].Select(other => other.IsRequired).FirstOrDefault(said => said is not null),
            Type = column.Type == "any" ? others[column.Name].Select(other => other.Type).FirstOrDefault() ?? column.Type : column.Type,
        })];
    }

    private static JsonElement? Response(JsonElement post, ItemBudget items)
    {
        var responses = post.Member("responses");
        return responses?.Member("200") ?? responses
            ?.Members(items).Where(response => response.Name.StartsWith('2')).Select(response =>
                (JsonElement?)response.Value).FirstOrDefault();
    }

    private static JsonElement? Content(JsonElement? parent, ItemBudget items)
    {
        var content = parent?.Member("content");
        return content?.Member("application/json") ?? content?.Members(items).Select(member => (JsonElement?)member.Value).FirstOrDefault();
    }

    private static JsonElement? Example(JsonElement? body, JsonElement[] forms, ItemBudget items) =>
        body?.Member("example") ?? forms.SelectMany(form => form.Items("examples", items)).Select(example =>
            (JsonElement?)example).FirstOrDefault();
}
