"""The peers: each is prepared once, then gives the value of a goal, or a word, for the numbers of a scenario.

A programme is a dictionary: `matrix` (of the base, by rows), `base` (its numbers), `locks` (how many of the last rows hold earlier goals) and
`time_limit`. Numbers are `cost`, `lower`, `upper`, `row_lower`, `row_upper` and `data`, the values of the matrix. Every goal is maximised.
"""

import math

# A bound for rows that hold no goal yet, where a library must be given a number.
OPEN = -1e12


def quiet(solver, programme):
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    if programme["time_limit"]:
        solver.setOptionValue("time_limit", float(programme["time_limit"]))
    return solver


def with_data(programme, numbers):
    """The matrix of a scenario."""
    from scipy.sparse import csr_matrix

    matrix = programme["matrix"]
    return csr_matrix((numbers["data"], matrix.indices, matrix.indptr), shape=matrix.shape)


def moved_cells(programme, before, after):
    """Positions in the data whose value is another, each with its row."""
    import numpy as np

    cells = np.flatnonzero(before != after)
    return zip(cells, np.searchsorted(programme["matrix"].indptr, cells, side="right") - 1)


# --- HiGHS, through its own Python package ------------------------------------------------------------------------------------


def pass_highs(programme, numbers):
    import highspy

    lp = highspy.HighsLp()
    matrix = programme["matrix"]
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = numbers["cost"], numbers["lower"], numbers["upper"]
    lp.row_lower_, lp.row_upper_ = numbers["row_lower"], numbers["row_upper"]
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, numbers["data"]
    solver = quiet(highspy.Highs(), programme)
    solver.passModel(lp)
    return solver


def value_of_highs(solver):
    import highspy

    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return solver.getInfo().objective_function_value
    return solver.modelStatusToString(status).lower()


def highs_cold(programme, **options):
    def solve(numbers):
        solver = pass_highs(programme, numbers)
        for key, option in options.items():
            solver.setOptionValue(key, option)
        solver.run()
        return value_of_highs(solver)

    return solve


def highs_ipm(programme):
    return highs_cold(programme, solver="ipm")


def highs_hot(programme):
    import numpy as np

    matrix, base = programme["matrix"], programme["base"]
    all_rows, all_columns = (np.arange(n, dtype=np.int32) for n in matrix.shape)
    solver = pass_highs(programme, base)
    solver.run()
    stated = {"data": base["data"]}

    def solve(numbers):
        for cell, row in moved_cells(programme, stated["data"], numbers["data"]):
            solver.changeCoeff(int(row), int(matrix.indices[cell]), float(numbers["data"][cell]))
        stated["data"] = numbers["data"]
        solver.changeColsCost(len(all_columns), all_columns, numbers["cost"])
        solver.changeColsBounds(len(all_columns), all_columns, numbers["lower"], numbers["upper"])
        solver.changeRowsBounds(len(all_rows), all_rows, numbers["row_lower"], numbers["row_upper"])
        solver.run()
        return value_of_highs(solver)

    return solve


# --- Solvers that are given everything each time ------------------------------------------------------------------------------


def split(programme, numbers):
    """Rows as equalities and upper bounds, as SciPy and Clarabel want them."""
    import numpy as np
    from scipy.sparse import vstack

    matrix, low, high = with_data(programme, numbers), numbers["row_lower"], numbers["row_upper"]
    equal = low == high
    above, below = np.isfinite(high) & ~equal, np.isfinite(low) & ~equal
    unequal = vstack([matrix[above], -matrix[below]]).tocsr()
    return matrix[equal], high[equal], unequal, np.concatenate([high[above], -low[below]])


def scipy_highs(programme):
    import numpy as np
    from scipy.optimize import linprog

    def solve(numbers):
        equal, equal_to, unequal, at_most = split(programme, numbers)
        bounds = np.column_stack([numbers["lower"], numbers["upper"]])
        found = linprog(-numbers["cost"], unequal, at_most, equal, equal_to, bounds, method="highs")
        if found.status == 0:
            return -found.fun
        return {2: "infeasible", 3: "unbounded"}.get(found.status, f"status {found.status}")

    return solve


