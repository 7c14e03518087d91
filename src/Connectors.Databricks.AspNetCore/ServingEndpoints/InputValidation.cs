using System.Globalization;
using System.Text.Json;
using Form = Connectors.Databricks.AspNetCore.ServingEndpoints.PredictionRequestFromJson;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>
/// Compares an input with the signature of a model: required columns, the length of rows, and types. What the signature does not specify is
/// left to the service. Messages have names of the signature and paths, and no values of the input.
/// </summary>
internal sealed class InputValidation(PredictionRequest request, ServedSignature signature)
{
    /// <summary>Enough to correct an input; a table may have millions of wrong values.</summary>
    private const int MaxErrors = 20;

    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    private readonly SignatureColumn[] _columns = [.. signature.Inputs.Where(column => column.Name is not null)];

    /// <summary>
    /// Returns the errors by path; null if the input matches a served model. Without a name, the traffic split may select any of them.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]>? ErrorsOf(
        PredictionRequest request, EndpointSignature signature, string? servedModelName)
    {
        IReadOnlyDictionary<string, string[]>? first = null;
        foreach (var served in signature.Paths.Where(path => servedModelName is null || path.ServedEntityName == servedModelName))
        {
            var errors = new InputValidation(request, served).Check();
            if (errors.Count == 0)
            {
                return null;
            }

            first ??= errors;
        }

        return first;
    }

    private bool IsFull => _errors.Count >= MaxErrors;

    private Dictionary<string, string[]> Check()
    {
        var path = request.PathOf(request.Form);
        switch (request.Form)
        {
            case Form.DataframeSplit:
                CheckSplit(request.Input, path);
                break;
            case Form.Inputs when request.Input.ValueKind == JsonValueKind.Object:
                CheckRecord(request.Input, path, isTensor: true);
                break;
            default:
                CheckRows(request.Input, path);
                break;
        }

        CheckParameters();
        return _errors;
    }

    private void CheckSplit(JsonElement table, string path)
    {
        if (!table.TryGetProperty("data", out var rows) || rows.ValueKind != JsonValueKind.Array)
        {
            Add($"{path}.data", "Expected an array of rows.");
            return;
        }

        if (!table.TryGetProperty("columns", out var columns))
        {
            return;
        }

        if (columns.ValueKind != JsonValueKind.Array || columns.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            Add($"{path}.columns", "Expected an array of strings.");
            return;
        }

        SignatureColumn?[] types = [.. columns.EnumerateArray().Select(Find)];
        foreach (var missing in _columns.Where(column => column.IsRequired is true && !types.Contains(column)))
        {
            Add($"{path}.columns", $"The column '{missing.Name}' is missing.");
        }

        CheckSplitRows(rows, types, path);
    }

    private SignatureColumn? Find(JsonElement name)
    {
        try
        {
            return _columns.FirstOrDefault(column => name.ValueEquals(column.Name));
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is no Unicode text.
            return null;
        }
    }

    private void CheckSplitRows(JsonElement rows, SignatureColumn?[] types, string path)
    {
        foreach (var (i, row) in rows.EnumerateArray().Index())
        {
            if (IsFull)
            {
                return;
            }

            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != types.Length)
            {
                Add($"{path}.data[{Text(i)}]", $"Expected an array of {Text(types.Length)} values, one for each column.");
                continue;
            }

            foreach (var (j, value) in row.EnumerateArray().Index())
            {
                if (types[j] is { } type && ValueTypes.Mismatch(value, type) is { } within)
                {
                    Add($"{path}.data[{Text(i)}][{Text(j)}]{within}", $"Expected {type}.");
                }
            }
        }
    }

    private void CheckRows(JsonElement rows, string path)
    {
        var tensor = signature.Inputs is [{ Name: null } only] ? only : null;
        foreach (var (i, row) in rows.EnumerateArray().Index())
        {
            if (IsFull)
            {
                return;
            }

            var place = $"{path}[{Text(i)}]";
            if (row.ValueKind == JsonValueKind.Object)
            {
                CheckRecord(row, place, isTensor: request.Form != Form.DataframeRecords);
            }
            else if (request.Form == Form.DataframeRecords)
            {
                Add(place, "Expected an object with a member for each column.");
            }
            else if (tensor is not null && ValueTypes.MismatchOfLeaves(row, tensor) is { } within)
            {
                Add(place + within, $"Expected {tensor}.");
            }
        }
    }

    /// <param name="record">A row, or tensors by name.</param>
    /// <param name="path">Its path.</param>
    /// <param name="isTensor">Whether values are tensors, whose shape the signature does not have.</param>
    private void CheckRecord(JsonElement record, string path, bool isTensor)
    {
        foreach (var column in _columns)
        {
            if (!record.TryGetProperty(column.Name!, out var value))
            {
                if (column.IsRequired is true)
                {
                    Add($"{path}.{column.Name}", $"The column '{column.Name}' is missing.");
                }
            }
            else if ((isTensor ? ValueTypes.MismatchOfLeaves(value, column) : ValueTypes.Mismatch(value, column)) is { } within)
            {
                Add($"{path}.{column.Name}{within}", $"Expected {column}.");
            }
        }
    }

    private void CheckParameters()
    {
        if (request.Parameters is not { } given || signature.Parameters.Count == 0)
        {
            return;
        }

        var path = request.PathOf(Form.Parameters);
        foreach (var parameter in given.EnumerateObject())
        {
            if (signature.Parameters.FirstOrDefault(known => parameter.NameEquals(known.Name)) is not { } type)
            {
                Add(path, $"Unknown parameter. Known: {string.Join(", ", signature.Parameters.Select(known => known.Name))}.");
            }
            else if (ValueTypes.Mismatch(parameter.Value, type) is { } within)
            {
                Add($"{path}.{type.Name}{within}", $"Expected {type}.");
            }
        }
    }

    private void Add(string path, string message)
    {
        if (_errors.TryGetValue(path, out var others))
        {
            _errors[path] = others.Length < MaxErrors && !others.Contains(message) ? [.. others, message] : others;
        }
        else if (!IsFull)
        {
            _errors.Add(path, [message]);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
