using System.Collections.Concurrent;
using Connectors.Databricks.Emulator.Sql.Parsing;
using DuckDB.NET.Data;

namespace Connectors.Databricks.Emulator.Sql.Engine;

/// <summary>The tables of a workspace, in memory.</summary>
internal sealed class Database : IDisposable
{
    /// <summary>More calls of <c>ai_query</c> than a statement of 16 MiB needs in practice.</summary>
    private const int CallsPerStatement = 1000;

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly ConcurrentDictionary<string, bool> _schemas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, ModelQuery> _queries = new();
    private int _statements;

    public Database()
    {
        _connection.Open();
        _connection.RegisterScalarFunction<int, string, string, string>("ai_query_call", (arguments, results, rows) =>
        {
            for (ulong row = 0; row < rows; row++)
            {
                var call = arguments[0].GetValue<int>(row);
                results.WriteValue(
                    _queries[call / CallsPerStatement].Send(
                        call % CallsPerStatement, arguments[1].GetValue<string>(row), arguments[2].GetValue<string>(row)),
                    row);
            }
        });
        AddSchema(new TableName("main", "default", ""));
    }

    /// <summary>A number for the calls of a new statement.</summary>
    public int NewStatement() => Interlocked.Increment(ref _statements) % 2_000_000;

    public static int FirstCall(int statement) => statement * CallsPerStatement;

    public void AddSchema(TableName name) => _schemas[name.SchemaKey] = true;

    /// <exception cref="SqlException">The statement failed.</exception>
    public ResultTable Execute(
        Translation translation, int statement, ModelQuery models, long? rowLimit, CancellationToken cancellationToken)
    {
        using var connection = _connection.Duplicate();
        connection.Open();
        Check(connection, translation);
        _queries[statement] = models;
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = translation.Text;
            using var registration = cancellationToken.Register(command.Cancel);
            if (!translation.IsQuery)
            {
                command.ExecuteNonQuery();
                return ResultTable.Empty;
            }

            // The engine does not read more rows than are requested.
            var types = Types(connection, translation.Text);
            using var reader = command.ExecuteReader();
            return Read(reader, types, rowLimit, cancellationToken);
        }
        catch (Exception exception) when (exception is not SqlException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (DuckDBException exception)
        {
            throw Translate(exception);
        }
        finally
        {
            _queries.TryRemove(statement, out _);
        }
    }

    /// <summary>Inserts rows without a statement of the API, for the data that a test starts with.</summary>
    public void Insert(TableName table, IEnumerable<IReadOnlyList<object?>> rows)
    {
        foreach (var batch in rows.Chunk(1000))
        {
            using var command = _connection.CreateCommand();
            var values = batch.Select(row => $"({string.Join(", ", row.Select(Literal))})");
            command.CommandText = $"INSERT INTO {table.Identifier} VALUES {string.Join(", ", values)}";
            command.ExecuteNonQuery();
        }
    }

    public void Dispose() => _connection.Dispose();

    private static string Literal(object? value) =>
        CellText.Of(value) is { } text ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : "NULL";

    private void Check(DuckDBConnection connection, Translation translation)
    {
        if (translation.Target is TableName target)
        {
            var isSchema = target.Table.Length == 0;
            if (isSchema)
            {
                if (translation.Rule == TargetRule.SchemaOnly && _schemas.ContainsKey(target.SchemaKey))
                {
                    throw new SqlException(
                        "ALREADY_EXISTS", $"[SCHEMA_ALREADY_EXISTS] Cannot create schema {target.SchemaText} because it already exists.",
                        "42P06");
                }

                AddSchema(target);
            }
            else if (!_schemas.ContainsKey(target.SchemaKey))
            {
                throw SqlException.NoSchema(target);
            }

            if (translation.Rule == TargetRule.MustExist && !Exists(connection, target))
            {
                throw SqlException.NoTable(target);
            }

            if (translation.Rule == TargetRule.MustNotExist && Exists(connection, target))
            {
                throw SqlException.TableExists(target);
            }
        }

        if (translation.Tables.FirstOrDefault(table => !Exists(connection, table)) is TableName missing)
        {
            throw SqlException.NoTable(missing);
        }
    }

    private static bool Exists(DuckDBConnection connection, TableName table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM duckdb_tables() WHERE lower(table_name) = lower($name)";
        command.Parameters.Add(new DuckDBParameter("name", table.Identifier[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)));
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) > 0;
    }

    private static List<(string Name, string Type)> Types(DuckDBConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"DESCRIBE {query}";
        using var reader = command.ExecuteReader();
        List<(string Name, string Type)> types = [];
        while (reader.Read())
        {
            types.Add((reader.GetString(0), SqlTypes.FromEngine(reader.GetString(1))));
        }

        return types;
    }

    private static ResultTable Read(
        DuckDBDataReader reader, List<(string Name, string Type)> columns, long? rowLimit, CancellationToken cancellationToken)
    {
        List<string?[]> rows = [];
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.Count == rowLimit)
            {
                return new ResultTable(columns, rows, IsTruncated: true);
            }

            var cells = new string?[columns.Count];
            for (var column = 0; column < cells.Length; column++)
            {
                cells[column] = CellText.Of(reader.IsDBNull(column) ? null : reader.GetValue(column));
            }

            rows.Add(cells);
        }

        return new ResultTable(columns, rows, IsTruncated: false);
    }

    private static SqlException Translate(DuckDBException exception)
    {
        // An exception of a function keeps its text alone.
        const string FromFunction = "Invalid Input Error: [AI_FUNCTION";
        var line = exception.Message.Split('\n')[0];
        return line.StartsWith(FromFunction, StringComparison.Ordinal)
            ? new SqlException("BAD_REQUEST", exception.Message["Invalid Input Error: ".Length..])
            : new SqlException("BAD_REQUEST", $"[EMULATOR_ENGINE_ERROR] {line}");
    }
}