def clarabel_cold(programme):
    import clarabel
    import numpy as np
    from scipy.sparse import csc_matrix, eye, vstack

    columns = programme["matrix"].shape[1]
    nothing = csc_matrix((columns, columns))
    one = eye(columns, format="csr")
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    if programme["time_limit"]:
        settings.time_limit = float(programme["time_limit"])
    # Bounds in euro up to 1e8 and costs above 1 make it call a bounded programme unbounded; HiGHS and CBC scale by themselves.
    ends = np.concatenate([programme["base"]["row_lower"], programme["base"]["row_upper"]])
    unit = np.abs(ends[np.isfinite(ends)]).max(initial=1.0) / 100

    def solve(numbers):
        equal, equal_to, unequal, at_most = split(programme, numbers)
        low, high = numbers["lower"], numbers["upper"]
        fixed = low == high
        above, below = np.isfinite(high) & ~fixed, np.isfinite(low) & ~fixed
        weight = np.abs(numbers["cost"]).max(initial=1e-9)
        matrix = vstack([equal, one[fixed], unequal, one[above], -one[below]]).tocsc()
        right = np.concatenate([equal_to, high[fixed], at_most, high[above], -low[below]]) / unit
        zeros = len(equal_to) + int(fixed.sum())
        cones = [clarabel.ZeroConeT(zeros), clarabel.NonnegativeConeT(len(right) - zeros)]
        found = clarabel.DefaultSolver(nothing, -numbers["cost"] / weight, matrix, right, cones, settings).solve()
        if str(found.status) in ("Solved", "AlmostSolved"):
            return -found.obj_val * unit * weight
        return "infeasible" if "PrimalInfeasible" in str(found.status) else str(found.status).lower()

    return solve


# --- Modelling libraries: the problem is stated once, and its numbers changed ------------------------------------------------


def is_lock(programme, row):
    return row >= programme["matrix"].shape[0] - programme["locks"]


def pulp_cbc(programme):
    """PuLP writes the problem to a file for CBC each time, as it always does."""
    import pulp

    matrix, base = programme["matrix"], programme["base"]
    problem = pulp.LpProblem("peer", pulp.LpMaximize)
    columns = [pulp.LpVariable(f"x{j}") for j in range(matrix.shape[1])]
    problem += pulp.LpAffineExpression(zip(columns, base["cost"]))
    rows = []
    low, high = base["row_lower"], base["row_upper"]
    for i in range(matrix.shape[0]):
        span = slice(matrix.indptr[i], matrix.indptr[i + 1])
        terms = pulp.LpAffineExpression((columns[j], v) for j, v in zip(matrix.indices[span], base["data"][span]))
        parts = {}
        if low[i] == high[i]:
            parts["equal"] = pulp.LpConstraint(terms, pulp.LpConstraintEQ, f"e{i}", high[i])
        else:
            if math.isfinite(high[i]):
                parts["high"] = pulp.LpConstraint(terms, pulp.LpConstraintLE, f"u{i}", high[i])
            if math.isfinite(low[i]) or is_lock(programme, i):
                parts["low"] = pulp.LpConstraint(terms.copy(), pulp.LpConstraintGE, f"l{i}", max(low[i], OPEN))
        for part in parts.values():
            problem += part
        rows.append(parts)
    solver = pulp.PULP_CBC_CMD(msg=False, threads=1, timeLimit=programme["time_limit"] or None)
    stated = {"data": base["data"]}

    def solve(numbers):
        for cell, row in moved_cells(programme, stated["data"], numbers["data"]):
            by = numbers["data"][cell] - stated["data"][cell]
            for part in rows[row].values():
                part.addInPlace(pulp.LpAffineExpression([(columns[matrix.indices[cell]], by)]))
        stated["data"] = numbers["data"]
        problem.setObjective(pulp.LpAffineExpression(zip(columns, numbers["cost"])))
        for column, low, high in zip(columns, numbers["lower"], numbers["upper"]):
            column.lowBound = low if math.isfinite(low) else None
            column.upBound = high if math.isfinite(high) else None
        for parts, low, high in zip(rows, numbers["row_lower"], numbers["row_upper"]):
            for side, part in parts.items():
                part.changeRHS(max(low, OPEN) if side == "low" else high)
        problem.solve(solver)
        if problem.status == pulp.LpStatusOptimal:
            return pulp.value(problem.objective)
        return pulp.LpStatus[problem.status].lower()

    return solve


