using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>Reads one input: exactly one of the four formats of the service, and parameters.</summary>
internal static class PredictionRequestFromJson
{
    public const string DataframeSplit = "dataframe_split";
    public const string DataframeRecords = "dataframe_records";
    public const string Instances = "instances";
    public const string Inputs = "inputs";
    public const string Parameters = "params";

    /// <summary>The members of a request, as the OpenAPI description has them.</summary>
    public static readonly IReadOnlyList<string> Members = [DataframeSplit, DataframeRecords, Instances, Inputs, Parameters];

    public static PredictionRequest Read(RequestValue body)
    {
        body.RequireKnown(Members);
        RequestValue[] forms = [.. Members.Where(name => name != Parameters).Select(name => body.Find(name)).OfType<RequestValue>()];
        if (forms is not [var input])
        {
            throw forms.Length == 0
                ? InvalidRequests.Missing(body.PathOf(DataframeSplit))
                : InvalidRequests.Invalid("The request has more than one input format.", forms[1].Path);
        }

        var form = input.Path[(input.Path.LastIndexOf('.') + 1)..];
        RequireKind(form, input);
        return new PredictionRequest(form, input.Element, body.Find(Parameters)?.AsObject().Element, body.Path);
    }

    private static void RequireKind(string form, RequestValue input)
    {
        var isExpected = form switch
        {
            DataframeSplit => input.IsObject,
            Inputs => input.IsObject || input.IsList,
            _ => input.IsList,
        };
        if (!isExpected)
        {
            throw input.Expected(form == DataframeSplit ? "an object with 'columns' and 'data'" : "an array");
        }
    }
}