def linopy_highs(programme):
    """Rows of like length are one constraint, so that little is padded; the model is handed to HiGHS anew each time."""
    import linopy
    import numpy as np
    import xarray as xr

    matrix, base = programme["matrix"], programme["base"]
    model = linopy.Model()
    names = np.arange(matrix.shape[1])

    def column(values):
        return xr.DataArray(values, dims="column", coords={"column": names})

    x = model.add_variables(column(base["lower"]), column(base["upper"]), name="x")
    labels = x.labels.values
    lengths = np.diff(matrix.indptr)
    size = np.ceil(np.log2(np.maximum(lengths, 1))).astype(int)
    low, high = base["row_lower"].copy(), base["row_upper"]
    n_locks = programme["locks"]
    low[len(low) - n_locks :] = OPEN
    blocks, places = [], {}
    for sign, chosen in [("=", low == high), ("<=", np.isfinite(high) & (low != high)), (">=", np.isfinite(low) & (low != high))]:
        for bucket in np.unique(size[chosen & (lengths > 0)]):
            rows = np.flatnonzero(chosen & (lengths > 0) & (size == bucket))
            width = lengths[rows].max()
            variables = np.full((len(rows), width), -1)
            values = np.full((len(rows), width), np.nan)
            for k, i in enumerate(rows):
                span = slice(matrix.indptr[i], matrix.indptr[i + 1])
                variables[k, : lengths[i]] = labels[matrix.indices[span]]
                values[k, : lengths[i]] = base["data"][span]
                places.setdefault(i, []).append((len(blocks), k))
            dimension = f"row_{len(blocks)}"
            dims, coords = (dimension, "_term"), {dimension: rows}
            data = xr.Dataset({"coeffs": (dims, values), "vars": (dims, variables)}, coords=coords)
            left = linopy.LinearExpression(data, model)
            right = xr.DataArray((low if sign == ">=" else high)[rows], dims=dimension, coords=coords)
            name = f"block_{len(blocks)}"
            model.add_constraints(left, sign, right, name=name)
            blocks.append((name, dimension, rows, "row_lower" if sign == ">=" else "row_upper"))
    stated = {"cost": None, "data": base["data"]}

    def solve(numbers):
        if stated["cost"] is None or not np.array_equal(stated["cost"], numbers["cost"]):
            model.add_objective((column(numbers["cost"]) * x).sum(), overwrite=True, sense="max")
            stated["cost"] = numbers["cost"]
        moved = {}
        for cell, row in moved_cells(programme, stated["data"], numbers["data"]):
            for block, k in places.get(row, []):
                of_block = moved.setdefault(block, model.constraints[blocks[block][0]].coeffs.copy(deep=True))
                of_block.values[k, cell - matrix.indptr[row]] = numbers["data"][cell]
        for block, of_block in moved.items():
            model.constraints[blocks[block][0]].coeffs = of_block
        stated["data"] = numbers["data"]
        for key in ("lower", "upper"):
            setattr(model.variables["x"], key, column(numbers[key]))
        for name, dimension, rows, key in blocks:
            ends = np.maximum(numbers[key][rows], OPEN)
            model.constraints[name].rhs = xr.DataArray(ends, dims=dimension, coords={dimension: rows})
        limit = {"time_limit": float(programme["time_limit"])} if programme["time_limit"] else {}
        status, condition = model.solve(solver_name="highs", io_api="direct", output_flag=False, threads=1, progress=False, **limit)
        return float(model.objective.value) if status == "ok" else condition

    return solve


PEERS = {
    "highspy-hot": ("HiGHS hot (highspy)", highs_hot),
    "highspy-cold": ("HiGHS cold (highspy)", highs_cold),
    "highspy-ipm": ("HiGHS interior point (highspy)", highs_ipm),
    "scipy": ("SciPy linprog (HiGHS)", scipy_highs),
    "pulp-cbc": ("PuLP + CBC", pulp_cbc),
    "clarabel": ("Clarabel cold (Python)", clarabel_cold),
    "linopy": ("linopy (HiGHS)", linopy_highs),
}
